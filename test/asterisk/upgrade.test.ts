import { afterEach, beforeEach, expect, it } from 'vitest';
import { becomes } from '../support/becomes.js';
import { prompts } from '../support/gateway.js';
import { orStop } from '../support/or-stop.js';
import { say, Shop } from '../support/shop.js';
import { callerOf, prompt } from '../support/sip/caller.js';
import { userOf } from '../support/sip/message.js';
import { pickUp, ringForEver, type Phone, type PhoneCall } from '../support/sip/phone.js';
import { talkBothWays } from './call-control-harness.js';
import { GatewayDatabase } from './gateway-database.js';
import { ProviderHarness } from './provider-harness.js';

/** The gateway is exchanged under fifty calls in all states: none is lost, and each goes on where it was. */

const LINES = {
  menu: '+420222333001',
  digits: '+420222333002',
  queue: '+420222333003',
  talk: '+420222333004',
  ringing: '+420222333005',
  shop: '+420222333006',
};
/** Numbers that plans call: one answers at once, the other when the test says so. */
const [ANSWERED, RUNG] = ['+420777000001', '+420777000002'];
const [MENU, CHOSEN, ASK, RECEIVED, ORDER, FAILED] = [1, 2, 3, 4, 5, 6];
/** Far longer than the exchange, on a busy machine too. */
const PATIENT = '100s';
const LATER = { withinMs: 60_000 };
const HEARS = { ...LATER, skipping: true };

const company = (shop: string) => ({
  prompts: prompts(MENU, CHOSEN, ASK, RECEIVED, ORDER, FAILED),
  dial_policy: { countries: ['CZ'], max_concurrent: 20 },
  handsets: [{ name: 'a1' }],
  queues: [{ id: 1, name: 'Orders', handsets: ['a1'], join_when: 'always', stay_when: 'always' }],
  lines: [
    {
      number: LINES.menu,
      plan: ['answer', { menu: { prompt: MENU, timeout: PATIENT, keys: { '7': [{ play: CHOSEN }, 'hang_up'] } } }],
    },
    {
      number: LINES.digits,
      plan: [
        'answer',
        { collect: { prompt: ASK, save_as: 'order', max: 4, timeout: PATIENT } },
        { play: RECEIVED },
        'hang_up',
      ],
    },
    { number: LINES.queue, plan: ['answer', { enqueue: { queue: 1 } }] },
    { number: LINES.talk, plan: [{ ring: { number: ANSWERED, timeout: PATIENT } }] },
    { number: LINES.ringing, plan: [{ ring: { number: RUNG, timeout: PATIENT } }] },
    {
      number: LINES.shop,
      plan: ['answer', { hand_over: { url: shop, on_failure: [{ play: FAILED }] } }, 'hang_up'],
    },
  ],
});

let harness: ProviderHarness;
let shop: Shop;
let callers: Phone;

beforeEach(async () => {
  const incoming = ({ uri }: { uri: string }) => (numberIn(uri) === ANSWERED ? pickUp : ringForEver);
  shop = await new Shop(() => say.goOn()).start();
  harness = await orStop(ProviderHarness.start(company(shop.url), incoming), shop);
  callers = await harness.phones.start({ user: 'callers' });
});
afterEach(async () => {
  await harness.stop();
  await shop.stop();
});

let called = 0;
/** So many calls to a line, each from a number of its own. */
async function dial(line: string, count: number): Promise<PhoneCall[]> {
  const calls: PhoneCall[] = [];
  while (calls.length < count) {
    called += 1;
    calls.push(await callers.dial(line, { from: `+420608100${String(called).padStart(3, '0')}` }));
  }
  return calls;
}

const every = <T>(all: readonly T[], job: (one: T, index: number) => Promise<unknown>) => Promise.all(all.map(job));
const endedByGateway = (call: PhoneCall) =>
  call.ended(LATER).then((end) => expect(end).toMatchObject({ by: 'peer', how: 'hung_up' }));
const numberIn = (uri: string) => `+${userOf(uri).replace(/\D/g, '')}`;
const legsTo = (number: string) => harness.provider.invites.filter((leg) => numberIn(leg.invite.uri) === number);

/** Calls to a line that calls a number. @returns both sides of each */
async function dialThrough(line: string, number: string, count: number): Promise<[PhoneCall, PhoneCall][]> {
  const pairs: [PhoneCall, PhoneCall][] = [];
  while (pairs.length < count) {
    const [call] = await dial(line, 1);
    const leg = await becomes('the number is called', () => legsTo(number)[pairs.length]);
    pairs.push([call!, leg]);
  }
  return pairs;
}

