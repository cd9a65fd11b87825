import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  ControlHarness,
  hearsMusic,
  promptsHeard,
  RECORDED,
  ringing,
  says,
  speaks,
  type Talk,
  talkBothWays,
  talksOf,
} from './call-control-harness.js';
import { busy, pickUp, ringForEver, type PhoneCall } from '../support/sip/phone.js';

/** An operator asks the target before a transfer, over the API: who hears whom in every state, measured by tones. */

let harness: ControlHarness;

beforeAll(async () => {
  harness = await ControlHarness.start();
}, 60_000);
afterEach(() => harness.endAll());
afterAll(() => harness.stop(), 30_000);

const talks = talksOf(() => harness);

async function step(talk: Talk, name: string): Promise<void> {
  expect(await harness.postOwn(talk.handset, `transfer/${name}`, { call_id: talk.id })).toMatchObject({
    status: 202,
  });
}

async function ask(talk: Talk, to: object): Promise<void> {
  // The monitor learns of the talk a moment after the two hear each other.
  await harness.becomes('the target is asked', async () => {
    const { status } = await harness.postOwn(talk.handset, 'transfer', { ...to, ask_first: true });
    return status === 202 ? true : undefined;
  });
}

/** The operator talks with `boss`. */
async function consulting(talk: Talk): Promise<PhoneCall> {
  const boss = await harness.handset('boss', pickUp);
  await ask(talk, { handset: 'boss' });
  const target = await (await ringing(boss)).answered();
  await talkBothWays(talk.operator, target);
  return target;
}

/** This side hears nothing of what the other one says. */
async function isDeafTo(listener: PhoneCall, speaker: PhoneCall): Promise<void> {
  const said = speaks(speaker);
  await delay(1500);
  expect(promptsHeard(listener)).not.toContain(said);
  speaker.say(new Int16Array(800), { repeats: true });
}

async function allHearEachOther(...sides: PhoneCall[]): Promise<void> {
  for (const side of sides)
    await says(
      side,
      sides.filter((other) => other !== side),
    );
}

describe.each(Object.entries(talks))('in a talk of %s', (_where, begin) => {
  it('the operator asks, swaps, brings all together, separates them and connects', async () => {
    const talk = await begin();
    const { caller, operator, id } = talk;
    const target = await consulting(talk);
    await hearsMusic(caller);
    await isDeafTo(caller, operator);

    await step(talk, 'swap');
    await talkBothWays(caller, operator);
    await hearsMusic(target);
    await isDeafTo(target, operator);

    await step(talk, 'join');
    await allHearEachOther(caller, operator, target);

    await step(talk, 'separate');
    await talkBothWays(caller, operator);
    await hearsMusic(target);

    await step(talk, 'swap');
    await talkBothWays(operator, target);
    await hearsMusic(caller);

    await step(talk, 'connect');
    await operator.ended();
    await talkBothWays(caller, target);
    const kinds = (await harness.timeline(id)).map(({ kind }) => kind);
    expect(kinds).toEqual(expect.arrayContaining(['consulting', 'conference', 'transferred']));
    await caller.hangUp();
    await target.ended();
    expect(await harness.over(id)).toMatchObject({ ended_by: 'caller' });
  }, 120_000);
});

it('returns to the caller, also while the target rings; a target that is busy or unreachable', async () => {
  const talk = await harness.talkInQueue();
  const { caller, operator, id } = talk;
  const boss = await harness.handset('boss', ringForEver);
  await ask(talk, { handset: 'boss' });
  const target = await ringing(boss);
  await hearsMusic(caller);
  await step(talk, 'return');
  await target.ended();
  await talkBothWays(caller, operator);

  boss.onIncoming(busy);
  await ask(talk, { handset: 'boss' });
  await ringing(boss);
  await harness.noted(id, 'transfer_refused');
  await talkBothWays(caller, operator);

  boss.onIncoming(pickUp);
  await ask(talk, { handset: 'boss' });
  const answered = await (await ringing(boss)).answered();
  await talkBothWays(operator, answered);
  await step(talk, 'return');
  await answered.ended();
  await talkBothWays(caller, operator);
  await operator.hangUp();
  await caller.ended();
}, 90_000);

