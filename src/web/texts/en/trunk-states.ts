import type { trunkConditions } from '../../../directory/trunk-states.js';

type Condition = (typeof trunkConditions)[number];

/** The states of trunks in words, on several pages. */
export const trunkStateTexts = {
  conditions: {
    registered: 'connected',
    reachable: 'reachable',
    unchecked: 'not checked',
    busy: 'all channels in use',
    registering: 'waiting for the provider',
    rejected: 'refused by the provider',
    unreachable: 'does not answer',
    missing: 'not in Asterisk',
    disabled: 'switched off',
    unknown: 'unknown',
  } satisfies Record<Condition, string>,
  calls: (n: number, most: number | null) => `calls: ${n}${most === null ? '' : ` of ${most}`}`,
  lastError: 'Last failure:',
};

export type TrunkStateTexts = typeof trunkStateTexts;
