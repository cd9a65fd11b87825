import type { MessageTexts } from '../en/messages.js';
import { plural } from '../plural.js';

export const messageTexts: MessageTexts = {
  title: 'Vzkazy',
  states: { open: 'K vyřízení', done: 'Vyřízené' },
  who: 'Kdo',
  where: 'Kam',
  owners: (names: string) => `pro: ${names}`,
  length: 'Délka',
  when: 'Kdy',
  how: 'Vyřízeno',
  withheld: 'skryté číslo',
  unheard: 'nový',
  heardBy: (who) => `přehráno: ${who}`,
  listen: (who) => `Přehrát vzkaz: ${who}`,
  stop: (who) => `Zastavit vzkaz: ${who}`,
  markDone: 'Vyřídit',
  doneFor: (who) => `Vyřídit: ${who}`,
  isDone: (who) => `Vzkaz od ${who}: vyřízeno`,
  reopen: 'Vrátit mezi nevyřízené',
  reopenFor: (who) => `Vrátit mezi nevyřízené: ${who}`,
  doneBy: (who) => `označeno: ${who}`,
  none: 'Žádný vzkaz nečeká na vyřízení.',
  noneHint:
    'Vzkazy nahrává plán hovoru akcí „Nahrát vzkaz“, například když hovor ve frontě nikdo nepřijme nebo máte zavřeno.',
  noneDone: 'Žádný vzkaz není označen jako vyřízený.',
  more: 'Zobrazit další',
  shown: plural('cs', { one: '# vzkaz', few: '# vzkazy', other: '# vzkazů' }),
};
