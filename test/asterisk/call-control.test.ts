import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { prompt, ringback } from '../support/sip/caller.js';
import { userOf } from '../support/sip/message.js';
import { busy, decline, pickUp, ringForEver, type PhoneCall } from '../support/sip/phone.js';
import { ControlHarness, MENU, P, promptsHeard, QUEUED, says, speaks, talkBothWays } from './call-control-harness.js';

/** Calls that the gateway starts, and commands to running calls, with real phones on every side. */

const NUMBER = '+420777888999';
/** A prompt lasts one second. */
const PROMPT_MS = 1_200;

let harness: ControlHarness;

beforeAll(async () => {
  harness = await ControlHarness.start();
});
afterEach(() => harness.endAll());
afterAll(() => harness.stop());

async function started(path: string, body: object): Promise<string> {
  const answer = await harness.post(path, body);
  expect(answer).toMatchObject({ status: 202 });
  return answer.body.call_id ?? expect.unreachable();
}

const called = (call: PhoneCall) => userOf(call.invite.uri);
const resultOf = async (id: string) =>
  (await harness.timeline(id))
    .filter(({ kind }) => kind === 'unanswered' || kind === 'leg_over')
    .map(({ data }) => data);

const talkInQueue = () => harness.talkInQueue();
const talkInPlan = () => harness.talkInPlan();

