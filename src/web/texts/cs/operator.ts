import type { OperatorTexts } from '../en/operator.js';

export const operatorTexts: OperatorTexts = {
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
