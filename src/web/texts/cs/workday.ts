import type { WorkdayTexts } from '../en/workday.js';

/** Slova pracovního dne operátora u telefonu. */
export const workdayTexts: WorkdayTexts = {
  wrapUp: 'Dokončení hovoru',
  readyNow: 'Jsem připraven',
  moreTime: 'Více času',
  noMoreTime: 'Čas na dokončení hovoru už uplynul, nebo ho nelze prodloužit.',
  longestWait: 'nejdéle',
  lastNumbers: 'Poslední hovory',
  noNumbers: 'Na tomto telefonu zatím nejsou žádné hovory.',
  somebody: 'Číslo se nezobrazuje',
  missed: 'zmeškaný',
};