describe('click to call', () => {
  it('rings the handset, then the number, connects them, and ends when either side hangs up', async () => {
    const handset = await harness.handset('a1', ringForEver);
    const id = await started('', { handset: 'a1', number: '777888999', auto_answer: true });
    const first = await handset.nextCall();
    expect(first.invite.headers.get('Call-Info')).toContain('answer-after=0');
    expect(first.invite.headers.get('Alert-Info')).toContain('alert-autoanswer');
    expect(userOf(first.invite.headers.get('From'))).toContain('777888999');
    const before = harness.provider.invites.length;
    first.answer();
    const second = await harness.becomes('the number is called', () =>
      Promise.resolve(harness.provider.invites[before]),
    );
    expect(called(second)).toBe('420777888999');
    expect(userOf(second.invite.headers.get('From'))).toContain('420222333444');
    await first.hears(ringback, { skipping: true });
    second.answer();
    await talkBothWays(first, second);
    await second.hangUp();
    await first.ended();
    expect(await harness.over(id)).toMatchObject({ direction: 'outgoing' });
    const numbers = ['outgoing', '222333444', '777888999', 'a1'];
    expect(await harness.webhookEvents(id, 'direction', 'caller_number', 'called_number', 'agent')).toEqual([
      ['call_started', null, ...numbers],
      ['ringing', null, ...numbers],
      ['ringing', null, ...numbers],
      ['answered', null, ...numbers],
      ['hangup', 'SUCCESS', ...numbers],
    ]);
  });

  it('asks each phone of a handset to answer automatically', async () => {
    const [one, other] = [await harness.handset('two', ringForEver), await harness.handset('two', ringForEver)];
    const id = await started('', { handset: 'two', number: '777888999', auto_answer: true });
    const rung = await Promise.all([one.nextCall(), other.nextCall()]);
    for (const { invite } of rung) {
      expect(invite.headers.get('Call-Info')).toContain('answer-after=0');
      expect(invite.headers.get('Alert-Info')).toContain('alert-autoanswer;delay=0');
      expect(invite.headers.get('Answer-Mode')).toBe('Auto');
    }
    rung[0].reject(486);
    rung[1].reject(486);
    await harness.over(id);
    await started('', { handset: 'two', number: '777888999' });
    const plain = await one.nextCall();
    expect(plain.invite.headers.get('Answer-Mode')).toBe('');
  });

  it('reports a busy or unregistered handset and a busy number; does not call the number for a busy handset', async () => {
    const before = harness.provider.invites.length;
    const handset = await harness.handset('a1', busy);
    const refused = await started('', { handset: 'a1', number: NUMBER });
    await harness.over(refused);
    expect(await resultOf(refused)).toMatchObject([{ cause: 'busy' }]);
    const away = await started('', { handset: 'a2', number: NUMBER });
    expect(await harness.over(away)).toMatchObject({ ended_by: 'unanswered' });
    expect(await resultOf(away)).toMatchObject([{ cause: 'unregistered' }]);
    expect(harness.provider.invites).toHaveLength(before);
    harness.provider.onIncoming(busy);
    handset.onIncoming(pickUp);
    const second = await started('', { handset: 'a1', number: NUMBER });
    await harness.over(second);
    expect(await resultOf(second)).toMatchObject([{ cause: 'busy' }, { result: 'USER_BUSY' }]);
    expect((await harness.webhookEvents(refused)).at(-1)).toEqual(['hangup', 'USER_BUSY']);
    expect((await harness.webhookEvents(away)).at(-1)).toEqual(['hangup', 'USER_NOT_REGISTERED']);
    expect((await harness.webhookEvents(second)).at(-1)).toEqual(['hangup', 'USER_BUSY']);
  });

  it('refuses invalid requests before any phone rings', async () => {
    const handset = await harness.handset('a1', pickUp);
    expect(await harness.post('', { handset: 'a1', number: 'abc' })).toMatchObject({ status: 422 });
    expect(await harness.post('', { handset: 'nobody', number: NUMBER })).toMatchObject({ status: 422 });
    expect(await harness.post('', { handset: 'a1', number: '+4917012345678' })).toMatchObject({ status: 403 });
    expect(await harness.post('', { handset: 'a1', number: NUMBER, line: '+420999999999' })).toMatchObject({
      status: 422,
    });
    expect(handset.invites).toEqual([]);
  });

  it('runs once per Idempotency-Key', async () => {
    const handset = await harness.handset('a1', ringForEver);
    const key = { 'idempotency-key': 'order-1001' };
    const body = { handset: 'a1', number: NUMBER };
    const answers = await Promise.all([1, 2, 3].map(() => harness.post('', body, key)));
    const ids = new Set(answers.map((answer) => answer.body.call_id));
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202]);
    expect(ids.size).toBe(1);
    await handset.nextCall();
    expect(await harness.post('', { ...body, auto_answer: true }, key)).toMatchObject({ status: 409 });
    const [id = ''] = ids;
    expect(await harness.post(`/${id}/hangup`)).toMatchObject({ status: 204 });
    expect(await harness.over(id)).toMatchObject({ ended_by: 'operator' });
    expect(await harness.post('', body, key)).toMatchObject({ status: 202, body: { call_id: id } });
    expect(handset.invites).toHaveLength(1);
  });

  it('transfers the number to a queue, which frees the handset', async () => {
    harness.provider.onIncoming(pickUp);
    const [handset, other] = [await harness.handset('a1', pickUp), await harness.handset('a2', pickUp)];
    const before = harness.provider.invites.length;
    const id = await started('', { handset: 'a1', number: NUMBER });
    const first = await handset.nextCall();
    const second = await harness.becomes('the number is called', () =>
      Promise.resolve(harness.provider.invites[before]),
    );
    await second.answered();
    await talkBothWays(first, second);
    expect(await harness.post(`/${id}/transfer`, { queue: 3 })).toMatchObject({ status: 204 });
    await first.ended();
    const third = await (await other.nextCall({ withinMs: 15_000 })).answered();
    await talkBothWays(second, third);
    await second.hangUp();
    await third.ended();
    await harness.over(id);
  });
});

describe('an announcement', () => {
  it('plays to the party that answers, then hangs up', async () => {
    harness.provider.onIncoming(pickUp);
    const before = harness.provider.invites.length;
    const id = await started('/announce', { number: NUMBER, prompt: P.said });
    const call = await harness.becomes('the number is called', () => Promise.resolve(harness.provider.invites[before]));
    await call.hears(prompt(P.said), { skipping: true, withinMs: 15_000 });
    expect(await call.ended()).toMatchObject({ by: 'peer', how: 'hung_up' });
    expect(await harness.over(id)).toMatchObject({ ended_by: 'plan', direction: 'outgoing' });
    expect(await harness.webhookEvents(id, 'agent')).toEqual([
      ['call_started', null, null],
      ['ringing', null, '777888999'],
      ['answered', null, '777888999'],
      ['hangup', 'SUCCESS', '777888999'],
    ]);
  });

  it('can be a part, and is refused without a prompt, part or answer', async () => {
    harness.provider.onIncoming(busy);
    const id = await started('/announce', { number: NUMBER, part: 'goodbye' });
    expect(await harness.over(id)).toMatchObject({ ended_by: 'unanswered' });
    harness.provider.onIncoming(pickUp);
    const before = harness.provider.invites.length;
    await started('/announce', { number: NUMBER, part: 'goodbye' });
    const call = await harness.becomes('the number is called', () => Promise.resolve(harness.provider.invites[before]));
    await call.hears(prompt(P.after), { skipping: true, withinMs: 15_000 });
    await call.ended();
    expect(await harness.post('/announce', { number: NUMBER, prompt: 99 })).toMatchObject({ status: 422 });
    expect(await harness.post('/announce', { number: NUMBER, part: 'nothing' })).toMatchObject({ status: 422 });
    expect(await harness.post('/announce', { number: NUMBER })).toMatchObject({ status: 422 });
  });
});

