import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { whileFrozen } from '../support/freeze.js';
import { prompts } from '../support/gateway.js';
import { callerOf, Phone } from '../support/sip/caller.js';
import { talkBothWays } from './call-control-harness.js';
import { BridgeHarness, LINE, P } from './bridge-harness.js';

/** The gateway or Asterisk is frozen for five seconds, in which a deadline expires and a phone answers. */

const FROZEN_MS = 5000;
/** Of a ring. */
const RING_S = 8;
/** After the call has reached the ringing phone: the deadline expires in the middle of the freeze. */
const FROZEN_AFTER_MS = 5500;
const CALLED = '+420777555001';
/** Calls to this line ring a number for longer than any freeze. */
const PATIENT_LINE = '+420222333445';

let harness: BridgeHarness;
const phones: Phone[] = [];

beforeAll(async () => {
  harness = await BridgeHarness.start();
  const company = {
    version: 1,
    country: 'CZ',
    languages: ['cs'],
    dial_policy: { countries: ['CZ'], max_concurrent: 100 },
    bridges: { prompts: { busy: P.busy, no_answer: P.no_answer, rejected: P.rejected, unreachable: P.unreachable } },
    prompts: prompts(...Object.values(P)).map((prompt) => ({ ...prompt, sound: `p${prompt.id}` })),
    lines: [
      { number: LINE, plan: [{ ring: { number: CALLED, timeout: `${RING_S}s` } }, 'hang_up'] },
      { number: PATIENT_LINE, plan: [{ ring: { number: CALLED, timeout: '30s' } }, 'hang_up'] },
    ],
  };
  const response = await harness.gateway.fetch('/api/v1/config', {
    method: 'PUT',
    headers: { 'content-type': 'application/yaml' },
    body: stringify(company),
  });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
});
afterAll(async () => {
  await Promise.all(phones.map((phone) => phone.stop()));
  await harness.stop();
});

async function frozen(who: 'the gateway' | 'Asterisk', meanwhile: () => Promise<void> | void): Promise<void> {
  const pid = who === 'Asterisk' ? harness.asterisk.pid() : harness.gateway.pid;
  await whileFrozen(pid!, async () => {
    await delay(FROZEN_MS / 2);
    await meanwhile();
    await delay(FROZEN_MS / 2);
  });
}

describe.each(['the gateway', 'Asterisk'] as const)('%s is frozen', (who) => {
  it('while B of a bridge rings, its ring times out, and B answers: they talk', async () => {
    const pair = harness.pair({ client: { do: 'answer' } });
    const { bridge_id: id } = await harness.ask(pair, { ring_timeout_b_s: RING_S });
    const b = await harness.call(pair.driver);
    const a = await harness.call(pair.client);
    await harness.reaches(id, 'dialing_b');
    await delay(b.arrivedAtMs + FROZEN_AFTER_MS - Date.now());
    await frozen(who, () => b.answer());
    await harness.reaches(id, 'bridged');
    await talkBothWays(a, b);
    await a.hangUp();
    await b.ended({ withinMs: 15_000 });
    await harness.over(id);
    expect(await harness.find(id)).toMatchObject({ state: 'ended', failed: null });
  });

  it('while a number rings for a caller, its ring times out, and the callee answers: they talk', async () => {
    const server = { host: '127.0.0.1', port: harness.asterisk.sipPort };
    const phone = await new Phone({ server, user: `+42060199900${who === 'Asterisk' ? 1 : 2}` }).start();
    phones.push(phone);
    const before = harness.callsTo(CALLED).length;
    const caller = await phone.dial(LINE);
    const called = await harness.becomes('it rings', () => Promise.resolve(harness.callsTo(CALLED)[before]));
    await delay(called.arrivedAtMs + FROZEN_AFTER_MS - Date.now());
    await frozen(who, () => called.answer());
    await caller.answered({ withinMs: 15_000 });
    await talkBothWays(caller, called);
    await caller.hangUp();
    const timeline = await harness.gateway.finished(callerOf(caller));
    expect(timeline.map(({ kind }) => kind)).toContain('talking');
    expect(timeline.findLast(({ kind }) => kind === 'ended')?.data).toMatchObject({ by: 'caller' });
  });

  it('when a number is about to ring for a caller: it rings, and they talk', async () => {
    const server = { host: '127.0.0.1', port: harness.asterisk.sipPort };
    const phone = await new Phone({ server, user: `+42060199901${who === 'Asterisk' ? 1 : 2}` }).start();
    phones.push(phone);
    const before = harness.callsTo(CALLED).length;
    const caller = await phone.dial(PATIENT_LINE);
    await harness.becomes('the call is there', async () =>
      (await harness.gateway.calls(callerOf(caller))).length > 0 ? true : undefined,
    );
    await frozen(who, () => undefined);
    const called = await harness.becomes('it rings', () => Promise.resolve(harness.callsTo(CALLED)[before]));
    called.answer();
    await caller.answered({ withinMs: 15_000 });
    await talkBothWays(caller, called);
    await caller.hangUp();
    await harness.gateway.finished(callerOf(caller));
  });
});
