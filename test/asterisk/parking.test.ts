import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ControlHarness, hearsMusic, RECORDED, ringing, talkBothWays, type Talk } from './call-control-harness.js';
import { busy, pickUp, ringForEver, type PhoneCall } from '../support/sip/phone.js';

/** Parked callers: over the API and by codes of telephones. */

let harness: ControlHarness;

beforeAll(async () => {
  harness = await ControlHarness.start();
}, 60_000);
afterEach(() => harness.endAll());
afterAll(() => harness.stop(), 30_000);

/** @returns the number of the place */
async function park(talk: Talk): Promise<number> {
  await harness.becomes('the call is parked', async () => {
    const { status } = await harness.postOwn(talk.handset, 'park', {});
    return status === 202 ? true : undefined;
  });
  return parkedPlace(talk);
}

async function parkedPlace({ id, operator, caller }: Talk): Promise<number> {
  await operator.ended();
  const { place } = await harness.noted(id, 'parked');
  await hearsMusic(caller);
  return Number(place);
}

async function pickUpByPage(talk: Talk, handset = 'a2'): Promise<PhoneCall> {
  const phone = await harness.handset(handset, pickUp);
  expect((await harness.postOwn(handset, 'pick-up', { call_id: talk.id })).status).toBe(202);
  return (await ringing(phone)).answered();
}

describe.each([
  ['a queue', () => harness.talkInQueue()],
  ['a recorded queue', () => harness.talkInQueue(RECORDED)],
  ['a plan', () => harness.talkInPlan()],
  ['a call that the handset made', () => harness.talkOfHandsetCall()],
])('in a talk of %s', (_where, begin) => {
  it('the other party is parked, and another handset picks up', async () => {
    const talk = await begin();
    await park(talk);
    const other = await pickUpByPage(talk, 'boss');
    await talkBothWays(talk.caller, other);
    await other.hangUp();
    await talk.caller.ended();
    await harness.over(talk.id);
  }, 60_000);
});

it('by the codes of telephones: parked in two places, and picked up by their numbers, which a crash survives', async () => {
  const first = await harness.talkInQueue();
  await first.operator.press('*3');
  const [one, second] = [await parkedPlace(first), await harness.talkInPlan()];
  await second.operator.press('*3');
  const two = await parkedPlace(second);
  expect(two).not.toBe(one);
  const phone = await harness.handset('a2', pickUp);
  expect(await (await phone.dial('*799')).ended()).toMatchObject({});
  const call = await phone.dial(`*7${String(two)}`);
  await talkBothWays(call, second.caller);
  await harness.gateway.kill();
  await talkBothWays(call, second.caller);
  await harness.gateway.run();
  await harness.gateway.ready();
  await talkBothWays(call, second.caller);
  await hearsMusic(first.caller);
  await call.hangUp();
  await second.caller.ended();
  const again = await phone.dial(`*7${String(one)}`);
  await talkBothWays(again, first.caller);
  await first.caller.hangUp();
  await again.ended();
}, 120_000);

it('a caller whom nobody picks up rings back, is parked again, and rings back once more', async () => {
  const talk = await harness.talkInPlan();
  await park(talk);
  const { phone, caller } = talk;
  phone.onIncoming(busy);
  await phone.nextCall({ withinMs: 30_000 });
  await hearsMusic(caller);
  phone.onIncoming(ringForEver);
  const back = await phone.nextCall({ withinMs: 30_000 });
  await hearsMusic(caller);
  back.answer();
  await talkBothWays(caller, back);
  await caller.hangUp();
  await back.ended();
}, 120_000);

it.each(['before-send', 'after-send', 'after-ack'])(
  'kill -9 of the gateway %s of the search for a place: the caller is parked',
  async (place) => {
    const talk = await harness.talkInPlan();
    await harness.armFailpoint(`${place}:find_place:1`);
    await talk.operator.press('*3');
    await harness.revived();
    await harness.noted(talk.id, 'parked');
    await hearsMusic(talk.caller);
    const other = await pickUpByPage(talk);
    await talkBothWays(talk.caller, other);
    await talk.caller.hangUp();
    await other.ended();
  },
  90_000,
);

it('a caller who hangs up frees the place', async () => {
  const talk = await harness.talkInPlan();
  const place = await park(talk);
  await talk.caller.hangUp();
  await harness.over(talk.id);
  expect((await harness.postOwn('a2', 'pick-up', { call_id: talk.id })).status).toBe(409);
  const phone = await harness.handset('a2', pickUp);
  await (await phone.dial(`*7${String(place)}`)).ended();
}, 60_000);
