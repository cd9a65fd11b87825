import type { CommandTexts } from '../en/commands.js';
import { plural } from '../plural.js';

export const commandTexts: CommandTexts = {
  places: {
    hours: 'Pracovní doba',
    closeToday: 'Dnes zavřeno',
    holidays: 'Státní svátky',
    rejectPrompt: 'Hláška pro odmítnuté volající',
  },
  alarms: plural('cs', { one: '# poplach', few: '# poplachy', other: '# poplachů' }),
  newMessages: plural('cs', { one: '# nový vzkaz', few: '# nové vzkazy', other: '# nových vzkazů' }),
  toCallBack: plural('cs', {
    one: '# číslo k zavolání zpět',
    few: '# čísla k zavolání zpět',
    other: '# čísel k zavolání zpět',
  }),
  shortcuts: 'Klávesové zkratky',
  search: 'Najít stránku nebo akci',
  nothingFound: 'Nic nenalezeno.',
  goTo: (page) => `Přejít na: ${page}`,
  showShortcuts: 'Zobrazit tento seznam',
  openPalette: 'Najít stránku nebo akci',
  undoLast: 'Vrátit poslední akci',
  focusSearch: 'Přejít na filtr stránky',
};
