import type { CallTexts } from '../en/calls.js';

export const callTexts: CallTexts = {
  from: 'Odkud',
  to: 'Kam',
  direction: 'Směr',
  directions: { incoming: 'příchozí', outgoing: 'odchozí' },
  result: 'Výsledek',
  agent: 'Přijal',
  waited: 'Čekání',
  talk: 'Hovor',
  queue: 'Fronta',
  show: 'Zobrazit',
  endedBy: 'Ukončil',
  called: 'volaný',
  fault: 'chyba',
  outcomes: {
    answered: 'přijatý',
    served: 'vyřízený automaticky',
    lost: 'ztracený (zavěsil při čekání)',
    unanswered: 'bez odpovědi',
    busy: 'obsazeno',
    unreachable: 'nedostupné',
    rejected: 'ukončila firma',
    refused: 'číslo není povoleno',
    failed: 'ukončený chybou',
  },
};
