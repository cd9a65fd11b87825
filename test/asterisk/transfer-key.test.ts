import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  BRANCH,
  ControlHarness,
  P,
  hearsMusic,
  ringing,
  talkBothWays,
  talksOf,
  type Talk,
} from './call-control-harness.js';
import { prompt } from '../support/sip/caller.js';
import { pickUp, ringForEver, type Phone, type PhoneCall } from '../support/sip/phone.js';

/**
 * The transfer key of a phone (REFER), handed over by an Asterisk that may end at `Refer-Sub: false`: these phones do not send it. The
 * gateway is the built one with another entry. What older versions do with the key: in-a-talk.test.ts.
 */

const HANDS_OVER = 'test/support/hands-over-transfers.mjs';
const FORBIDDEN = '+999999999';

let harness: ControlHarness;

beforeAll(async () => {
  harness = await ControlHarness.start({}, { entry: HANDS_OVER });
}, 60_000);
afterEach(() => harness.endAll());
afterAll(() => harness.stop(), 30_000);

const talks = talksOf(() => harness);

/** Presses the transfer key. @returns the status of the response */
const refer = (call: PhoneCall, target: string): Promise<number> =>
  call.send('REFER', { 'Refer-To': `<${target}>`, 'Referred-By': '<sip:a1@127.0.0.1>' });

const at = (user: string, rest = '127.0.0.1') => `sip:${user}@${rest}`;

/** What Asterisk has told the phone of its transfer, such as `200` and `603`. */
const told = (phone: Phone): string[] =>
  phone.trace
    .filter((text) => text.startsWith('NOTIFY'))
    .flatMap((text) => /^SIP\/2\.0 (\d+)/m.exec(text)?.slice(1) ?? []);

/** The phone is told that its transfer is refused, nobody is called, and the talk continues. */
async function isRefused({ caller, operator, phone, id }: Talk, target: string): Promise<void> {
  const before = {
    made: harness.provider.invites.length,
    all: (await harness.gateway.calls()).length,
    told: told(phone),
  };
  expect(await refer(operator, target), target).toBe(202);
  await harness.becomes('the phone is told', () =>
    Promise.resolve(told(phone).length > before.told.length + 1 ? true : undefined),
  );
  expect(told(phone)).toEqual([...before.told, '100', '603']);
  expect(await harness.noted(id, 'transfer_refused')).toBeDefined();
  await talkBothWays(caller, operator);
  expect(harness.provider.invites).toHaveLength(before.made);
  expect(await harness.gateway.calls()).toHaveLength(before.all);
}

describe.each(Object.entries(talks))('in a talk of %s', (_where, talk) => {
  it('to a handset: the phone is told so and hung up, and the two others talk', async () => {
    const boss = await harness.handset('boss', ringForEver);
    const { caller, operator, phone, id } = await talk();
    expect(await refer(operator, at('103'))).toBe(202);
    const target = await ringing(boss);
    await operator.ended();
    expect(told(phone)).toContain('200');
    await hearsMusic(caller);
    target.answer();
    await talkBothWays(caller, target);
    expect(await harness.noted(id, 'transferred')).toMatchObject({ to: { handset: 'boss' } });
    await target.hangUp();
    await caller.ended();
    await harness.over(id);
  }, 90_000);
});

describe.each(Object.entries(talks).filter(([where]) => ['a queue', 'a plan'].includes(where)))(
  'in a talk of %s,',
  (_where, talk) => {
    it('to a number that may not be called: nobody is called, and the talk continues', async () => {
      const talking = await talk();
      await isRefused(talking, at(FORBIDDEN));
      await talking.operator.hangUp();
      await talking.caller.ended();
    }, 90_000);

    it('a phone that hangs up as soon as its request has been accepted has transferred the caller', async () => {
      const boss = await harness.handset('boss', ringForEver);
      const { caller, operator } = await talk();
      expect(await refer(operator, at('103'))).toBe(202);
      await operator.hangUp();
      const target = await ringing(boss);
      target.answer();
      await talkBothWays(caller, target);
      await caller.hangUp();
      await target.ended();
    }, 90_000);
  },
);

it('to a queue, then to an outside number that the dial policy allows, then back by the plan of a line', async () => {
  const a2 = await harness.handset('a2', pickUp);
  const boss = await harness.handset('boss', ringForEver);
  const { caller, operator } = await harness.talkInQueue();
  expect(await refer(operator, at('203'))).toBe(202);
  const second = await (await ringing(a2)).answered();
  await talkBothWays(caller, second);
  const before = harness.provider.invites.length;
  expect(await refer(second, at('777000999'))).toBe(202);
  const outside = await harness.becomes('the number is called', () =>
    Promise.resolve(harness.provider.invites[before]),
  );
  outside.answer();
  await talkBothWays(caller, outside);
  await outside.hangUp();
  await caller.ended();
  const other = await harness.talkInPlan();
  expect(await refer(other.operator, at(BRANCH))).toBe(202);
  await other.caller.hears(prompt(P.said), { skipping: true });
  (await ringing(boss)).answer();
  await other.caller.hangUp();
}, 90_000);

