import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  BRANCH,
  ControlHarness,
  P,
  SURVEYED,
  hearsMusic,
  numberOf,
  promptsHeard,
  ringing,
  says,
  speaks,
  talkBothWays,
  talksOf,
} from './call-control-harness.js';
import { prompt } from '../support/sip/caller.js';
import { userOf } from '../support/sip/message.js';
import { busy, pickUp, ringForEver, type Phone, type PhoneCall } from '../support/sip/phone.js';

/** An operator transfers the other party by a code pressed during the talk: who hears whom, measured by tones. */

let harness: ControlHarness;

beforeAll(async () => {
  harness = await ControlHarness.start();
}, 60_000);
afterEach(() => harness.endAll());
afterAll(() => harness.stop(), 30_000);

const talks = talksOf(() => harness);

const kinds = async (id: string) => (await harness.timeline(id)).map(({ kind }) => kind);

describe.each(Object.entries(talks))('in a talk of %s', (_where, talk) => {
  it('the code for a blind transfer connects the other party with the dialled handset', async () => {
    const boss = await harness.handset('boss', ringForEver);
    const { caller, operator, id } = await talk();
    await operator.press('*1103#');
    const target = await ringing(boss);
    await operator.ended();
    await hearsMusic(caller);
    target.answer();
    await talkBothWays(caller, target);
    expect((await harness.noted(id, 'transferred'))['to']).toEqual({ handset: 'boss' });
    await target.hangUp();
    await caller.ended();
    expect(await harness.over(id)).toMatchObject({ ended_by: 'handset' });
  }, 90_000);

  it('the code for an attended transfer: the operator talks with the target, hangs up, and the two talk', async () => {
    const boss = await harness.handset('boss', ringForEver);
    const { caller, operator, id } = await talk();
    await operator.press('*2103#', { by: 'rfc4733' });
    const target = await ringing(boss);
    await hearsMusic(caller);
    target.answer();
    await talkBothWays(operator, target);
    const said = speaks(operator);
    await delay(1000);
    expect(promptsHeard(caller)).not.toContain(said);
    await operator.hangUp();
    await talkBothWays(caller, target);
    expect(await kinds(id)).toEqual(expect.arrayContaining(['transfer_code', 'consulting', 'transferred']));
    await caller.hangUp();
    await target.ended();
    await harness.over(id);
  }, 90_000);

  it('the code once more returns to the other party', async () => {
    const boss = await harness.handset('boss', pickUp);
    const { caller, operator, id } = await talk();
    await operator.press('*2103#');
    const target = await (await ringing(boss)).answered();
    await talkBothWays(operator, target);
    await operator.press('*2');
    await target.ended();
    await talkBothWays(caller, operator);
    expect(await kinds(id)).toContain('transfer_over');
    await operator.hangUp();
    await caller.ended();
  }, 90_000);

  it.each([
    ['is nothing', '*19#', undefined],
    ['may not be called', '*200441234567890#', undefined],
    ['is busy', '*2103#', busy],
  ])(
    'a target that %s: the operator hears a tone, and the talk continues',
    async (_what, keys, behaviour) => {
      if (behaviour !== undefined) await harness.handset('boss', behaviour);
      const called = harness.provider.invites.length;
      const { caller, operator, id } = await talk();
      const made = harness.provider.invites.length;
      await operator.press(keys);
      await harness.noted(id, 'transfer_refused');
      await talkBothWays(caller, operator);
      expect(harness.provider.invites.length).toBe(made);
      expect(made).toBeGreaterThanOrEqual(called);
      await caller.hangUp();
      await operator.ended();
    },
    90_000,
  );
});

it('to a queue, and to an outside number that the dial policy allows', async () => {
  const a2 = await harness.handset('a2', pickUp);
  const { caller, operator } = await harness.talkInQueue();
  await operator.press('*1203#');
  const second = await (await ringing(a2)).answered();
  await talkBothWays(caller, second);
  const before = harness.provider.invites.length;
  await second.press('*1777000999');
  const outside = await harness.becomes('the number is called', () =>
    Promise.resolve(harness.provider.invites[before]),
  );
  outside.answer();
  await talkBothWays(caller, outside);
  await outside.hangUp();
  await caller.ended();
}, 90_000);

/** The caller hears the line's prompt and rings with their own number, and `boss` talks with them. */
async function entersBranch(caller: PhoneCall, boss: Phone): Promise<PhoneCall> {
  await caller.hears(prompt(P.said), { skipping: true });
  const target = await ringing(boss);
  expect(userOf(target.invite.headers.get('From'))).toContain(numberOf(caller));
  target.answer();
  await talkBothWays(caller, target);
  return target;
}

describe.each([
  ['a queue', () => harness.talkInQueue()],
  ['a plan', () => harness.talkInPlan()],
])('to a line of the company, in a talk of %s', (_where, talk) => {
  it.each([
    ['by the code', (operator: PhoneCall) => operator.press('*1222333449#')],
    ['by the page', (_operator: PhoneCall, handset: string) => harness.postOwn(handset, 'transfer', { line: BRANCH })],
  ])(
    '%s: the caller goes through its plan',
    async (_how, transfer) => {
      const boss = await harness.handset('boss', ringForEver);
      const { caller, operator, handset, id } = await talk();
      const called = harness.provider.invites.length;
      await transfer(operator, handset);
      await operator.ended();
      const target = await entersBranch(caller, boss);
      expect(harness.provider.invites).toHaveLength(called);
      await target.hangUp();
      await caller.ended();
      expect(await harness.over(id)).toMatchObject({ ended_by: 'handset', direction: 'incoming' });
    },
    90_000,
  );
});

