import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prompt, ringback } from '../support/sip/caller.js';
import { busy, pickUp, type PhoneCall } from '../support/sip/phone.js';
import { BridgeWorld, P, type Pair } from './bridge-world.js';
import { talkBothWays } from './call-control.js';

/** The gateway is killed in every state of a bridge and at each effect that changes the state; Asterisk is restarted. */

type Legs = readonly [a: PhoneCall, b: PhoneCall];

const WAY = ['queued', 'dialing_a', 'a_answered', 'dialing_b'];

let world: BridgeWorld;

beforeAll(async () => {
  world = await BridgeWorld.start();
}, 60_000);
afterAll(() => world.stop(), 60_000);

async function revive(env: Record<string, string> = {}): Promise<void> {
  await world.gateway.run(env);
  await world.gateway.ready();
}

/** A stored effect may run so fast that the HTTP response is lost with the process; the retry returns the same bridge. */
async function order(pair: Pair): Promise<void> {
  await world.ask(pair).catch(() => undefined);
}

async function idOf({ orderId }: Pair): Promise<string> {
  const { bridges } = await world.gateway.api<{ bridges: { bridge_id: string }[] }>(
    `/api/v1/bridges?order_id=${orderId}`,
  );
  expect(bridges).toHaveLength(1);
  return bridges[0]!.bridge_id;
}

/** Each state once: after a crash a state may be sent again, under the same event id. */
async function states(id: string): Promise<unknown[]> {
  const told = new Map((await world.told(id)).map(({ event_id, state }) => [event_id, state]));
  return [...told.values()];
}

async function hearsAndEnds(a: PhoneCall, sound: number): Promise<void> {
  await a.hears(prompt(sound), { skipping: true, withinMs: 30_000 });
  await a.ended({ withinMs: 15_000 });
}

