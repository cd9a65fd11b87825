import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prompt, ringback } from '../support/sip/caller.js';
import { buildSip, userOf } from '../support/sip/message.js';
import { busy, decline, pickUp, unavailable, type IncomingBehaviour } from '../support/sip/phone.js';
import { BridgeHarness, LINE, P, READER } from './bridge-harness.js';
import { promptsHeard, talkBothWays } from './call-control-harness.js';

/** Masked bridges with real phones at both ends, side by side on one Asterisk. */

const unknownNumber: IncomingBehaviour = { do: 'reject', status: 404 };
const WAY = ['queued', 'dialing_a', 'a_answered', 'dialing_b'];

let harness: BridgeHarness;

beforeAll(async () => {
  harness = await BridgeHarness.start();
});
afterAll(async () => {
  await harness.nothingLeft();
  await harness.stop();
});

describe.concurrent('a bridge', () => {
  for (const [initiator, hangsUp] of [
    ['client', 'a'],
    ['driver', 'b'],
  ] as const)
    it(`requested by the ${initiator}: calls A, then B; A hears ringback; ${hangsUp} hangs up first`, async () => {
      const pair = harness.pair();
      const [numberA, numberB] = initiator === 'client' ? [pair.client, pair.driver] : [pair.driver, pair.client];
      const { bridge_id: id } = await harness.ask(pair, { initiator, callback_url: harness.callbackUrl });
      const a = await harness.call(numberA);
      await harness.reaches(id, 'dialing_a');
      await delay(300);
      expect(harness.callsTo(numberB)).toEqual([]);
      a.answer();
      const b = await harness.call(numberB);
      await a.hears(ringback, { skipping: true, withinMs: 15_000 });
      for (const [leg, other] of [
        [a, numberB],
        [b, numberA],
      ] as const) {
        expect(userOf(leg.invite.headers.get('From'))).toBe(LINE.slice(1));
        expect(buildSip(leg.invite)).not.toContain(other.slice(4));
      }
      b.answer();
      await talkBothWays(a, b);
      const [first, second] = hangsUp === 'a' ? [a, b] : [b, a];
      await first.hangUp();
      expect(await second.ended({ withinMs: 15_000 })).toMatchObject({ by: 'peer', how: 'hung_up' });
      await harness.over(id);
      for (const where of ['hook', 'back'] as const) {
        const webhookEvents = await harness.webhookEvents(id, where);
        expect(webhookEvents.map(({ state }) => state)).toEqual([...WAY, 'bridged', 'ended']);
        expect(webhookEvents.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6]);
        expect(webhookEvents.at(-1)).toMatchObject({ ended_by: hangsUp, failed: null, order_id: pair.orderId });
        expect(JSON.stringify(webhookEvents)).not.toMatch(/777\d{6}|608\d{6}/);
      }
    });

  for (const [what, behaviour, reason, detail] of [
    ['is busy', busy, 'busy', null],
    ['rejects', decline, 'rejected', null],
    ['does not exist', unknownNumber, 'unreachable', 'no_such_number'],
    ['is switched off', unavailable, 'no_answer', null],
    ['does not answer', undefined, 'no_answer', null],
  ] as const) {
    it(`whose A ${what}: does not call B`, async () => {
      const pair = harness.pair({ ...(behaviour && { client: behaviour }), driver: pickUp });
      const { bridge_id: id } = await harness.ask(pair, { ring_timeout_a_s: 5 });
      expect((await harness.reaches(id, 'failed')).failed).toEqual({ leg: 'a', reason, detail });
      await harness.over(id);
      expect(harness.callsTo(pair.client)).toHaveLength(1);
      expect(harness.callsTo(pair.driver)).toEqual([]);
      expect((await harness.webhookEvents(id)).map(({ state }) => state)).toEqual(['queued', 'dialing_a', 'failed']);
    });

    it(`whose B ${what}: plays the reason to A and hangs up`, async () => {
      const pair = harness.pair({ client: pickUp, ...(behaviour && { driver: behaviour }) });
      const { bridge_id: id } = await harness.ask(pair, { ring_timeout_b_s: 5 });
      const a = await harness.call(pair.client);
      await a.hears(prompt(P[reason]), { skipping: true, withinMs: 30_000 });
      expect(await a.ended({ withinMs: 15_000 })).toMatchObject({ by: 'peer', how: 'hung_up' });
      expect(promptsHeard(a)).toEqual([P[reason]]);
      const [b] = harness.callsTo(pair.driver);
      if (behaviour === undefined) expect(await b?.ended()).toMatchObject({ by: 'peer', how: 'cancelled' });
      expect((await harness.find(id)).failed).toEqual({ leg: 'b', reason, detail });
      expect((await harness.webhookEvents(id)).map(({ state }) => state)).toEqual([...WAY, 'failed']);
    });
  }

  it('whose A hangs up while B rings: stops ringing B', async () => {
    const pair = harness.pair({ client: pickUp });
    const { bridge_id: id } = await harness.ask(pair);
    const b = await harness.call(pair.driver);
    await (await harness.call(pair.client)).hangUp();
    expect(await b.ended({ withinMs: 15_000 })).toMatchObject({ by: 'peer', how: 'cancelled' });
    expect((await harness.reaches(id, 'failed')).failed).toEqual({ leg: 'a', reason: 'canceled', detail: null });
  });

  it('ends on request of the API, while ringing and while connected', async () => {
    const [ringing, talking] = [harness.pair({ client: pickUp }), harness.pair({ client: pickUp, driver: pickUp })];
    const ids = await Promise.all([ringing, talking].map(async (pair) => (await harness.ask(pair)).bridge_id));
    const legs = await Promise.all(
      [ringing, talking].flatMap(({ client, driver }) => [client, driver]).map((one) => harness.call(one)),
    );
    await harness.reaches(ids[1]!, 'bridged');
    for (const id of ids)
      expect((await harness.gateway.fetch(`/api/v1/bridges/${id}`, { method: 'DELETE' })).status).toBe(200);
    await Promise.all(legs.map((leg) => leg.ended({ withinMs: 15_000 })));
    expect(await harness.find(ids[0]!)).toMatchObject({ state: 'failed', failed: { leg: 'b', reason: 'canceled' } });
    expect(await harness.find(ids[1]!)).toMatchObject({ state: 'ended', ended_by: 'canceled' });
  });

  it('at its time limit: warns both parties, then hangs up', async () => {
    const pair = harness.pair({ client: pickUp, driver: pickUp });
    const { bridge_id: id } = await harness.ask(pair, { max_duration_s: 10 });
    const legs = await Promise.all([harness.call(pair.client), harness.call(pair.driver)]);
    await Promise.all(legs.map((leg) => leg.hears(prompt(P.ending), { skipping: true, withinMs: 30_000 })));
    await Promise.all(legs.map((leg) => leg.ended({ withinMs: 30_000 })));
    expect(await harness.find(id)).toMatchObject({ state: 'ended', ended_by: 'limit' });
  });

  it('is created once for many requests from either side', async () => {
    const pair = harness.pair();
    const asked = await Promise.all(
      ['client', 'driver', 'client'].map((initiator) => harness.ask(pair, { initiator })),
    );
    const [id = ''] = [...new Set(asked.map(({ bridge_id }) => bridge_id))];
    expect(asked.map(({ bridge_id }) => bridge_id)).toEqual([id, id, id]);
    const a = await harness.becomes('a party is called', () =>
      Promise.resolve([...harness.callsTo(pair.client), ...harness.callsTo(pair.driver)][0]),
    );
    await a.hangUp();
    await harness.over(id);
    expect([...harness.callsTo(pair.client), ...harness.callsTo(pair.driver)]).toHaveLength(1);
    const again = await harness.ask(pair);
    expect(again.bridge_id).not.toBe(id);
    await harness.gateway.fetch(`/api/v1/bridges/${again.bridge_id}`, { method: 'DELETE' });
  });

  it('connects the party that presses the key; meanwhile A hears ringback', async () => {
    const pair = harness.pair({ client: pickUp, driver: pickUp });
    const { bridge_id: id } = await harness.ask(pair, { confirm_digit: '5' });
    const [a, b] = await Promise.all([harness.call(pair.client), harness.call(pair.driver)]);
    await b.hears(prompt(P.confirm), { skipping: true, withinMs: 15_000 });
    await a.hears(ringback, { skipping: true, withinMs: 15_000 });
    await b.press('4');
    expect((await harness.find(id)).state).toBe('dialing_b');
    await b.press('5');
    await talkBothWays(a, b);
    await b.hangUp();
    await a.ended({ withinMs: 15_000 });
  });

  it('that is recorded: announces it to both parties, and notifies the dispatch when the recording is available', async () => {
    const pair = harness.pair({ client: pickUp, driver: pickUp });
    const { bridge_id: id } = await harness.ask(pair, { record: { announce: P.announce } });
    const [a, b] = await Promise.all([harness.call(pair.client), harness.call(pair.driver)]);
    await Promise.all([a, b].map((leg) => leg.hears(prompt(P.announce), { skipping: true, withinMs: 15_000 })));
    await harness.reaches(id, 'bridged');
    await talkBothWays(a, b);
    await a.hangUp();
    await b.ended({ withinMs: 15_000 });
    const { fields } = await harness.dispatch.request(
      (one) => one.fields['event'] === 'bridge_recording' && one.fields['bridge_id'] === id,
      { withinMs: 30_000 },
    );
    const { url } = fields['recording'] as { url: string };
    const audio = await harness.gateway.fetch(new URL(url).pathname);
    expect([audio.status, (await audio.arrayBuffer()).byteLength > 1000]).toEqual([200, true]);
  });
});