it('the number of a line that is given as a number is the line; a line that does not exist is refused', async () => {
  const boss = await harness.handset('boss', ringForEver);
  const { caller, id } = await harness.talkInPlan();
  expect(await harness.post(`/${id}/transfer`, { line: '+420222333999' })).toMatchObject({ status: 422 });
  expect(await harness.post(`/${id}/transfer`, { number: '222 333 449' })).toMatchObject({ status: 204 });
  await (await entersBranch(caller, boss)).hangUp();
  await caller.ended();
}, 60_000);

it.each(['*1103#', '*2103#'])(
  'the plan of the queue goes on after a talk that was transferred with %s',
  async (keys) => {
    const boss = await harness.handset('boss', pickUp);
    const { caller, operator, id } = await harness.talkInQueue(SURVEYED);
    await operator.press(keys);
    const target = await (await ringing(boss)).answered();
    if (keys.startsWith('*2')) {
      await talkBothWays(operator, target);
      await operator.hangUp();
    }
    await talkBothWays(caller, target);
    expect(promptsHeard(caller)).not.toContain(P.after);
    await target.hangUp();
    await caller.hears(prompt(P.after), { skipping: true });
    await caller.ended();
    expect(await harness.over(id)).toMatchObject({ ended_by: 'plan' });
  },
  90_000,
);

it('an operator who hangs up before the target answers has transferred the caller', async () => {
  const boss = await harness.handset('boss', ringForEver);
  const { caller, operator, id } = await harness.talkInPlan();
  await operator.press('*2103#');
  const target = await ringing(boss);
  await operator.hangUp();
  await harness.noted(id, 'transferred');
  target.answer();
  await talkBothWays(caller, target);
  await target.hangUp();
  await caller.ended();
}, 60_000);

it('a transferred caller whom nobody answers returns to the operator', async () => {
  await harness.handset('boss', busy);
  const { caller, operator, phone } = await harness.talkInPlan();
  await operator.press('*1103#');
  await operator.ended();
  const again = await (await ringing(phone)).answered();
  await talkBothWays(caller, again);
  await caller.hangUp();
  await again.ended();
}, 60_000);

it('a caller who hangs up while the operator talks with the target ends both talks', async () => {
  const boss = await harness.handset('boss', pickUp);
  const { caller, operator, id } = await harness.talkInQueue();
  await operator.press('*2103#');
  const target = await (await ringing(boss)).answered();
  await says(operator, [target]);
  await caller.hangUp();
  await Promise.all([operator.ended(), target.ended()]);
  expect(await harness.over(id)).toMatchObject({ ended_by: 'caller' });
}, 60_000);

describe('kill -9 of the gateway', () => {
  for (const place of ['before-send', 'after-send', 'after-ack'])
    it(`${place} of the look for a line: its plan goes on`, async () => {
      const boss = await harness.handset('boss', ringForEver);
      const { caller, operator } = await harness.talkInPlan();
      await harness.armFailpoint(`${place}:find_line:1`);
      await operator.press('*1222333449#');
      await harness.revived();
      const target = await ringing(boss);
      // The program of the line was stored with the call.
      await harness.gateway.kill();
      await harness.gateway.run();
      await harness.gateway.ready();
      target.answer();
      await talkBothWays(caller, target);
      await target.hangUp();
      await caller.ended();
    }, 90_000);

  for (const place of ['before-send', 'after-send', 'after-ack'])
    it(`${place} of the request that takes a talk out of its queue: the transfer goes on`, async () => {
      const boss = await harness.handset('boss', pickUp);
      const { caller, operator } = await harness.talkInQueue();
      await harness.armFailpoint(`${place}:take_talk:1`);
      await operator.press('*2');
      await harness.revived();
      await operator.press('103#');
      const target = await (await ringing(boss)).answered();
      await talkBothWays(operator, target);
      await operator.hangUp();
      await talkBothWays(caller, target);
      await caller.hangUp();
      await target.ended();
    }, 90_000);

  it('while the operator talks with the target: both talks go on', async () => {
    const boss = await harness.handset('boss', pickUp);
    const { caller, operator } = await harness.talkInQueue();
    await operator.press('*2103#');
    const target = await (await ringing(boss)).answered();
    await talkBothWays(operator, target);
    await harness.gateway.kill();
    await harness.gateway.run();
    await harness.gateway.ready();
    await talkBothWays(operator, target);
    await operator.hangUp();
    await talkBothWays(caller, target);
    await target.hangUp();
    await caller.ended();
  }, 90_000);
});

it('a handset dials the extension of another one', async () => {
  const boss = await harness.handset('boss', pickUp);
  const called = harness.provider.invites.length;
  const phone = await harness.handset('a2', pickUp);
  const call = await phone.dial('103');
  const answered = await (await ringing(boss)).answered();
  await talkBothWays(call, answered);
  expect(harness.provider.invites).toHaveLength(called);
  await call.hangUp();
  await answered.ended();
}, 60_000);