it('asks an outside number that the dial policy allows, and no other one', async () => {
  const talk = await harness.talkInPlan();
  const { caller, operator } = talk;
  const before = harness.provider.invites.length;
  await ask(talk, { number: '777000999' });
  const outside = await harness.becomes('it rings', () => Promise.resolve(harness.provider.invites[before]));
  outside.answer();
  await talkBothWays(operator, outside);
  await step(talk, 'join');
  await allHearEachOther(caller, operator, outside);
  await operator.hangUp();
  await talkBothWays(caller, outside);
  expect((await harness.postOwn('a3', 'transfer', { number: '+441234567890', ask_first: true })).status).toBe(409);
  await outside.hangUp();
  await caller.ended();
}, 90_000);

it('the caller leaves the conference: operator and target talk on, and the call ends with them', async () => {
  const talk = await harness.talkInQueue(RECORDED);
  const { caller, operator, id } = talk;
  const target = await consulting(talk);
  await step(talk, 'join');
  await allHearEachOther(caller, operator, target);
  await caller.hangUp();
  await harness.noted(id, 'party_left');
  await talkBothWays(operator, target);
  await operator.hangUp();
  await target.ended();
  await harness.over(id);
}, 90_000);

it('a phone that lost the call during the consultation rings and takes its place again', async () => {
  const talk = await harness.talkInQueue();
  const { caller, operator, phone } = talk;
  const target = await consulting(talk);
  phone.onIncoming(pickUp);
  const before = phone.invites.length;
  expect((await harness.postOwn('a1', 'transfer', { handset: 'a1', call_id: talk.id })).status).toBe(202);
  const again = await harness.becomes('it rings again', () => Promise.resolve(phone.invites[before]));
  await again.answered();
  await operator.ended();
  await talkBothWays(again, target);
  await hearsMusic(caller);
  await step(talk, 'swap');
  await talkBothWays(again, caller);
  await step(talk, 'connect');
  await talkBothWays(caller, target);
  await caller.hangUp();
  await target.ended();
}, 90_000);

describe('kill -9 of the gateway', () => {
  it.each<[string, string[], string]>([
    ['while the operator asks', [], 'connect'],
    ['while the operator talks with the caller', ['swap'], 'swap'],
    ['while all three talk', ['join'], 'separate'],
  ])(
    '%s: the talk goes on, and so does the transfer',
    async (_what, steps, next) => {
      const talk = await harness.talkInQueue();
      const { caller, operator } = talk;
      const target = await consulting(talk);
      for (const each of steps) await step(talk, each);
      const together = {
        connect: () => talkBothWays(operator, target),
        swap: () => talkBothWays(operator, caller),
        separate: () => allHearEachOther(caller, operator, target),
      }[next];
      await together?.();
      await harness.gateway.kill();
      await together?.();
      await harness.gateway.run();
      await harness.gateway.ready();
      await together?.();
      await step(talk, next);
      if (next === 'connect') await talkBothWays(caller, target);
      else {
        await talkBothWays(operator, target);
        await hearsMusic(caller);
      }
      await caller.hangUp();
      await target.ended();
    },
    120_000,
  );

  it.each(['before-send', 'after-send', 'after-ack'])(
    '%s of the search for the handset: the target is asked',
    async (place) => {
      const talk = await harness.talkInQueue();
      const { caller, operator } = talk;
      const boss = await harness.handset('boss', pickUp);
      await harness.armFailpoint(`${place}:find_party:1`);
      await harness.becomes('the gateway has the talk', async () => {
        const asked = await harness
          .postOwn('a1', 'transfer', { handset: 'boss', ask_first: true })
          .catch(() => ({ status: 202 }));
        return asked.status === 202 ? true : undefined;
      });
      await harness.revived();
      const target = await (await ringing(boss)).answered();
      await talkBothWays(operator, target);
      await step(talk, 'connect');
      await talkBothWays(caller, target);
      await caller.hangUp();
      await target.ended();
    },
    120_000,
  );
});