it('every bridge continues from its state after one kill', async () => {
  const [ringsA, ringsB, answersB, losesA, talks, endsTalk, explains, waits] = [
    world.pair(),
    world.pair({ client: pickUp }),
    world.pair({ client: pickUp }),
    world.pair({ client: pickUp }),
    world.pair({ client: pickUp, driver: pickUp }),
    world.pair({ client: pickUp, driver: pickUp }),
    world.pair({ client: pickUp, driver: busy }),
    world.pair({ client: pickUp, driver: pickUp }),
  ];
  const all = [ringsA, ringsB, answersB, losesA, talks, endsTalk];
  const ids = await Promise.all(all.map(async (pair) => (await world.ask(pair)).bridge_id));
  const confirming = (await world.ask(waits, { confirm_digit: '5' })).bridge_id;
  await Promise.all([
    world.reaches(ids[0]!, 'dialing_a'),
    ...ids.slice(1, 4).map((id) => world.reaches(id, 'dialing_b')),
    ...ids.slice(4).map((id) => world.reaches(id, 'bridged')),
  ]);
  const legs = await Promise.all(
    all.slice(1).map(async ({ client, driver }) => [await world.call(client), await world.call(driver)] as const),
  );
  const [ofRingsB, ofAnswersB, ofLosesA, ofTalks, ofEndsTalk] = legs as [Legs, Legs, Legs, Legs, Legs];
  const [waitingA, waitingB] = [await world.call(waits.client), await world.call(waits.driver)];
  await waitingB.hears(prompt(P.confirm), { skipping: true, withinMs: 15_000 });
  const explained = (await world.ask(explains)).bridge_id;
  await world.reaches(explained, 'failed');

  await world.gateway.kill();
  ofAnswersB[1].answer();
  await ofLosesA[0].hangUp();
  await talkBothWays(...ofTalks);
  await ofEndsTalk[0].hangUp();
  await revive();

  const a = await world.call(ringsA.client);
  a.answer();
  const b = await world.call(ringsA.driver);
  b.answer();
  await talkBothWays(a, b);
  await a.hangUp();
  expect(await states(ids[0]!)).toEqual([...WAY, 'bridged', 'ended']);

  await ofRingsB[0].hears(ringback, { skipping: true, withinMs: 15_000 });
  ofRingsB[1].answer();
  await talkBothWays(...ofRingsB);
  await ofRingsB[1].hangUp();
  await ofRingsB[0].ended({ withinMs: 15_000 });
  expect(world.callsTo(ringsB.driver)).toHaveLength(1);

  await talkBothWays(...ofAnswersB);
  await ofAnswersB[0].hangUp();
  expect(await states(ids[2]!)).toEqual([...WAY, 'bridged', 'ended']);

  expect(await ofLosesA[1].ended({ withinMs: 15_000 })).toMatchObject({ how: 'cancelled' });
  expect((await world.reaches(ids[3]!, 'failed')).failed).toMatchObject({ leg: 'a', reason: 'canceled' });

  await talkBothWays(...ofTalks);
  await ofTalks[0].hangUp();
  await ofTalks[1].ended({ withinMs: 15_000 });
  expect(await world.reaches(ids[4]!, 'ended')).toMatchObject({ ended_by: 'a' });

  await ofEndsTalk[1].ended({ withinMs: 15_000 });
  expect(await world.reaches(ids[5]!, 'ended')).toMatchObject({ ended_by: 'a' });

  await (await world.call(explains.client)).ended({ withinMs: 30_000 });
  await world.over(explained);

  await waitingB.press('5');
  await talkBothWays(waitingA, waitingB);
  await waitingA.hangUp();
  await world.over(confirming);
  await world.nothingLeft();
}, 90_000);

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
      await world.gateway.kill();
      await revive({ CORDBOARD_FAILPOINT: place });
      const driver = place.includes('play') ? busy : pickUp;
      const pair = world.pair({ client: pickUp, driver });
      await order(pair);
      await world.gateway.died();
      await revive();
      const id = await idOf(pair);
      if (place === 'before-send:dial:1') {
        expect((await world.reaches(id, 'failed')).failed).toEqual({
          leg: 'a',
          reason: 'unreachable',
          detail: 'unknown_outcome',
        });
        expect((await world.over(id)).find(({ kind }) => kind === 'leg_over')?.data).toMatchObject({
          cause: 'unknown',
        });
      } else if (place === 'before-send:dial:2') {
        await hearsAndEnds(await world.call(pair.client), P.unreachable);
        expect((await world.find(id)).failed).toMatchObject({ leg: 'b', detail: 'unknown_outcome' });
        expect(world.callsTo(pair.driver)).toEqual([]);
      } else if (place.includes('play')) {
        await hearsAndEnds(await world.call(pair.client), P.busy);
        expect((await world.find(id)).failed).toEqual({ leg: 'b', reason: 'busy', detail: null });
      } else {
        const [a, b] = [await world.call(pair.client), await world.call(pair.driver)];
        await talkBothWays(a, b);
        await b.hangUp();
        await a.ended({ withinMs: 15_000 });
        expect(await states(id)).toEqual([...WAY, 'bridged', 'ended']);
        expect(world.callsTo(pair.driver)).toHaveLength(1);
      }
      expect(world.callsTo(pair.client)).toHaveLength(calls);
      await world.over(id);
      await world.nothingLeft();
    });
});

it('Asterisk restarts: every bridge is closed and reported as closed', async () => {
  const [ringsA, ringsB, talks] = [
    world.pair(),
    world.pair({ client: pickUp }),
    world.pair({ client: pickUp, driver: pickUp }),
  ];
  const ids = await Promise.all([ringsA, ringsB, talks].map(async (pair) => (await world.ask(pair)).bridge_id));
  await Promise.all(['dialing_a', 'dialing_b', 'bridged'].map((state, index) => world.reaches(ids[index]!, state)));
  await talkBothWays(await world.call(talks.client), await world.call(talks.driver));
  await world.asterisk.restart();
  const lost = { reason: 'unreachable', detail: 'asterisk_restart' };
  expect(await world.reaches(ids[0]!, 'failed')).toMatchObject({ failed: { leg: 'a', ...lost } });
  expect(await world.reaches(ids[1]!, 'failed')).toMatchObject({ failed: { leg: 'b', ...lost } });
  expect(await world.reaches(ids[2]!, 'ended')).toMatchObject({ ended_by: 'asterisk' });
  expect(await states(ids[2]!)).toEqual([...WAY, 'bridged', 'ended']);
  await world.gateway.ready();
  const { bridge_id: id } = await world.ask(talks);
  await world.reaches(id, 'bridged');
  await world.gateway.fetch(`/api/v1/bridges/${id}`, { method: 'DELETE' });
  await world.nothingLeft();
});