/** Callers in the queue, first in line first. */
async function enqueue(count: number): Promise<PhoneCall[]> {
  const calls: PhoneCall[] = [];
  while (calls.length < count) {
    calls.push(...(await dial(LINES.queue, 1)));
    const isInLine = async () => (await harness.asterisk.cli('queue show q1')).includes(` ${calls.length}. PJSIP`);
    await becomes('the caller waits in the queue', isInLine);
  }
  return calls;
}

async function exchange(): Promise<void> {
  const pid = harness.gateway.pid;
  if (pid === undefined) throw new Error('the gateway does not run');
  process.kill(pid, 'SIGTERM');
  await harness.gateway.died();
  expect(harness.gateway.exitCode).toBe(0);
  await harness.gateway.run();
  await harness.gateway.ready();
}

it('fifty calls in a menu, typing digits, in a queue, talking, ringing and at the shop outlast an upgrade', async () => {
  const inMenu = await dial(LINES.menu, 9);
  await every(inMenu, (call) => call.hears(prompt(MENU), LATER));
  const typing = await dial(LINES.digits, 9);
  await every(typing, (call) => call.hears(prompt(ASK), LATER));
  await every(typing, (call) => call.press('10'));
  const waiting = await enqueue(8);
  const talks = await dialThrough(LINES.talk, ANSWERED, 8);
  await every(talks, ([call, leg]) => talkBothWays(call, leg));
  const ringing = await dialThrough(LINES.ringing, RUNG, 8);
  // Last, because the gateway repeats a request that takes too long.
  shop.behave(() => ({ fault: 'never' }));
  const atShop = await dial(LINES.shop, 8);
  await becomes('the shop is asked', () => shop.requests.length === 8);
  const { calls } = await harness.gateway.api<{ calls: unknown[] }>('/api/v1/calls?running=true&limit=200');
  expect(calls).toHaveLength(50);

  shop.behave(({ fields }) => (fields['step'] === 1 ? say.play(ORDER) : say.goOn()));
  await exchange();

  await Promise.all([
    every(inMenu, async (call) => {
      await call.press('7');
      await call.hears(prompt(CHOSEN), HEARS);
      await endedByGateway(call);
    }),
    every(typing, async (call) => {
      await call.press('01');
      await call.hears(prompt(RECEIVED), HEARS);
      await endedByGateway(call);
    }),
    every(atShop, async (call) => {
      await call.hears(prompt(ORDER), HEARS);
      await endedByGateway(call);
    }),
    every(talks, async ([call, leg]) => {
      await talkBothWays(call, leg);
      await call.hangUp();
      await leg.ended(LATER);
    }),
    every(ringing, async ([call, leg]) => {
      leg.answer();
      await talkBothWays(call, leg);
      await leg.hangUp();
      await endedByGateway(call);
    }),
    serveQueue(waiting),
  ]);

  for (const call of typing) {
    const timeline = await harness.gateway.finished(callerOf(call));
    const digits = timeline.filter(({ kind }) => kind === 'digit').map(({ data }) => data['digit']);
    expect(digits.join('')).toBe('1001');
  }
  // Nobody was called twice, and a request that was repeated is the same step.
  expect([legsTo(ANSWERED).length, legsTo(RUNG).length]).toEqual([8, 8]);
  expect(
    new Set(shop.requests.map(({ fields }) => `${String(fields['call_id'])} ${String(fields['step'])}`)).size,
  ).toBe(16);
  expect(await harness.gateway.calls()).toHaveLength(50);
  await expect
    .poll(() => harness.asterisk.cli('core show channels count'), { timeout: 60_000 })
    .toMatch(/^0 active channels/m);
  const database = new GatewayDatabase(harness.gateway);
  await expect.poll(() => database.unfinished()).toEqual({ flows: 0, pending: 0 });
  await database.close();
  expect(harness.gateway.output).not.toMatch(/"level":(50|60)/);
});

/** An operator logs in, and answers the callers in their order. */
async function serveQueue(waiting: readonly PhoneCall[]): Promise<void> {
  const operator = await harness.phones.handset('a1', { incoming: pickUp });
  for (const call of waiting) {
    const leg = await (await operator.nextCall(LATER)).answered();
    await talkBothWays(call, leg);
    await leg.hangUp();
    await endedByGateway(call);
  }
}
