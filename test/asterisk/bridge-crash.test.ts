import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prompt, ringback } from '../support/sip/caller.js';
import { busy, pickUp, type PhoneCall } from '../support/sip/phone.js';
import { BridgeHarness, P, type Pair } from './bridge-harness.js';
import { talkBothWays } from './call-control-harness.js';

/** The gateway is killed in every state of a bridge and at each effect that changes the state; Asterisk is restarted. */

type Legs = readonly [a: PhoneCall, b: PhoneCall];

const WAY = ['queued', 'dialing_a', 'a_answered', 'dialing_b'];

let harness: BridgeHarness;

beforeAll(async () => {
  harness = await BridgeHarness.start();
});
afterAll(() => harness.stop());

async function revive(env: Record<string, string> = {}): Promise<void> {
  await harness.gateway.run(env);
  await harness.gateway.ready();
}

/** A stored effect may run so fast that the HTTP response is lost with the process; the retry returns the same bridge. */
async function order(pair: Pair): Promise<void> {
  await harness.ask(pair).catch(() => undefined);
}

async function idOf({ orderId }: Pair): Promise<string> {
  const { bridges } = await harness.gateway.api<{ bridges: { bridge_id: string }[] }>(
    `/api/v1/bridges?order_id=${orderId}`,
  );
  expect(bridges).toHaveLength(1);
  return bridges[0]!.bridge_id;
}

/** Each state once: after a crash a state may be sent again, under the same event id. */
async function states(id: string): Promise<unknown[]> {
  const webhookEvents = new Map((await harness.webhookEvents(id)).map(({ event_id, state }) => [event_id, state]));
  return [...webhookEvents.values()];
}

async function hearsAndEnds(a: PhoneCall, sound: number): Promise<void> {
  await a.hears(prompt(sound), { skipping: true, withinMs: 30_000 });
  await a.ended({ withinMs: 15_000 });
}

it('every bridge continues from its state after one kill', async () => {
  const [ringsA, ringsB, answersB, losesA, talks, endsTalk, explains, waits] = [
    harness.pair(),
    harness.pair({ client: pickUp }),
    harness.pair({ client: pickUp }),
    harness.pair({ client: pickUp }),
    harness.pair({ client: pickUp, driver: pickUp }),
    harness.pair({ client: pickUp, driver: pickUp }),
    harness.pair({ client: pickUp, driver: busy }),
    harness.pair({ client: pickUp, driver: pickUp }),
  ];
  const all = [ringsA, ringsB, answersB, losesA, talks, endsTalk];
  const ids = await Promise.all(all.map(async (pair) => (await harness.ask(pair)).bridge_id));
  const confirming = (await harness.ask(waits, { confirm_digit: '5' })).bridge_id;
  await Promise.all([
    harness.reaches(ids[0]!, 'dialing_a'),
    ...ids.slice(1, 4).map((id) => harness.reaches(id, 'dialing_b')),
    ...ids.slice(4).map((id) => harness.reaches(id, 'bridged')),
  ]);
  const legs = await Promise.all(
    all.slice(1).map(async ({ client, driver }) => [await harness.call(client), await harness.call(driver)] as const),
  );
  const [ofRingsB, ofAnswersB, ofLosesA, ofTalks, ofEndsTalk] = legs as [Legs, Legs, Legs, Legs, Legs];
  const [waitingA, waitingB] = [await harness.call(waits.client), await harness.call(waits.driver)];
  await waitingB.hears(prompt(P.confirm), { skipping: true, withinMs: 15_000 });
  const explained = (await harness.ask(explains)).bridge_id;
  await harness.reaches(explained, 'failed');

  await harness.gateway.kill();
  ofAnswersB[1].answer();
  await ofLosesA[0].hangUp();
  await talkBothWays(...ofTalks);
  await ofEndsTalk[0].hangUp();
  await revive();

  const a = await harness.call(ringsA.client);
  a.answer();
  const b = await harness.call(ringsA.driver);
  b.answer();
  await talkBothWays(a, b);
  await a.hangUp();
  expect(await states(ids[0]!)).toEqual([...WAY, 'bridged', 'ended']);

  await ofRingsB[0].hears(ringback, { skipping: true, withinMs: 15_000 });
  ofRingsB[1].answer();
  await talkBothWays(...ofRingsB);
  await ofRingsB[1].hangUp();
  await ofRingsB[0].ended({ withinMs: 15_000 });
  expect(harness.callsTo(ringsB.driver)).toHaveLength(1);

  await talkBothWays(...ofAnswersB);
  await ofAnswersB[0].hangUp();
  expect(await states(ids[2]!)).toEqual([...WAY, 'bridged', 'ended']);

  expect(await ofLosesA[1].ended({ withinMs: 15_000 })).toMatchObject({ how: 'cancelled' });
  expect((await harness.reaches(ids[3]!, 'failed')).failed).toMatchObject({ leg: 'a', reason: 'canceled' });

  await talkBothWays(...ofTalks);
  await ofTalks[0].hangUp();
  await ofTalks[1].ended({ withinMs: 15_000 });
  expect(await harness.reaches(ids[4]!, 'ended')).toMatchObject({ ended_by: 'a' });

  await ofEndsTalk[1].ended({ withinMs: 15_000 });
  expect(await harness.reaches(ids[5]!, 'ended')).toMatchObject({ ended_by: 'a' });

  await (await harness.call(explains.client)).ended({ withinMs: 30_000 });
  await harness.over(explained);

  await waitingB.press('5');
  await talkBothWays(waitingA, waitingB);
  await waitingA.hangUp();
  await harness.over(confirming);
  await harness.nothingLeft();
});

