import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { becomes } from '../support/becomes.js';
import { prompts, type Gateway } from '../support/gateway.js';
import { orStop } from '../support/or-stop.js';
import { LATER_VERSION, makeVersion } from '../support/other-version.js';
import { freePort } from '../support/ports.js';
import { say, Shop } from '../support/shop.js';
import { callerOf, prompt } from '../support/sip/caller.js';
import { userOf } from '../support/sip/message.js';
import { pickUp, ringForEver, type Phone, type PhoneCall } from '../support/sip/phone.js';
import { talkBothWays } from './call-control-harness.js';
import { GatewayDatabase } from './gateway-database.js';
import { ProviderHarness } from './provider-harness.js';

/**
 * The gateway is exchanged by a later version, and back, under fifty calls in all states: none is lost, and each goes on where it was.
 * Later versions that cannot start leave the one that runs in charge.
 */

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

let dir: string;
/** Of the version that runs first, when it is started again. */
let standby: { STANDBY_PORT: string };
let harness: ProviderHarness;
let shop: Shop;
let callers: Phone;
/** Later versions that were started. */
const others: Gateway[] = [];

beforeEach(async () => {
  standby = { STANDBY_PORT: String(await freePort()) };
  const incoming = ({ uri }: { uri: string }) => (numberIn(uri) === ANSWERED ? pickUp : ringForEver);
  dir = await mkdtemp(path.join(os.tmpdir(), 'cordboard-versions-'));
  shop = await new Shop(() => say.goOn()).start();
  harness = await orStop(ProviderHarness.start(company(shop.url), incoming), shop);
  callers = await harness.phones.start({ user: 'callers' });
});
afterEach(async () => {
  await Promise.all(others.splice(0).map((version) => version.kill()));
  await harness.stop();
  await shop.stop();
  await rm(dir, { recursive: true });
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

const ADDITION = `await db.schema.alterTable("flows").addColumn("of_next", "text").execute();
  await db.schema.createTable("of_next").addColumn("x", "text").execute();`;

async function another(sources: string, env: Record<string, string> = {}): Promise<Gateway> {
  const version = await harness.gateway.another(sources, env);
  others.push(version);
  return version;
}

/** Versions that end before they own the node: the one that runs does not notice. */
async function tryBroken(): Promise<void> {
  const owner = harness.gateway.pid;
  const migration = `${ADDITION} throw new Error("the migration of the next version fails");`;
  const [failing, dying, works] = await Promise.all([
    makeVersion(path.join(dir, 'failing'), { migration }),
    makeVersion(path.join(dir, 'dying'), { start: 'process.exit(70);' }),
    makeVersion(path.join(dir, 'works')),
  ]);
  const ends = async (sources: string, code: number, words: string, env: Record<string, string> = {}) => {
    const version = await another(sources, env);
    await version.died();
    expect({ code: version.exitCode, output: version.output }).toEqual({
      code,
      output: expect.stringContaining(words) as string,
    });
  };
  await Promise.all([
    ends(failing, 1, 'the migration of the next version fails'),
    ends(dying, 70, ''),
    ends(works, 2, 'ARI_URL: ', { ARI_URL: 'nowhere' }),
  ]);
  expect(harness.gateway.pid).toBe(owner);
  await harness.gateway.ready();
}

/** A version that dies when it takes over: the supervisor has started the former owner again, which goes on. */
async function tryDyingOwner(): Promise<void> {
  const old = harness.gateway;
  const takeOver = 'throw new Error("the next version fails as the owner");';
  const dying = await another(await makeVersion(path.join(dir, 'dying owner'), { takeOver }));
  await dying.waits();
  process.kill(old.pid!, 'SIGTERM');
  await old.died();
  await old.run(standby);
  await dying.died();
  expect(dying.output).toContain('the next version fails as the owner');
  await old.ready();
}

/** The owner is stopped, and the other one takes over, which waits. @returns how long it took (ms) */
async function handOver(from: Gateway, to: Gateway): Promise<number> {
  const began = performance.now();
  process.kill(from.pid!, 'SIGTERM');
  await from.died();
  await to.ready();
  const took = performance.now() - began;
  expect(from.exitCode).toBe(0);
  const { version } = await to.api<{ version: string }>('/api/v1/system');
  expect(version === LATER_VERSION).toBe(to !== harness.gateway);
  return took;
}

it('fifty calls in a menu, typing digits, in a queue, talking, ringing and at the shop outlast an upgrade and the way back', async () => {
  const inMenu = await dial(LINES.menu, 9);
  await every(inMenu, (call) => call.hears(prompt(MENU), LATER));
  const typing = await dial(LINES.digits, 9);
  await every(typing, (call) => call.hears(prompt(ASK), LATER));
  await every(typing, (call) => call.press('10'));
  const waiting = await enqueue(8);
  const talks = await dialThrough(LINES.talk, ANSWERED, 8);
  await every(talks, ([call, leg]) => talkBothWays(call, leg));
  const ringing = await dialThrough(LINES.ringing, RUNG, 8);
  await tryBroken();
  await tryDyingOwner();
  const next = await another(await makeVersion(path.join(dir, 'next'), { migration: ADDITION }));
  await next.waits();
  // Last, because the call goes on without the shop when that has not answered after 10 s, however many gateways asked it.
  shop.behave(() => ({ fault: 'never' }));
  const atShop = await Promise.all(Array.from({ length: 8 }, () => dial(LINES.shop, 1))).then((calls) => calls.flat());
  await becomes('the shop is asked', () => shop.requests.length === 8);
  shop.behave(({ fields }) => (fields['step'] === 1 ? say.play(ORDER) : say.goOn()));
  const forwards = await handOver(harness.gateway, next);
  const { calls } = await next.api<{ calls: unknown[] }>('/api/v1/calls?limit=200');
  expect(calls).toHaveLength(50);
  await every(typing, (call) => call.press('0'));
  await every(atShop, (call) => call.hears(prompt(ORDER), HEARS));
  await harness.gateway.run(standby);
  await harness.gateway.waits(standby.STANDBY_PORT);
  const back = await handOver(next, harness.gateway);
  // For those who measure.
  console.info(`taken over by the next version after ${forwards} ms, and back after ${back} ms`);

  await Promise.all([
    every(inMenu, async (call) => {
      await call.press('7');
      await call.hears(prompt(CHOSEN), HEARS);
      await endedByGateway(call);
    }),
    every(typing, async (call) => {
      await call.press('1');
      await call.hears(prompt(RECEIVED), HEARS);
      await endedByGateway(call);
    }),
    every(atShop, endedByGateway),
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
