import { request, type ClientRequest } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { defaultLimits } from '../../../src/http/limits.js';
import { startDispatchHarness, VOICE } from '../gootax/gootax-harness.js';
import { startControlHarness, TOKEN } from '../telfa-control/telfa-control-harness.js';

/** Bodies of those who have not said who they are: short, few, and refused before they are read. */

const FORM = 'application/x-www-form-urlencoded';

const interfaces = [
  {
    name: 'the dispatch',
    harness: startDispatchHarness,
    path: '/integration/gootaxpro/any',
    login: { 'api-key': VOICE },
    inBody: `token=${VOICE}`,
  },
  {
    name: 'the control API',
    harness: startControlHarness,
    path: '/calls/hangup.json',
    login: { api_key: TOKEN },
    inBody: `api_key=${TOKEN}`,
  },
];

let close: (() => Promise<void>) | undefined;
const unfinished = new Set<ClientRequest>();
afterEach(async () => {
  for (const sent of unfinished) sent.on('error', () => undefined).destroy();
  unfinished.clear();
  await close?.();
});

describe.each(interfaces)('$name', ({ harness, path, login, inBody }) => {
  let url = '';

  async function start(): Promise<(body: string, headers?: Record<string, string>) => Promise<number>> {
    const opened = await harness();
    close = () => opened.close();
    url = opened.url + path;
    return async (body, headers = {}) => {
      const answer = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': FORM, ...headers },
        body,
      });
      await answer.text();
      return answer.status;
    };
  }

  it('refuses a long body of a stranger, and takes it with a login', async () => {
    const post = await start();
    const long = `x=${'1'.repeat(defaultLimits.strangerBytes)}`;
    expect(await post(long)).toBe(413);
    expect(await post(`${long}&${inBody}`)).toBe(413);
    expect([401, 413, 429]).not.toContain(await post(long, login));
  });

  it('refuses many fields, from whomever', async () => {
    const post = await start();
    const many = Array.from({ length: 1_001 }, (_, index) => `f${index}=`).join('&');
    expect(await post(many, login)).toBe(413);
  });

  it('reads no more bodies of an address that has sent many without a login', async () => {
    const post = await start();
    await Promise.all(Array.from({ length: 2 * defaultLimits.strangersBurst }, () => post('a=1')));
    // Some may be read, a moment later: those never end.
    expect(await Promise.race(Array.from({ length: 40 }, () => postUnfinished(url)))).toBe(429);
    expect([401, 413, 429]).not.toContain(await post('a=1', login));
  });

  it('does not slow down clients that log in by the body', async () => {
    const post = await start();
    for (let count = 0; count < defaultLimits.strangersBurst + 20; count++)
      expect([401, 413, 429]).not.toContain(await post(inBody));
  });
});

/** Sends the beginning of a body and waits for the answer. */
function postUnfinished(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', headers: { 'content-type': FORM, 'content-length': '1000' } });
    sent.once('response', ({ statusCode = 0 }) => {
      resolve(statusCode);
      sent.destroy();
    });
    unfinished.add(sent);
    sent.once('error', reject);
    sent.write('a=1');
  });
}
