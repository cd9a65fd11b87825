import type { OutboundClient } from '../../../http/outbound.js';
import { fail, pass, warn, type Check } from '../sheet.js';
import { browse, type Opened } from './browse.js';

/** The dispatch's screen pop page. */
interface PopUnderTest {
  client: OutboundClient;
  /** With the placeholders `{access_token}`, `{clid}`, `{did}` and `{call_id}`. */
  template: string;
  /** The token of an operator. */
  token: string;
  clid: string;
  did: string;
}

const QUICK_MS = 2_000;
const TOKEN_IS_RIGHT = 'is it the token of an operator, as shown in that operator’s profile in the dispatch?';

/** Requirements of the screen pop (docs/screen-pop.md). */
export const popChecks: readonly Check<PopUnderTest>[] = [
  {
    id: 'opens',
    what: 'The page opens with a caller’s number, the line and the operator’s token',
    async run(pop) {
      const { status } = await open(pop);
      return status === 200 ? pass() : fail(`status ${status}`, `show the page with status 200; ${TOKEN_IS_RIGHT}`);
    },
  },
  {
    id: 'bad_token',
    what: 'The page does not open with a wrong token or without one',
    async run(pop) {
      const right = await open(pop);
      for (const token of ['not-the-token-of-anybody', '']) {
        const { status, body, place } = await open({ ...pop, token });
        // When a redirect leads to the order, its address differs from that of the login.
        const isSame = body === right.body || (right.redirects > 0 && place === right.place);
        if (status === 200 && isSame)
          return fail(
            'the same page is shown',
            `check access_token: customers are shown without a login (or is a login page shown each time? ${TOKEN_IS_RIGHT})`,
          );
      }
      return pass();
    },
  },
  {
    id: 'odd_numbers',
    what: 'Withheld, short and foreign numbers are accepted',
    async run(pop) {
      for (const clid of ['', '112', '421903123456', '+421903123456']) {
        const { status } = await open({ ...pop, clid });
        if (status >= 500) return fail(`status ${status}`, 'open the page for any number, including unknown ones');
      }
      return pass();
    },
  },
  {
    id: 'quick',
    what: 'The page opens while the telephone rings (2 s)',
    async run(pop) {
      const { latencyMs } = await open(pop);
      return latencyMs < QUICK_MS
        ? pass(`${latencyMs} ms`)
        : warn(`${latencyMs} ms`, 'answer faster: operators wait for the page');
    },
  },
];

/** @throws {Fault} without a response */
function open({ client, template, token, clid, did }: PopUnderTest): Promise<Opened> {
  const values: Record<string, string> = { access_token: token, clid, did, call_id: 'c_verify' };
  const url = template.replace(/\{(\w+)\}/g, (whole, name: string) => encodeURIComponent(values[name] ?? whole));
  return browse(client, url);
}