describe('nothing else passes', () => {
  it.each([
    [
      'a number at another host, with the port of the provider',
      () => at('nobody', `127.0.0.1:${harness.provider.address.port}`),
    ],
    ['another host alone', () => `sip:127.0.0.1:${harness.provider.address.port}`],
    ['the name of a handset', () => at('boss')],
    ['a number and more', () => at('103-7')],
    [
      'another scheme of numbers',
      () => at('+420777000999;x', '127.0.0.1;x=1?Replaces=a%40b%3Bto-tag%3D1%3Bfrom-tag%3D2'),
    ],
  ])(
    '%s',
    async (_what, target) => {
      const talking = await harness.talkInPlan();
      await isRefused(talking, target());
    },
    90_000,
  );

  it.each([
    ['a queue', () => harness.talkInQueue()],
    ['a plan', () => harness.talkInPlan()],
  ])(
    'another call (Replaces) in a talk of %s: not of its own phone, and not of a stranger',
    async (_where, talk) => {
      const other = await harness.talkOfHandsetCall();
      const talking = await talk();
      for (const { callId, tags } of [other.operator, other.caller, talking.operator]) {
        const replaces = `${callId}%3Bto-tag%3D${tags.remote}%3Bfrom-tag%3D${tags.local}`;
        await isRefused(talking, `${at('103')}?Replaces=${replaces}`);
      }
      await talkBothWays(other.caller, other.operator);
    },
    120_000,
  );

  it('the host and the headers of a target are not used: the number alone is called', async () => {
    const boss = await harness.handset('boss', pickUp);
    const { caller, operator } = await harness.talkInPlan();
    const made = harness.provider.invites.length;
    const host = `127.0.0.1:${harness.provider.address.port}`;
    const route = `X-Header=a%0D%0ARoute%3A%20%3Csip%3A${encodeURIComponent(host)}%3E`;
    expect(await refer(operator, `${at('103', host)};method=BYE?${route}`)).toBe(202);
    await talkBothWays(caller, await (await ringing(boss)).answered());
    expect(harness.provider.invites).toHaveLength(made);
  }, 90_000);

  it('the key of the caller, of a handset with several phones, and outside of a talk', async () => {
    const { caller, operator } = await harness.talkInPlan();
    expect(await refer(caller, at('103'))).toBe(603);
    await talkBothWays(caller, operator);
    const two = await harness.handset('two', pickUp);
    const made = harness.provider.invites.length;
    const calling = await two.dial('777888999');
    const called = await harness.becomes('the number is called', () => Promise.resolve(harness.provider.invites[made]));
    expect(await refer(calling, at('103')).catch(() => 603)).toBe(603);
    called.answer();
    await talkBothWays(calling, called);
    expect(await refer(calling, at('103'))).toBe(603);
    await calling.hangUp();
    const a2 = await harness.handset('a2', pickUp);
    const echo = await (await a2.dial('echo-test')).answered();
    await refer(echo, at('777888999'));
    await delay(1000);
    expect(harness.provider.invites).toHaveLength(made + 1);
    await echo.hangUp();
  }, 90_000);
});

describe('kill -9 of the gateway', () => {
  it.each(['before-send', 'after-send'])(
    '%s of the request that takes the talk out of its queue: the transfer goes on',
    async (place) => {
      const boss = await harness.handset('boss', ringForEver);
      const { caller, operator } = await harness.talkInQueue();
      await harness.armFailpoint(`${place}:take_talk:1`);
      expect(await refer(operator, at('103'))).toBe(202);
      await harness.revived();
      const target = await ringing(boss);
      await operator.ended();
      target.answer();
      await talkBothWays(caller, target);
      await caller.hangUp();
      await target.ended();
    },
    90_000,
  );

  it('after the answer to the phone, when nobody rings yet: the handset rings again for the caller', async () => {
    await harness.handset('boss', ringForEver);
    const { caller, operator, phone } = await harness.talkInPlan();
    await harness.armFailpoint('after-send:answer_transfer:1');
    expect(await refer(operator, at('103'))).toBe(202);
    await harness.revived();
    await operator.ended();
    const again = await (await ringing(phone)).answered();
    await talkBothWays(caller, again);
    await caller.hangUp();
    await again.ended();
  }, 90_000);
});
