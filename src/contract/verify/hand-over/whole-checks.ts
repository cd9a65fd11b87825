import { speed, serverErrors } from '../whole.js';
import type { Check } from '../sheet.js';
import type { ShopUnderTest } from './conversation.js';

/** From here on the caller hears a filler prompt. */
const FILLER_AFTER_MS = 3_000;

/** What shows only over all requests of a run. */
export const wholeChecks: readonly Check<ShopUnderTest>[] = [
  {
    id: 'speed',
    what: 'Every answer comes before the caller has to be told to wait (3 s)',
    run: ({ peer }) =>
      speed(peer, FILLER_AFTER_MS, 'after 3 seconds callers hear the filler prompt, after 8 the fallback'),
  },
  {
    id: 'server_errors',
    what: 'No request of the contract got a status of 500 or above',
    run: ({ peer }) => serverErrors(peer),
  },
];
