import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestAsterisk } from '../support/asterisk.js';
import type { Gateway } from '../support/gateway.js';
import { pickUp, type Phone, ringForEver, type PhoneCall } from '../support/sip/phone.js';
import type { Phones } from '../support/sip/phones.js';
import { ProviderHarness } from './provider-harness.js';

/** What phones do during a call: hold, and the transfer key. And numbers with parameters. */

const [QUEUE, RING] = ['+420222333001', '+420222333002'];
/** No line has it, and the dial policy does not allow it. */
const UNKNOWN_NUMBER = '+999999999';
const FORBIDDEN_TARGET = '+420777000444';
const HOLD_MS = 3000;
/** Of the 150 packets expected. */
const ENOUGH_PACKETS = 75;
const AUDIBLE = 500;

const company = {
  version: 1,
  dial_policy: { countries: ['CZ'] },
  handsets: ['h1', 'h2'].map((name) => ({ name })),
  queues: [{ id: 1, name: 'Prodej', handsets: ['h1'], join_when: 'always', stay_when: 'always' }],
  lines: [
    { number: QUEUE, plan: ['answer', { enqueue: { queue: 1 } }] },
    { number: RING, plan: [{ ring: { handset: 'h2', timeout: '30s' } }] },
  ],
};

let asterisk: TestAsterisk;
let harness: ProviderHarness;
let gateway: Gateway;
let provider: Phone;
let phones: Phones;

beforeAll(async () => {
  harness = await ProviderHarness.start(company, ringForEver);
  ({ asterisk, gateway, provider, phones } = harness);
  for (const user of ['h1', 'h2']) await phones.handset(user, { incoming: pickUp });
});
afterAll(() => harness.stop());

let lastCaller = 100;
async function talk(target: string): Promise<{ caller: PhoneCall; handset: PhoneCall }> {
  lastCaller += 1;
  const caller = await phones.call(target, `+420777000${lastCaller}`);
  const answering = phones.all[target.includes(RING) ? 1 : 0];
  const handset = await answering!.nextCall({ withinMs: 15_000 });
  await Promise.all([caller, handset].map((side) => side.answered({ withinMs: 15_000 })));
  // Until both are connected.
  await delay(1500);
  return { caller, handset };
}

/** Packets that arrive during the hold, and their peak level. */
async function whileHeld(call: PhoneCall): Promise<{ packets: number; loudest: number }> {
  const [before, heard] = [call.ear.packets, call.ear.pcm().length];
  await delay(HOLD_MS);
  const loudest = call.ear
    .pcm()
    .subarray(heard)
    .reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  return { packets: call.ear.packets - before, loudest };
}

describe('the held party hears music', () => {
  it.each([
    ['a queue, by the handset', QUEUE, 'handset', 'sendonly'],
    ['a queue, by the handset', QUEUE, 'handset', 'inactive'],
    ['a queue, by the caller', QUEUE, 'caller', 'sendonly'],
    ['a ring, by the handset', RING, 'handset', 'sendonly'],
    ['a ring, by the handset', RING, 'handset', 'inactive'],
    ['a ring, by the caller', RING, 'caller', 'inactive'],
  ] as const)('in a talk of %s (%s, %s %s)', async (_what, line, holding, direction) => {
    const both = await talk(line);
    const held = both[holding === 'caller' ? 'handset' : 'caller'];
    expect(await both[holding].offer(direction)).toBe(200);
    const { packets, loudest } = await whileHeld(held);
    expect(packets).toBeGreaterThan(ENOUGH_PACKETS);
    expect(loudest).toBeGreaterThan(AUDIBLE);
    expect(await both[holding].offer('sendrecv')).toBe(200);
    await both.handset.hangUp();
    await both.caller.ended();
  });
});

describe('the transfer key of a phone', () => {
  it.each([QUEUE, RING])(
    'in a call of %s: is refused at once, no number is called, the call continues',
    async (line) => {
      const { caller, handset } = await talk(line);
      for (const side of [handset, caller]) {
        const own = `${side.callId}%3Bto-tag%3D${side.tags.remote}%3Bfrom-tag%3D${side.tags.local}`;
        for (const target of [
          `sip:${FORBIDDEN_TARGET}@127.0.0.1`,
          `sip:${FORBIDDEN_TARGET}@127.0.0.1:${provider.address.port}`,
          `sip:h1@127.0.0.1?Replaces=${own}`,
          `sip:h1@127.0.0.1?X-Header=a%0D%0ARoute%3A%20%3Csip%3A127.0.0.1%3E`,
        ]) {
          const before = Date.now();
          const referTo = { 'Refer-To': `<${target}>`, 'Referred-By': '<sip:h1@127.0.0.1>' };
          expect(await side.send('REFER', referTo), target).toBe(603);
          // Asterisk up to 22.10 would crash on it if transfers were handed to the gateway (asterisk#2021).
          expect(await side.send('REFER', { ...referTo, 'Refer-Sub': 'false' }), target).toBe(603);
          expect(Date.now() - before).toBeLessThan(3000);
        }
      }
      await delay(1000);
      expect(provider.invites).toEqual([]);
      expect(await handset.send('OPTIONS')).toBe(200);
      await handset.hangUp();
      await caller.ended();
    },
  );

  it('outside of a call calls no number either', async () => {
    const calls = (await gateway.calls()).length;
    const stranger = await phones.start({ user: 'h1', password: await gateway.handsetPassword('h1') });
    expect(
      await stranger.ask('REFER', FORBIDDEN_TARGET, { 'Refer-To': `<sip:${FORBIDDEN_TARGET}@127.0.0.1>` }),
    ).toBeGreaterThan(399);
    await delay(500);
    expect(provider.invites).toEqual([]);
    expect(await gateway.calls()).toHaveLength(calls);
  });

  it('does not let a phone take over a call that the gateway has made (Replaces)', async () => {
    const { caller, handset } = await talk(RING);
    const thief = await phones.start({ user: 'h1', password: await gateway.handsetPassword('h1') });
    const replaces = `${handset.callId};to-tag=${handset.tags.remote};from-tag=${handset.tags.local}`;
    await thief.ask('INVITE', UNKNOWN_NUMBER, { Replaces: replaces });
    await delay(1500);
    const ends = [handset, caller].map((side) => side.ended({ withinMs: 1 }).catch(() => 'goes on'));
    expect(await Promise.all(ends)).toEqual(['goes on', 'goes on']);
    await handset.hangUp();
    await caller.ended();
  });
});

describe('a line called with parameters after its number (RFC 4694)', () => {
  it.each([';npdi', ';rn=+420900;npdi', ';phone-context=+420'])('%s', async (parameters) => {
    const { caller, handset } = await talk(`sip:${RING}${parameters}@127.0.0.1:${asterisk.sipPort}`);
    await handset.hangUp();
    await caller.ended();
  });
});
