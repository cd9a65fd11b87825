import { expect, it } from 'vitest';
import { causeOf } from '../../src/asterisk/cause.js';

it.each([
  [21, 603, 'rejected'],
  [21, undefined, 'rejected'],
  [21, 0, 'rejected'],
  [21, 401, 'provider_refused'],
  [21, 403, 'provider_refused'],
  [21, 407, 'provider_refused'],
  [34, 402, 'provider_refused'],
  [1, 404, 'no_such_number'],
  [1, undefined, 'no_such_number'],
  [28, 484, 'no_such_number'],
  [38, 604, 'no_such_number'],
  [34, 503, 'failed'],
  // A Reason header of the response takes precedence over its status.
  [17, 403, 'busy'],
  [19, 404, 'no_answer'],
] as const)('cause %i with SIP %s is %s', (q850, sipStatus, cause) => {
  expect(causeOf(q850, sipStatus)).toBe(cause);
});