describe('a prompt played into a conversation', () => {
  for (const [where, talk] of Object.entries({ 'of a queue': talkInQueue, 'of a plan': talkInPlan })) {
    it(`${where}: plays to one side only, or to both; the conversation continues`, async () => {
      const { caller, operator, id } = await talk();
      expect(await harness.post(`/${id}/play`, { prompt: 99 })).toMatchObject({ status: 422 });
      expect(await harness.post(`/${id}/play`, { prompt: P.said, side: 'caller' })).toMatchObject({ status: 204 });
      await caller.hears(prompt(P.said), { skipping: true });
      expect(await harness.post(`/${id}/play`, { prompt: P.other, side: 'callee' })).toMatchObject({ status: 204 });
      await operator.hears(prompt(P.other), { skipping: true });
      // Prompts of one side are mixed: both must have ended.
      await delay(PROMPT_MS);
      expect(await harness.post(`/${id}/play`, { prompt: P.after, side: 'both' })).toMatchObject({ status: 204 });
      await Promise.all([caller, operator].map((side) => side.hears(prompt(P.after), { skipping: true })));
      await talkBothWays(caller, operator);
      await operator.hangUp();
      await caller.ended();
      expect(promptsHeard(caller)).not.toContain(P.other);
      expect(promptsHeard(operator)).not.toContain(P.said);
      await harness.over(id);
      expect(await harness.asterisk.cli('core show channels concise')).not.toContain('Snoop');
    });
  }
});

describe('listening in', () => {
  for (const [where, talk] of Object.entries({ 'a queue': talkInQueue, 'a plan': talkInPlan })) {
    it(`to a conversation of ${where}: hears both sides, is heard by neither, and ends with the call`, async () => {
      const boss = await harness.handset('boss', pickUp);
      const { caller, operator, id } = await talk();
      expect(await harness.post(`/${id}/listen`, { handset: 'boss' })).toMatchObject({ status: 204 });
      const ear = await (await boss.nextCall()).answered();
      await harness.noted(id, 'listening');
      await ear.answered();
      await says(caller, [ear, operator]);
      await says(operator, [ear, caller]);
      const unheard = speaks(ear);
      await delay(500);
      await talkBothWays(caller, operator);
      await caller.hangUp();
      await Promise.all([ear.ended(), operator.ended()]);
      for (const side of [caller, operator]) expect(promptsHeard(side)).not.toContain(unheard);
      await harness.over(id);
      expect(await harness.asterisk.cli('core show channels concise')).not.toContain('Snoop');
    });
  }

  it('leaves the conversation unchanged when the listener hangs up', async () => {
    const boss = await harness.handset('boss', pickUp);
    const { caller, operator, id } = await talkInQueue();
    expect(await harness.post(`/${id}/listen`, { handset: 'boss' })).toMatchObject({ status: 204 });
    expect(await harness.post(`/${id}/listen`, { handset: 'boss' })).toMatchObject({ status: 204 });
    const ear = await (await boss.nextCall()).answered();
    await harness.noted(id, 'listening');
    expect(boss.invites).toHaveLength(1);
    await ear.hangUp();
    await harness.noted(id, 'listening_over');
    await talkBothWays(caller, operator);
    await harness.becomes('the snoop is gone', async () =>
      (await harness.asterisk.cli('core show channels concise')).includes('Snoop') ? undefined : true,
    );
    await caller.hangUp();
  });
});

