import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, type ExpectStatic } from 'vitest';
import { openDatabase } from '../../src/storage/database.js';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { Gateway } from '../support/gateway.js';
import { orStop } from '../support/or-stop.js';
import { freePort } from '../support/ports.js';
import { callerOf, prompt } from '../support/sip/caller.js';
import { userOf } from '../support/sip/message.js';
import { Phone, type PhoneCall } from '../support/sip/phone.js';
import { sameSound } from '../support/sip/recogniser.js';
import { Shop } from '../support/shop.js';
import { talkBothWays } from './call-control-harness.js';
import { company, goodShop, P } from './shop-harness.js';

/**
 * Kill -9 at every place of every kind of effect: before it is sent, after it is sent, after it is acknowledged. Each case
 * has its own gateway, application name and line, on one Asterisk. The test counts what reached the far ends
 * (INVITEs, requests, prompts).
 */

/** Numbers of lines and of callees end in the number of their case. */
const MOST_CASES = 60;
const lineOf = (n: number) => `+4202223330${String(n).padStart(2, '0')}`;
const calledOf = (n: number) => `+4207770001${String(n).padStart(2, '0')}`;
const appOf = (n: number) => `case${n}`;

let asterisk: TestAsterisk;
let provider: Phone;

beforeAll(async () => {
  const port = await freePort();
  asterisk = await startAsterisk({
    trunkContact: `sip:127.0.0.1:${port}`,
    moreApps: Array.from({ length: MOST_CASES }, (_, n) => appOf(n)),
    extraDialplan: [
      '[cordboard-from-trunk](+)',
      ...Array.from(
        { length: MOST_CASES },
        (_, n) => `exten => ${lineOf(n)},1,Stasis(${appOf(n)},incoming,\${EXTEN},x,127.0.0.1,alaw,trunk)`,
      ),
    ].join('\n'),
  });
  provider = await new Phone({
    server: { host: '127.0.0.1', port: asterisk.sipPort },
    user: 'provider',
    port,
    incoming: { do: 'answer', afterMs: 1500 },
  }).start();
});

afterAll(async () => {
  await provider.stop();
  await asterisk.stop();
});

let cases = 0;

/** Several gateways start at once, on a machine that may be busy. */
const SLOW = { withinMs: 40_000 };
const LATER = { ...SLOW, skipping: true };

/** A supervised gateway: it restarts when it dies, as with scripts/start. */
async function startCrashHarness(failpoint: string) {
  const n = (cases += 1);
  const shop = await new Shop(goodShop({ menu: { timeoutS: 20, max: 10 } })).start();
  const called = calledOf(n);
  const gateway = await orStop(
    Gateway.start({
      asterisk: { ...asterisk.gatewayEnv(), ARI_APP: appOf(n) },
      firstLife: { CORDBOARD_FAILPOINT: failpoint },
      company: company(shop.url, {
        lines: [{ number: lineOf(n), plan: ['answer', { go_to_part: 'main-menu' }] }],
        parts: {
          'main-menu': [
            {
              menu: {
                prompt: P.menu,
                timeout: '20s',
                keys: {
                  '2': [{ ring: { number: called, timeout: '8s' } }, { play: P.nobody }, 'hang_up'],
                  '9': [{ hand_over: { url: shop.url } }, { play: P.goodbye }, 'hang_up'],
                },
              },
            },
          ],
        },
      }),
    }),
    shop,
  );
  let deaths = 0;
  let inFlight: string[] = [];
  const supervised = gateway.died(60_000).then(async () => {
    deaths += 1;
    inFlight = await unacknowledged(gateway.database);
    await gateway.run();
    await gateway.ready();
  });
  supervised.catch(() => undefined);
  const phone = await new Phone({
    server: { host: '127.0.0.1', port: asterisk.sipPort },
    user: `+420608${String(100_000 + n)}`,
  }).start();
  return {
    n,
    shop,
    gateway,
    supervised,
    called,
    dial: () => phone.dial(lineOf(n)),
    deaths: () => deaths,
    /** Kinds of the effects that were unacknowledged when the process died. */
    inFlight: () => inFlight,
    /** The call to the number that the plan rings; undefined when the caller hears that there is no answer. */
    async rung(caller: PhoneCall): Promise<PhoneCall | undefined> {
      const mine = () => provider.invites.find((call) => numberOf(call) === called);
      const isAnnounced = () => caller.ear.liveSounds.some((part) => sameSound(part, prompt(P.nobody)));
      for (const late = Date.now() + 30_000; mine() === undefined && !isAnnounced() && Date.now() < late;)
        await delay(50);
      return mine();
    },
    invites: () => provider.invites.filter((call) => numberOf(call) === called).length,
    /** The error with the timeline of the call, which cannot be seen from outside. */
    async explained(error: unknown): Promise<Error> {
      const [newest] = await gateway.calls().catch(() => []);
      const timeline = newest === undefined ? [] : await gateway.timeline(newest.caller).catch(() => []);
      const lines = timeline.map(({ at, kind, data }) => `${at} ${kind} ${JSON.stringify(data)}`).join('\n');
      return new Error(`${String(error)}\n${lines}`, { cause: error });
    },
    async stop() {
      await phone.stop();
      await gateway.stop();
      await shop.stop();
    },
  };
}

