import type { ConsoleTexts } from '../en/console.js';

export const consoleTexts: ConsoleTexts = {
  needsScript: 'Konzole vyžaduje JavaScript.',
  undo: 'Vrátit',
  close: 'Zavřít',
  copy: 'Kopírovat',
  copied: 'Zkopírováno',
  dismiss: 'Skrýt',
  loading: 'Načítá se…',
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
