import { plural } from '../plural.js';
import type { DutyTexts } from '../en/duty.js';

export const dutyTexts: DutyTexts = {
  handsets: 'Telefony',
  history: 'Přihlášení a pauzy',
  who: 'Kdo',
  what: 'Co',
  queue: 'Fronta',
  by: 'Provedl',
  when: 'Kdy',
  handset: 'Telefon',
  all: 'vše',
  since: 'Od',
  older: 'Starší',
  none: 'Zatím se nikdo nepřihlásil, neodhlásil ani nedal pauzu',
  noMatch: 'Filtru nic neodpovídá.',
  showAll: 'Zobrazit vše',
  events: { logged_in: 'přihlášení', logged_out: 'odhlášení', paused: 'pauza', unpaused: 'konec pauzy' },
  authors: { handset: 'kódem na telefonu', asterisk: 'v Asterisku' },
  shown: plural('cs', { one: 'zobrazena # položka', few: 'zobrazeny # položky', other: 'zobrazeno # položek' }),
};