/** The number of a call to the provider, E.164. */
function numberOf(call: PhoneCall): string {
  return `+${userOf(call.invite.uri).replace(/\D/g, '')}`;
}

async function unacknowledged(database: string): Promise<string[]> {
  const db = await openDatabase(database);
  try {
    const rows = await db.selectFrom('flows').where('over', '=', 0).select('pending').execute();
    return rows.flatMap(({ pending }) => (JSON.parse(pending) as { type: string }[]).map(({ type }) => type));
  } finally {
    await db.destroy();
  }
}

/** The expected state in flight at the place of the crash. */
function expectInFlight(harness: { inFlight(): string[] }, place: string, effect: string, expect: ExpectStatic): void {
  if (place !== 'after-ack') expect(harness.inFlight()).toContain(effect);
}

const PLACES = ['before-send', 'after-send', 'after-ack'] as const;

type Step = 'menu' | 'question' | 'status';

/** Effects of the order-status call: the kind, the index of its instance that crashes, and the caller's target. */
const STATUS_EFFECTS: [string, number, Step][] = [
  ['answer', 1, 'menu'],
  ['play', 1, 'menu'],
  ['play', 2, 'question'],
  ['stop_play', 1, 'question'],
  ['http', 1, 'question'],
  ['http', 2, 'status'],
  ['play', 3, 'status'],
  ['hang_up', 1, 'status'],
];

const RING_EFFECTS: [string, number][] = [
  ['start_ringing', 1],
  ['dial', 1],
  ['stop_ringing', 1],
  ['leash', 1],
  ['bridge', 1],
  ['unbridge', 1],
];

/** Presses a key only when the dead gateway has restarted, which would otherwise miss it. */
async function statusCall(harness: Awaited<ReturnType<typeof startCrashHarness>>, diesAt: Step): Promise<PhoneCall> {
  const call = await harness.dial();
  await call.hears(prompt(P.menu), LATER);
  if (diesAt === 'menu') await harness.supervised;
  await call.press('9');
  await call.hears(prompt(P.ask), LATER);
  if (diesAt === 'question') await harness.supervised;
  await call.press('1001#');
  await call.hears(prompt(P.received), LATER);
  await call.hears(prompt(P.goodbye), LATER);
  expect(await call.ended(SLOW)).toMatchObject({ by: 'peer', how: 'hung_up' });
  return call;
}

