import { speed, serverErrors } from '../whole.js';
import type { Check } from '../sheet.js';
import type { ShopUnderTest } from './conversation.js';

/** After this the caller hears a filler prompt. */
const FILLER_AFTER_MS = 3_000;

/** Checks over all requests of a run. */
export const wholeChecks: readonly Check<ShopUnderTest>[] = [
  {
    id: 'speed',
    what: 'Every answer arrives before the filler prompt (3 s)',
    run: ({ peer }) =>
      speed(peer, FILLER_AFTER_MS, 'after 3 seconds callers hear the filler prompt, after 8 the fallback'),
  },
  {
    id: 'server_errors',
    what: 'No request of the contract got a status of 500 or above',
    run: ({ peer }) => serverErrors(peer),
  },
];
