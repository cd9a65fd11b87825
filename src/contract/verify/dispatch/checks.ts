import { OutboundError, type OutboundClient } from '../../../http/outbound.js';
import { Fault, fail, pass, warn, type Check } from '../sheet.js';

/** The page of a dispatch that opens when somebody calls. */
export interface PopUnderTest {
  client: OutboundClient;
  /** With `{access_token}`, `{clid}`, `{did}` and `{call_id}`. */
  template: string;
  /** An operator's. */
  token: string;
  clid: string;
  did: string;
}

interface Opened {
  /** A redirect counts as 302: the page is not shown. */
  status: number;
  body: string;
  latencyMs: number;
}

const LIMITS = { connectTimeoutMs: 3_000, totalTimeoutMs: 8_000, maxBytes: 4_194_304 };
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
        const { status, body } = await open({ ...pop, token });
        if (status === 200 && body === right.body)
          return fail(
            'the same page is shown',
            'compare access_token with those of your operators: it shows customers',
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
async function open({ client, template, token, clid, did }: PopUnderTest): Promise<Opened> {
  const values: Record<string, string> = { access_token: token, clid, did, call_id: 'c_verify' };
  const url = template.replace(/\{(\w+)\}/g, (whole, name: string) => encodeURIComponent(values[name] ?? whole));
  try {
    return await client.request({ url, method: 'GET', headers: { accept: 'text/html' }, ...LIMITS });
  } catch (error) {
    if (!(error instanceof OutboundError)) throw error;
    if (error.reason === 'redirect') return { status: 302, body: '', latencyMs: error.latencyMs };
    throw new Fault(`no answer: ${error.reason}`, 'let the page be reached from here, and answer within 8 seconds');
  }
}
