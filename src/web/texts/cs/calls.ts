import type { CallTexts } from '../en/calls.js';

export const callTexts: CallTexts = {
  from: 'Odkud',
  to: 'Kam',
  direction: 'Směr',
  directions: { incoming: 'příchozí', outgoing: 'odchozí' },
  result: 'Výsledek',
  agent: 'Kdo hovořil',
  waited: 'Čekání',
  talk: 'Hovor',
  queue: 'Fronta',
  show: 'Zobrazit',
  endedBy: 'Ukončil',
  called: 'volaný',
  fault: 'porucha',
  outcomes: {
    answered: 'přijatý',
    served: 'vyřízený plánem',
    lost: 'ztracený: zavěsil při čekání',
    unanswered: 'nikdo to nezvedl',
    busy: 'obsazeno',
    unreachable: 'nedostupné',
    rejected: 'ukončila firma',
    refused: 'číslo není povoleno',
    failed: 'přerušený poruchou',
  },
};