describe.concurrent('kill -9 in the order-status call', () => {
  for (const [effect, nth, step] of STATUS_EFFECTS) {
    for (const place of PLACES) {
      it(`${place} of ${effect} ${nth}: the call continues at the same step`, async ({ expect }) => {
        const harness = await startCrashHarness(`${place}:${effect}:${nth}`);
        try {
          await statusCall(harness, step);
          await harness.supervised;
          expect(harness.deaths()).toBe(1);
          expectInFlight(harness, place, effect, expect);
          const steps = harness.shop.requests.map(({ fields }) => fields['step'] as number);
          // In order, and repeated only at the crash: call_id and step identify a repetition. After a crash numbers are skipped.
          const questions = [...new Set(steps)];
          expect(questions).toEqual(questions.toSorted((a, b) => a - b));
          expect(questions).toHaveLength(3);
          const repeated = steps.length - 3;
          if (effect === 'http') expect(repeated).toBe(place === 'after-send' ? 1 : 0);
          // The key that stops the prompt sends the request to the shop at once: that request may have been in flight.
          else expect(repeated).toBeLessThanOrEqual(effect === 'stop_play' ? 1 : 0);
          expect(new Set(harness.shop.requests.map(({ fields }) => fields['call_id'])).size).toBe(1);
        } finally {
          await harness.stop();
        }
      });
    }
  }
});

describe.concurrent('kill -9 while a number rings', () => {
  for (const [effect, nth] of RING_EFFECTS) {
    for (const place of PLACES) {
      it(`${place} of ${effect} ${nth}`, async ({ expect }) => {
        const harness = await startCrashHarness(`${place}:${effect}:${nth}`);
        try {
          const call = await harness.dial();
          await call.hears(prompt(P.menu), SLOW);
          await call.press('2');
          // An effect whose sending cannot be ruled out counts as an attempt, even if it was requested just before.
          const mayBeLost = place === 'before-send' ? ['start_ringing', 'dial'] : ['start_ringing'];
          const leg = await harness.rung(call);
          if (leg === undefined) {
            expect(mayBeLost).toContain(effect);
            await call.hears(prompt(P.nobody), LATER);
          } else {
            await leg.answered(SLOW);
            if (effect === 'unbridge') {
              await talkBothWays(call, leg);
              await leg.hangUp();
            } else {
              await harness.supervised;
              await talkBothWays(call, leg);
              await call.hangUp();
            }
          }
          await call.ended(SLOW);
          await harness.supervised;
          await harness.gateway.finished(callerOf(call).replace('+', ''));
          expect(harness.invites()).toBe(leg === undefined ? 0 : 1);
          expect(harness.deaths()).toBe(1);
          expectInFlight(harness, place, effect, expect);
        } catch (error) {
          throw await harness.explained(error);
        } finally {
          await harness.stop();
        }
      });
    }
  }
});

const killed = (gateway: Gateway) => gateway.kill();

async function terminate(gateway: Gateway): Promise<void> {
  process.kill(gateway.pid!, 'SIGTERM');
  await gateway.died();
  // Graceful, and in time: a shutdown is forced after ten seconds.
  expect(gateway.exitCode).toBe(0);
}

it.each([
  ['a crash', killed],
  ['an upgrade', terminate],
])('digits already typed survive %s in the middle of the number', async (_, end) => {
  const harness = await startCrashHarness('never:x:1');
  try {
    const call = await harness.dial();
    await call.hears(prompt(P.menu), SLOW);
    await call.press('9');
    await call.hears(prompt(P.ask), SLOW);
    await call.press('10');
    const digits = async () => (await harness.gateway.timeline(callerOf(call))).filter(({ kind }) => kind === 'digit');
    await expect.poll(async () => (await digits()).length).toBe('910'.length);
    await end(harness.gateway);
    await harness.supervised;
    await call.press('01#');
    await call.hears(prompt(P.received), LATER);
    expect(harness.shop.requests[1]?.fields).toMatchObject({ received_digits: '1001' });
    expect(harness.shop.requests[1]?.fields['step']).toBeGreaterThan(1);
    await call.ended(SLOW);
  } finally {
    await harness.stop();
  }
});
