import type { OutboundClient } from '../../../http/outbound.js';
import { fail, pass, warn, type Check } from '../sheet.js';
import { browse, type Opened } from './browse.js';

/** The page of a dispatch that opens when somebody calls. */
interface PopUnderTest {
  client: OutboundClient;
  /** With `{access_token}`, `{clid}`, `{did}` and `{call_id}`. */
  template: string;
  /** An operator's. */
  token: string;
  clid: string;
  did: string;
}

const QUICK_MS = 2_000;
const TOKEN_IS_RIGHT = 'is the token the one of an operator, as the dispatch shows it in that operator’s profile?';

/** What the screen pop (docs/screen-pop.md) asks of a dispatch. */
export const popChecks: readonly Check<PopUnderTest>[] = [
  {
    id: 'opens',
    what: 'The page opens for a caller’s number, the line and the operator’s token',
    async run(pop) {
      const { status } = await open(pop);
      return status === 200 ? pass() : fail(`status ${status}`, `show the page with status 200; ${TOKEN_IS_RIGHT}`);
    },
  },
  {
    id: 'bad_token',
    what: 'It opens for nobody with a wrong token, or none',
    async run(pop) {
      const right = await open(pop);
      for (const token of ['not-the-token-of-anybody', '']) {
        const { status, body, place } = await open({ ...pop, token });
        // Where it is a redirect that leads to the order, its place is another one than that of a login.
        const isSame = body === right.body || (right.redirects > 0 && place === right.place);
        if (status === 200 && isSame)
          return fail(
            'the same page is shown',
            `compare access_token with those of your operators: it shows customers (or is a login shown each time? ${TOKEN_IS_RIGHT})`,
          );
      }
      return pass();
    },
  },
  {
    id: 'odd_numbers',
    what: 'Withheld, short and foreign numbers do it no harm',
    async run(pop) {
      for (const clid of ['', '112', '421903123456', '+421903123456']) {
        const { status } = await open({ ...pop, clid });
        if (status >= 500)
          return fail(`status ${status}`, 'open the page for any number, also one that you do not know');
      }
      return pass();
    },
  },
  {
    id: 'quick',
    what: 'It is there while the telephone rings (2 s)',
    async run(pop) {
      const { latencyMs } = await open(pop);
      return latencyMs < QUICK_MS
        ? pass(`${latencyMs} ms`)
        : warn(`${latencyMs} ms`, 'be quicker: operators wait for it');
    },
  },
];

/** @throws {Fault} when there is no answer */
function open({ client, template, token, clid, did }: PopUnderTest): Promise<Opened> {
  const values: Record<string, string> = { access_token: token, clid, did, call_id: 'c_verify' };
  const url = template.replace(/\{(\w+)\}/g, (whole, name: string) => encodeURIComponent(values[name] ?? whole));
  return browse(client, url);
}
