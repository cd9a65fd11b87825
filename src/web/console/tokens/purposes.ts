import type { Scope } from '../../../http/route.js';

/** What programs of a purpose need. The first purpose that a token has exactly is its purpose. */
export const PURPOSES = {
  shop: ['calls:read', 'numbers:read', 'monitor:read', 'operators:read', 'prompts:read', 'lines:read'],
  panel: ['monitor:read', 'numbers:read', 'calls:reject', 'operators:read'],
  dispatch: [
    'lines:read',
    'calls:read',
    'numbers:read',
    'calls:control',
    'recordings:read',
    'monitor:read',
    'operators:read',
    'prompts:read',
    'dispatch:notify',
    'dispatch:connect',
  ],
  monitoring: ['metrics:read'],
  reports: ['calls:read', 'metrics:read'],
  phone: ['phones:embed'],
  deploy: ['config:read', 'config:write', 'numbers:read', 'prompts:read', 'prompts:write'],
} as const satisfies Record<string, readonly Scope[]>;

export type Purpose = keyof typeof PURPOSES;
export const purposes = Object.keys(PURPOSES) as Purpose[];

/** @returns undefined for scopes that are chosen one by one */
export function purposeOf(scopes: readonly string[]): Purpose | undefined {
  const wanted = [...scopes].sort().join();
  return purposes.find((purpose) => [...PURPOSES[purpose]].sort().join() === wanted);
}
