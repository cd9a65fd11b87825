import { once } from 'node:events';
import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { becomes } from '../support/becomes.js';
import { Gateway, prompts } from '../support/gateway.js';
import { callerOf, Phone, prompt, soundsOf } from '../support/sip/caller.js';

/** The media server refuses Asterisk's request for a prompt: the caller still hears it, or the plan's alternative. */

const ONCE_LINE = '+420222333441';
const ALWAYS_LINE = '+420222333442';
/** Asterisk requests an unavailable sound twice. */
const OF_ONE_PLAYBACK = 2;
/** After this long without a request, the gateway has given up prefetching. */
const QUIET_MS = 1500;
const P = { once: 1, always: 2, next: 3 };

let asterisk: TestAsterisk;
let gateway: Gateway;
/** Between Asterisk and the gateway. */
let sounds: Server;
/** Answered with 503, by path. */
const refused = new Map<string, number>();
/** Whether a request is refused. */
let refusals: (path: string) => boolean = () => true;
const phones: Phone[] = [];

beforeAll(async () => {
  asterisk = await startAsterisk();
  sounds = createServer((request, response) => {
    const path = request.url ?? '';
    if (refusals(path)) {
      refused.set(path, (refused.get(path) ?? 0) + 1);
      response.writeHead(503).end();
      return;
    }
    const passed = httpRequest(
      new URL(path, gateway.url),
      { method: request.method, headers: request.headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(response);
      },
    );
    passed.on('error', () => response.destroy());
    request.pipe(passed);
  }).listen(0, '127.0.0.1');
  await once(sounds, 'listening');
  gateway = await Gateway.start({
    asterisk: asterisk.gatewayEnv(),
    company: {
      country: 'CZ',
      languages: ['cs'],
      prompts: prompts(...Object.values(P)),
      lines: [
        { number: ONCE_LINE, plan: ['answer', { play: P.once }, { play: P.next }, 'hang_up'] },
        { number: ALWAYS_LINE, plan: ['answer', { play: P.always }, { play: P.next }, 'hang_up'] },
      ],
    },
    env: { PUBLIC_URL: `http://127.0.0.1:${(sounds.address() as AddressInfo).port}` },
  });
  // Nothing can be prefetched.
  const total = () => [...refused.values()].reduce((sum, times) => sum + times, 0);
  await becomes('each sound was refused', () => Promise.resolve(refused.size > 0), 30_000);
  for (let before = -1; before !== total();) {
    before = total();
    await delay(QUIET_MS);
  }
});

afterAll(async () => {
  await Promise.all(phones.map((phone) => phone.stop()));
  await gateway.stop();
  await asterisk.stop();
  sounds.closeAllConnections();
  sounds.close();
});

async function dial(user: string, line: string) {
  const phone = await new Phone({ server: { host: '127.0.0.1', port: asterisk.sipPort }, user }).start();
  phones.push(phone);
  return phone.dial(line);
}

it('once: the playback is started again, and the whole prompt plays', async () => {
  let left = OF_ONE_PLAYBACK;
  refused.clear();
  refusals = () => left-- > 0;
  const call = await dial('+420777400001', ONCE_LINE);
  await call.ended({ withinMs: 30_000 });
  expect(soundsOf(call.heard())).toEqual(['prompt 1 cs', 'prompt 3 cs']);
  expect([...refused.values()]).toEqual([OF_ONE_PLAYBACK]);
  const timeline = await gateway.finished(callerOf(call));
  expect(timeline.map(({ kind }) => kind)).toContain('prompt_again');
  expect(timeline.findLast(({ kind }) => kind === 'ended')?.data).toMatchObject({ by: 'plan' });
});

it('always: the prompt is requested twice, and the plan continues', async () => {
  let first: string | undefined;
  refused.clear();
  refusals = (path) => path === (first ??= path);
  const call = await dial('+420777400002', ALWAYS_LINE);
  await call.hears(prompt(P.next), { withinMs: 20_000, skipping: true });
  await call.ended({ withinMs: 30_000 });
  expect(soundsOf(call.heard())).toEqual(['prompt 3 cs']);
  expect([...refused.values()]).toEqual([2 * OF_ONE_PLAYBACK]);
});
