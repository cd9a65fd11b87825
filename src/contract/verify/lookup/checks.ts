import { fail, pass, skip, warn, type Check } from '../sheet.js';
import { encrypted, isLocal, serverErrors, speed } from '../whole.js';
import { ask, type LookupUnderTest, type LookupResult } from './lookup.js';

const NO_CALLER = 'no known caller was given: --caller NUMBER';
const READ_HOW = 'look the number up in every notation, and answer as docs/contract-tools.md says';
const REFUSE = 'answer 401: without it anyone can read the orders of others';
const FOREIGN: Record<string, string> = { SK: '+420601123456' };
const SLOVAK = '+421903123456';
/** The longest possible number. */
const LONGEST = '+999123456789012';

/** The address responds. The first check, since all others depend on it. */
export const answers: Check<LookupUnderTest> = {
  id: 'answers',
  what: 'The address answers with JSON, or with 404 for an unknown caller',
  run: async (lookup) => pass(describeResult(await ask(lookup, lookup.caller ?? lookup.stranger))),
};

/** Known and unknown callers. */
export const callerChecks: readonly Check<LookupUnderTest>[] = [
  {
    id: 'known_caller',
    what: 'A known caller is found',
    async run(lookup) {
      if (lookup.caller === undefined) return skip(NO_CALLER);
      const result = await ask(lookup, lookup.caller);
      if (result?.unusable !== undefined) return fail(result.unusable, 'write it as docs/contract-tools.md says');
      return result?.known === true ? pass(describeResult(result)) : fail(describeResult(result), READ_HOW);
    },
  },
  {
    id: 'their_orders',
    what: 'The caller’s orders are listed',
    async run(lookup) {
      if (lookup.caller === undefined) return skip(NO_CALLER);
      if (lookup.orders.length === 0) return skip('no order of the caller was given: --order ID');
      const { orders = [] } = (await ask(lookup, lookup.caller)) ?? {};
      const missing = lookup.orders.filter((order) => !orders.includes(order)).length;
      return missing === 0
        ? pass(describeResult({ known: true, orders }))
        : fail(
            `${missing} of ${lookup.orders.length} of the given orders are missing; ${describeResult({ known: true, orders })}`,
            'list every order of the caller that is not finished',
          );
    },
  },
  {
    id: 'unknown_caller',
    what: 'An unknown caller is not found',
    async run(lookup) {
      const result = await ask(lookup, lookup.stranger);
      return result?.known === true
        ? fail(describeResult(result), 'compare the whole number; or give an unknown number: --unknown-caller NUMBER')
        : pass(describeResult(result));
    },
  },
  {
    id: 'odd_numbers',
    what: 'Foreign numbers and the longest possible number are accepted',
    async run(lookup) {
      for (const number of [FOREIGN[lookup.country] ?? SLOVAK, LONGEST]) await ask(lookup, number);
      return pass();
    },
  },
];

export const loginCheck: Check<LookupUnderTest> = {
  id: 'bad_login',
  what: 'A wrong login is refused',
  async run(lookup) {
    const { caller, stranger, peer, login, question } = lookup;
    if (login.variables.length === 0)
      return isLocal(peer)
        ? skip('requests have no key or signature; it is on this machine')
        : warn(
            'requests have no key or signature: anyone who knows the address can use it',
            'agree on one (see --secret)',
          );
    const wrong = Object.fromEntries(login.variables.map((name) => [name, 'nobody:not-what-was-agreed-upon']));
    const number = caller ?? stranger;
    const without = question(number);
    const headers = Object.fromEntries(
      Object.entries(without.headers).filter(([name]) => !login.headers.includes(name.toLowerCase())),
    );
    for (const [what, request] of [
      ['a wrong login', question(number, wrong)],
      ['no login', { ...without, headers }],
    ] as const) {
      const { status, body } = await peer.ask(request);
      if (status < 200 || status > 299) continue;
      const result = lookup.read(body);
      if (result.known) return fail(`${what}: ${describeResult(result)}`, REFUSE);
      if (caller === undefined) return warn(`${what} is answered with status ${status}`, REFUSE);
    }
    return pass();
  },
};

/** Checks over many requests. */
export const lookupWholeChecks: readonly Check<LookupUnderTest>[] = [
  {
    id: 'at_once',
    what: 'Concurrent callers are answered in time',
    async run(lookup) {
      const { caller, stranger, atOnce } = lookup;
      await Promise.all(Array.from({ length: atOnce }, () => ask(lookup, caller ?? stranger)));
      return pass(`${atOnce} at once`);
    },
  },
  { id: 'encrypted', what: 'The address is encrypted (https)', run: ({ peer }) => encrypted(peer) },
  {
    id: 'speed',
    what: 'Every answer arrives in half the allowed time',
    run: ({ peer }) =>
      speed(
        peer,
        peer.limits.totalTimeoutMs / 2,
        `an answer after ${peer.limits.totalTimeoutMs / 1000} seconds is discarded`,
      ),
  },
  { id: 'server_errors', what: 'No request got a status of 500 or above', run: ({ peer }) => serverErrors(peer) },
];

/** Summary for the sheet. */
function describeResult(result: LookupResult | null): string {
  if (result === null) return 'status 404';
  if (!result.known) return result.unusable ?? 'nobody';
  const { length } = result.orders;
  return length === 0 ? 'known, no orders' : `${length} ${length === 1 ? 'order' : 'orders'}`;
}
