import type { Request } from '../../http/route.js';
import { textsFor } from './texts.js';

/** Words of the pages around the dispatch: the operator's access token, and calling by a click. */
const en = {
  token: 'Access token of the dispatch',
  tokenHint:
    'With it the dispatch’s page of each caller opens in the monitor. It is in your profile in the dispatch system. It is kept encrypted and never shown again.',
  tokenSince: 'There has been one since',
  tokenNone: 'There is none.',
  tokenSet: 'Set',
  tokenForget: 'Forget it',
  call: 'Call',
  callWho: 'Call this number?',
  callHow: 'Your own telephone rings first. Answer it, and the number is called.',
  callNow: 'Call',
  ringing: 'Your telephone rings. Answer it, and this number is called:',
  noHandset: 'No handset is yours: somebody has to give you one among the operators.',
  badNumber: 'This is no telephone number.',
  refused: 'This number may not be called.',
  notNow: 'This does not work just now. Try again later.',
};

type DispatchTexts = typeof en;

const cs: DispatchTexts = {
  token: 'Přístupový token dispečinku',
  tokenHint:
    'S ním se v monitoru otevírá stránka dispečinku o každém volajícím. Najdete ho ve svém profilu v dispečinku. Ukládá se zašifrovaný a už se nikdy neukáže.',
  tokenSince: 'Je nastaven od',
  tokenNone: 'Žádný není nastaven.',
  tokenSet: 'Nastavit',
  tokenForget: 'Zapomenout',
  call: 'Zavolat',
  callWho: 'Zavolat na toto číslo?',
  callHow: 'Nejdřív zazvoní váš vlastní telefon. Zvedněte ho a číslo se vytočí.',
  callNow: 'Zavolat',
  ringing: 'Váš telefon zvoní. Zvedněte ho a vytočí se toto číslo:',
  noHandset: 'Nemáte žádné sluchátko: někdo vám ho musí přidělit mezi uživateli.',
  badNumber: 'Toto není telefonní číslo.',
  refused: 'Na toto číslo se volat nesmí.',
  notNow: 'Teď to nejde. Zkuste to později.',
};

const ru: DispatchTexts = {
  token: 'Access-токен диспетчерской',
  tokenHint:
    'С ним в мониторе открывается карточка звонящего в диспетчерской. Он указан в вашем профиле в диспетчерской. Хранится зашифрованным и больше не показывается.',
  tokenSince: 'Задан с',
  tokenNone: 'Не задан.',
  tokenSet: 'Задать',
  tokenForget: 'Удалить',
  call: 'Позвонить',
  callWho: 'Позвонить на этот номер?',
  callHow: 'Сначала зазвонит ваш телефон. Снимите трубку, и номер будет набран.',
  callNow: 'Позвонить',
  ringing: 'Ваш телефон звонит. Снимите трубку, и будет набран номер:',
  noHandset: 'У вас нет аппарата: его нужно назначить вам среди операторов.',
  badNumber: 'Это не телефонный номер.',
  refused: 'На этот номер звонить нельзя.',
  notNow: 'Сейчас не получается. Попробуйте позже.',
};

const all: Record<string, DispatchTexts> = { cs, ru, en };

export function dispatchTextsFor({ languages }: Pick<Request, 'languages'>): DispatchTexts {
  return all[textsFor(languages).language] ?? en;
}