describe('a transfer of the caller', () => {
  it('moves from the conversation to a queue, and from there to a handset', async () => {
    const [next, last] = [await harness.handset('a2', pickUp), await harness.handset('boss', pickUp)];
    const { caller, operator, id } = await talkInPlan();
    expect(await harness.post(`/${id}/transfer`, { queue: 99 })).toMatchObject({ status: 422 });
    expect(await harness.post(`/${id}/transfer`, { queue: 3 })).toMatchObject({ status: 204 });
    await operator.ended();
    const second = await (await next.nextCall({ withinMs: 15_000 })).answered();
    await talkBothWays(caller, second);
    expect(await harness.post(`/${id}/transfer`, { handset: 'boss' })).toMatchObject({ status: 204 });
    await second.ended();
    const third = await (await last.nextCall()).answered();
    await talkBothWays(caller, third);
    await third.hangUp();
    await caller.ended();
    expect(await harness.post(`/${id}/transfer`, { queue: 3 })).toMatchObject({ status: 409 });
  });

  it('to a queue of the handset that talked: rings the other handset first, that one after a delay', async () => {
    const { caller, operator, phone, id } = await talkInQueue();
    phone.onIncoming(ringForEver);
    const other = await harness.handset('a2', ringForEver);
    const before = phone.invites.length;
    expect(await harness.post(`/${id}/transfer`, { queue: 5 })).toMatchObject({ status: 204 });
    await operator.ended();
    const offered = await other.nextCall({ withinMs: 15_000 });
    expect(phone.invites).toHaveLength(before);
    expect((await offered.ended({ withinMs: 15_000 })).how).toBe('cancelled');
    await other.stop();
    const again = await phone.nextCall({ withinMs: 40_000 });
    again.answer();
    await talkBothWays(caller, again);
    await caller.hangUp();
  });

  it('to a busy number: rings the operator who talked with the caller again', async () => {
    harness.provider.onIncoming(busy);
    const { caller, operator, phone, id } = await talkInPlan();
    expect(await harness.post(`/${id}/transfer`, { number: NUMBER })).toMatchObject({ status: 204 });
    await operator.ended();
    const again = await (await phone.nextCall({ withinMs: 15_000 })).answered();
    await talkBothWays(caller, again);
    await again.hangUp();
    await caller.ended();
  });

  it('to a busy number, when the operator has hung up: returns to the queue', async () => {
    harness.provider.onIncoming(busy);
    const { caller, operator, phone, id } = await talkInQueue();
    let rung = 0;
    phone.onIncoming(() => (rung++ === 0 ? decline : pickUp));
    await harness.post(`/${id}/transfer`, { number: NUMBER });
    await operator.ended();
    await phone.nextCall({ withinMs: 15_000 });
    const again = await (await phone.nextCall({ withinMs: 15_000 })).answered();
    await talkBothWays(caller, again);
    await caller.hangUp();
  });

  it('out of a menu to a busy number: restarts the plan', async () => {
    harness.provider.onIncoming(busy);
    const caller = await harness.calling(MENU);
    await caller.hears(prompt(P.menu), { skipping: true, withinMs: 15_000 });
    const id = await harness.idOf(caller);
    await harness.post(`/${id}/transfer`, { number: NUMBER });
    await harness.noted(id, 'unanswered');
    await harness.becomes('the menu again', async () => {
      const entries = await harness.timeline(id);
      const since = entries.slice(entries.findIndex(({ kind }) => kind === 'unanswered'));
      return since.some(({ kind, data }) => kind === 'action' && data['action'] === 'menu') ? true : undefined;
    });
    await caller.press('5');
    await caller.ended();
  });

  it('moves from the queue to a number', async () => {
    harness.provider.onIncoming(pickUp);
    const before = harness.provider.invites.length;
    const caller = await harness.calling(QUEUED);
    const id = await harness.waits(caller);
    expect(await harness.post(`/${id}/transfer`, { number: NUMBER })).toMatchObject({ status: 204 });
    const call = await harness.becomes('the number is called', () => Promise.resolve(harness.provider.invites[before]));
    await call.answered();
    await talkBothWays(caller, call);
    await caller.hangUp();
    await call.ended();
    expect(await harness.webhookEvents(id)).toEqual([
      ['call_started', null],
      ['queue_joined', null],
      ['queue_left', null],
      ['ringing', null],
      ['answered', null],
      ['hangup', 'SUCCESS'],
    ]);
  });
});