describe('killed at an effect', () => {
  for (const [place, calls] of [
    ['before-send:dial:1', 0],
    ['after-send:dial:1', 1],
    ['before-send:dial:2', 1],
    ['after-send:dial:2', 1],
    ['before-send:bridge:1', 1],
    ['after-send:play:1', 1],
  ] as const)
    it(`${place}: each party is called once, and the bridge ends`, async () => {
      await harness.gateway.kill();
      await revive({ CORDBOARD_FAILPOINT: place });
      const driver = place.includes('play') ? busy : pickUp;
      const pair = harness.pair({ client: pickUp, driver });
      await order(pair);
      await harness.gateway.died();
      await revive();
      const id = await idOf(pair);
      if (place === 'before-send:dial:1') {
        expect((await harness.reaches(id, 'failed')).failed).toEqual({
          leg: 'a',
          reason: 'unreachable',
          detail: 'unknown_outcome',
        });
        expect((await harness.over(id)).find(({ kind }) => kind === 'leg_over')?.data).toMatchObject({
          cause: 'unknown',
        });
      } else if (place === 'before-send:dial:2') {
        await hearsAndEnds(await harness.call(pair.client), P.unreachable);
        expect((await harness.find(id)).failed).toMatchObject({ leg: 'b', detail: 'unknown_outcome' });
        expect(harness.callsTo(pair.driver)).toEqual([]);
      } else if (place.includes('play')) {
        await hearsAndEnds(await harness.call(pair.client), P.busy);
        expect((await harness.find(id)).failed).toEqual({ leg: 'b', reason: 'busy', detail: null });
      } else {
        const [a, b] = [await harness.call(pair.client), await harness.call(pair.driver)];
        await talkBothWays(a, b);
        await b.hangUp();
        await a.ended({ withinMs: 15_000 });
        expect(await states(id)).toEqual([...WAY, 'bridged', 'ended']);
        expect(harness.callsTo(pair.driver)).toHaveLength(1);
      }
      expect(harness.callsTo(pair.client)).toHaveLength(calls);
      await harness.over(id);
      await harness.nothingLeft();
    });
});

it('Asterisk restarts: every bridge is closed and reported as closed', async () => {
  const [ringsA, ringsB, talks] = [
    harness.pair(),
    harness.pair({ client: pickUp }),
    harness.pair({ client: pickUp, driver: pickUp }),
  ];
  const ids = await Promise.all([ringsA, ringsB, talks].map(async (pair) => (await harness.ask(pair)).bridge_id));
  await Promise.all(['dialing_a', 'dialing_b', 'bridged'].map((state, index) => harness.reaches(ids[index]!, state)));
  await talkBothWays(await harness.call(talks.client), await harness.call(talks.driver));
  await harness.asterisk.restart();
  const lost = { reason: 'unreachable', detail: 'asterisk_restart' };
  expect(await harness.reaches(ids[0]!, 'failed')).toMatchObject({ failed: { leg: 'a', ...lost } });
  expect(await harness.reaches(ids[1]!, 'failed')).toMatchObject({ failed: { leg: 'b', ...lost } });
  expect(await harness.reaches(ids[2]!, 'ended')).toMatchObject({ ended_by: 'asterisk' });
  expect(await states(ids[2]!)).toEqual([...WAY, 'bridged', 'ended']);
  await harness.gateway.ready();
  const { bridge_id: id } = await harness.ask(talks);
  await harness.reaches(id, 'bridged');
  await harness.gateway.fetch(`/api/v1/bridges/${id}`, { method: 'DELETE' });
  await harness.nothingLeft();
});
