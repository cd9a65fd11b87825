import { afterAll, beforeAll, describe, it } from 'vitest';
import { becomes } from '../support/becomes.js';
import type { Gateway } from '../support/gateway.js';
import { pickUp, type Phone, type PhoneCall } from '../support/sip/phone.js';
import type { Phones } from '../support/sip/phones.js';
import { ProviderHarness } from './provider-harness.js';

/**
 * Phones that lose power during a call: session timers detect them. The shortest session that SIP allows is 90 s (RFC 4028), so each
 * of these takes two minutes; they run at the same time.
 */

const [QUEUE, RING, OUT, QUIET] = ['+420222333001', '+420222333002', '+420222333003', '+420222333004'];
const MOBILE = '+420777000444';
/** A refresh after half a session of 90 s, then the BYE: each counts as unanswered after 32 s. */
const HANDSET_FOUND_MS = 125_000;
/** The same of a trunk's session of 180 s. */
const TRUNK_FOUND_MS = 175_000;
const TALK_MS = 125_000;

const company = {
  version: 1,
  dial_policy: { countries: ['CZ'], max_concurrent: 20 },
  handsets: ['h1', 'h2', 'h3'].map((name) => ({ name })),
  queues: [{ id: 1, name: 'Prodej', handsets: ['h1'], join_when: 'always', stay_when: 'always' }],
  lines: [
    { number: QUEUE, plan: ['answer', { enqueue: { queue: 1 } }] },
    { number: RING, plan: [{ ring: { handset: 'h2', timeout: '30s' } }] },
    { number: OUT, plan: [{ ring: { number: MOBILE, timeout: '30s' } }] },
    { number: QUIET, plan: [{ ring: { handset: 'h3', timeout: '30s' } }] },
  ],
};

let harness: ProviderHarness;
let gateway: Gateway;
let provider: Phone;
let phones: Phones;

beforeAll(async () => {
  harness = await ProviderHarness.start(company, pickUp);
  ({ gateway, provider, phones } = harness);
});
afterAll(() => harness.stop());

const handset = (user: string, options: { sendsAudio?: boolean } = {}) =>
  phones.handset(user, { incoming: pickUp, ...options });

async function calls(line: string | undefined, from: string, sendsAudio = true): Promise<PhoneCall> {
  return (await phones.start({ user: from, sendsAudio })).dial(line ?? '');
}

async function talk(caller: PhoneCall, answering: Phone): Promise<PhoneCall> {
  const leg = await answering.nextCall({ withinMs: 20_000 });
  await Promise.all([leg, caller].map((side) => side.answered({ withinMs: 20_000 })));
  return leg;
}

const isOver = (from: string) => async () => (await gateway.calls(from))[0]?.ended_at !== null;

describe.concurrent('a phone dies during a call', { timeout: 200_000 }, () => {
  it('a handset of a queue: the call ends, and the next caller is offered to the replacement phone', async () => {
    const dead = await handset('h1');
    await talk(await calls(QUEUE, '+420777100001'), dead);
    dead.die();
    const next = await handset('h1');
    const waiting = await calls(QUEUE, '+420777100002');
    await next.nextCall({ withinMs: HANDSET_FOUND_MS });
    await waiting.answered();
    await becomes('the first call is over', isOver('777100001'), 10_000);
  });

  it('a handset that the plan rang: the caller is hung up', async () => {
    const dead = await handset('h2');
    const caller = await calls(RING, '+420777100003');
    await talk(caller, dead);
    dead.die();
    await caller.ended({ withinMs: HANDSET_FOUND_MS });
  });

  it('both ends of a call through the trunk: the call ends', async () => {
    const caller = await phones.start({ user: '+420777100004' });
    await talk(await caller.dial(OUT), provider);
    caller.die();
    provider.die();
    await becomes('the call is over', isOver('777100004'), TRUNK_FOUND_MS);
  });

  it('a phone that sends no audio but answers is not taken for dead', async ({ expect }) => {
    const quiet = await handset('h3', { sendsAudio: false });
    const caller = await calls(QUIET, '+420777100005', false);
    const leg = await talk(caller, quiet);
    await expect(leg.ended({ withinMs: TALK_MS })).rejects.toThrow('did not end');
    await leg.hangUp();
    await caller.ended();
  });
});