describe('after all bridges', () => {
  it('no log, webhook, list or timeline shows a number to a reader without permission', async () => {
    // Bounded, so that it is not found within the random ids of calls and recordings.
    const number = /(?:420|\b)(?:777|608)\d{6}\b/;
    expect(harness.gateway.output).not.toMatch(number);
    expect(JSON.stringify(harness.dispatch.requests.map(({ url, rawBody }) => [url, rawBody]))).not.toMatch(number);
    const headers = { authorization: `Bearer ${READER}` };
    const { calls } = (await (await fetch(`${harness.gateway.url}/api/v1/calls?limit=200`, { headers })).json()) as {
      calls: { id: string }[];
    };
    expect(calls.length).toBeGreaterThan(10);
    for (const path of [
      'calls?limit=200',
      'bridges',
      'webhooks/deliveries?limit=200',
      ...calls.map(({ id }) => `calls/${id}`),
    ]) {
      const answer = await fetch(`${harness.gateway.url}/api/v1/${path}`, { headers });
      expect(answer.status).toBe(200);
      expect(await answer.text()).not.toMatch(number);
    }
    // A reader with permission sees the initiator; the timeline shows no names.
    const [{ id } = { id: '' }] = calls;
    const shown = JSON.stringify(await harness.gateway.api(`/api/v1/calls/${id}`));
    expect(shown.match(new RegExp(number, 'g'))).toHaveLength(1);
  });
});
