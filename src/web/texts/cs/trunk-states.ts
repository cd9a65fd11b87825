import type { TrunkStateTexts } from '../en/trunk-states.js';

export const trunkStateTexts: TrunkStateTexts = {
  conditions: {
    registered: 'připojeno',
    reachable: 'dostupné',
    unchecked: 'nekontroluje se',
    busy: 'všechny kanály jsou obsazené',
    registering: 'čeká na operátora',
    rejected: 'operátor odmítá přihlášení',
    unreachable: 'neodpovídá',
    missing: 'v Asterisku není',
    disabled: 'vypnuto',
    unknown: 'neznámý stav',
  },
  calls: (n: number, most: number | null) => `hovory: ${n}${most === null ? '' : ` z ${most}`}`,
  lastError: 'Poslední selhání:',
};
