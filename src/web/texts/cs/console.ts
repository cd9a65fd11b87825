import type { ConsoleTexts } from '../en/console.js';

export const consoleTexts: ConsoleTexts = {
  needsScript: 'Konzole vyžaduje JavaScript.',
  undo: 'Vrátit',
  close: 'Zavřít',
  copy: 'Kopírovat',
  copied: 'Zkopírováno',
  dismiss: 'Skrýt',
  loading: 'Načítá se…',
  shortcuts: 'Klávesové zkratky',
  search: 'Najít stránku nebo akci',
  nothingFound: 'Nic nenalezeno.',
  goTo: (page) => `Přejít na: ${page}`,
  places: {
    hours: 'Pracovní doba',
    closeToday: 'Dnes zavřeno',
    holidays: 'Státní svátky',
    rejectPrompt: 'Hláška pro odmítnuté volající',
  },
  showShortcuts: 'Zobrazit tento seznam',
  openPalette: 'Najít stránku nebo akci',
  undoLast: 'Vrátit poslední akci',
  focusSearch: 'Přejít na filtr stránky',
  failures: {
    0: 'Brána není dostupná. Zkuste to znovu.',
    403: 'K tomu nemáte oprávnění.',
    404: 'Už to neexistuje.',
    409: 'Teď to není možné.',
    429: 'Příliš mnoho požadavků. Chvíli počkejte a zkuste to znovu.',
    503: 'Asterisk nebo databáze nejsou dostupné. Zkuste to později.',
  },
  failed: 'Nepodařilo se to. Zkuste to znovu.',
};
