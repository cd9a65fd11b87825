import { describe, expect, it } from 'vitest';
import type { Command } from '../../src/telephony/command.js';
import { telfaHandOver } from '../../src/integrations/telfa/hand-over.js';
import type { PlanProgram } from '../../src/call-plan/program.js';
import { PlannedCall } from './planned-call.js';
import { program } from './property-harness.js';

const FALLBACK = 9;
const REJECTED = 4;

function steered(profile: Record<string, unknown> = {}): PlanProgram {
  const plan = ['answer', { hand_over: { url: 'http://shop.test/', fallback_prompt: FALLBACK } }, { play: 6 }];
  return { ...program(plan), profiles: { telfa: telfaHandOver.profile(profile) } };
}

/** One call under a hand-over, response by response. */
class SteeredCall extends PlannedCall {
  /** Fields of the requests so far, oldest first, without those that never change. */
  get requests(): Record<string, unknown>[] {
    return this.effects.flatMap((effect) => (effect.type === 'http' ? [fieldsOf(effect.body)] : []));
  }

  get lastRequest(): Record<string, unknown> | undefined {
    return this.requests.at(-1);
  }

  shopAnswers(answer: Record<string, unknown>): this {
    const { id: effectId } = this.last('http');
    const body = JSON.stringify(answer);
    this.take({ type: 'http_answered', effectId, status: 200, body, latencyMs: 1, attempts: 1 });
    return this;
  }

  shopAsks(digits: string): this {
    this.shopAnswers({ action: 'menu', recording_id: '20', max: '10' });
    for (const digit of `${digits}#`) this.type(digit);
    return this;
  }

  type(digit: string): void {
    this.take({ type: 'digit', digit, durationMs: 100 });
  }

  /** Finishes the current prompt. */
  heard(): this {
    const { playbackId } = this.last('play');
    this.take({ type: 'playback_accepted', playbackId, durationMs: 900, prompts: [] });
    this.take({ type: 'playback_finished', playbackId, failed: false });
    return this;
  }

  transferred(): this {
    this.shopAnswers({ action: 'transfer_to_group', call_group_id: '1', group_continue_busy: '1' });
    this.take({ type: 'caller_left' });
    return this;
  }

  handsetAnswers(): this {
    this.take({ type: 'queue_answered', queue: 1, handset: 'tester' });
    return this;
  }

  handsetRings(): this {
    this.take({ type: 'queue_ringing', queue: 1, handset: 'tester' });
    return this;
  }

  handsetStopsRinging(): this {
    this.take({ type: 'queue_ring_over', queue: 1, handset: 'tester' });
    return this;
  }

  queueEnds(result: 'CONTINUE' | 'TIMEOUT' | 'WITHDRAW'): this {
    this.take({ type: 'queue_left', visitId: this.last('enqueue').visitId, result });
    return this;
  }

  callerHangsUp(): this {
    this.take({ type: 'caller_gone', cause: 'normal', q850: 16 });
    return this;
  }
}

function fieldsOf(body: string): Record<string, unknown> {
  const { caller_number, called_number, call_id, step, ...ownFields } = JSON.parse(body) as Record<string, unknown>;
  expect([caller_number, called_number, call_id, step]).not.toContain(undefined);
  return ownFields;
}

const failed = { bridge_result: 'NO_ANSWER', call_result: 'NO_ANSWER' };
const talked = { bridge_result: 'SUCCESS', call_result: 'SUCCESS' };

describe('digits and transfer results', () => {
  const dialogue = (profile: Record<string, unknown>) =>
    new SteeredCall(steered(profile))
      .shopAsks('5')
      .shopAnswers({ action: 'play', recording_id: '21' })
      .heard()
      .shopAsks('12')
      .transferred()
      .queueEnds('TIMEOUT')
      .shopAsks('13')
      .transferred();

  it('are sent in the one request that follows', () => {
    expect(dialogue({}).requests).toEqual([
      {},
      { received_digits: '5' },
      {},
      { received_digits: '12' },
      failed,
      { received_digits: '13' },
    ]);
  });

  it('are sent again in every later request with the profile word `results: sticky`', () => {
    expect(dialogue({ results: 'sticky' }).requests).toEqual([
      {},
      { received_digits: '5' },
      { received_digits: '5' },
      { received_digits: '12' },
      { received_digits: '12', ...failed },
      { received_digits: '13', ...failed },
    ]);
  });

  it('are not sent again after an `answer` either', () => {
    const call = new SteeredCall(steered()).shopAsks('12').shopAnswers({ action: 'answer', own: '1' });
    expect(call.lastRequest).toEqual({ own: '1' });
    call.transferred().queueEnds('TIMEOUT').shopAnswers({ action: 'answer' });
    expect(call.lastRequest).toEqual({});
  });

  it('of a call that an earlier version stored are not sent again', () => {
    const call = new SteeredCall(steered()).shopAsks('5').shopAnswers({ action: 'play', recording_id: '21' });
    const stored = call.state.action as unknown as Record<string, unknown>;
    delete stored['fresh'];
    delete stored['equalPlays'];
    expect(call.heard().lastRequest).toEqual({});
  });
});

describe('the last request', () => {
  it('reports a talk that the caller ends', () => {
    const call = new SteeredCall(steered()).shopAsks('12').transferred().handsetAnswers().callerHangsUp();
    expect(call.lastRequest).toEqual({ received_digits: '12', hangup: true, ...talked });
  });

  it('reports a talk that the handset ended before the caller hung up', () => {
    const call = new SteeredCall(steered()).transferred().handsetAnswers().queueEnds('CONTINUE');
    expect(call.lastRequest).toEqual(talked);
    call.shopAnswers({ action: 'play', recording_id: '21' }).callerHangsUp();
    expect(call.lastRequest).toEqual({ hangup: true, ...talked });
  });

  it('has no result when the caller hangs up while waiting, or after a transfer that failed', () => {
    expect(new SteeredCall(steered()).transferred().callerHangsUp().lastRequest).toEqual({ hangup: true });
    const call = new SteeredCall(steered()).transferred().queueEnds('TIMEOUT');
    expect(call.shopAsks('7').callerHangsUp().requests.slice(-2)).toEqual([failed, { received_digits: '7' }]);
    expect(call.shopAnswers({ action: 'answer' }).lastRequest).toEqual({ received_digits: '7', hangup: true });
  });

  it('reports a talk whose answer in the queue arrives after the hang-up', () => {
    const call = new SteeredCall(steered()).transferred().handsetRings().callerHangsUp();
    expect(call.requests).toEqual([{}]);
    call.handsetAnswers();
    expect(call.requests.slice(1)).toEqual([{ hangup: true, ...talked }]);
    expect(call.news.map(({ event }) => event).slice(-2)).toEqual(['answered', 'hangup']);
    expect(call.news.at(-1)).toMatchObject({ result: 'SUCCESS' });
    expect(call.state.phase).toBe('settling');
  });

  it('has no result when the handset stops ringing, or no report arrives in time', () => {
    const stopped = new SteeredCall(steered()).transferred().handsetRings().callerHangsUp();
    expect(stopped.handsetStopsRinging().lastRequest).toEqual({ hangup: true });
    const silent = new SteeredCall(steered()).transferred().handsetRings().callerHangsUp();
    expect(silent.timers).toMatchObject({ pending_end: silent.at + 2000 });
    silent.at += 1000;
    silent.take({ type: 'timer', name: 'pending_end' });
    expect(silent.lastRequest).toEqual({ hangup: true });
    expect(silent.state.phase).toBe('settling');
  });

  it('does not wait for a handset that has stopped ringing', () => {
    const call = new SteeredCall(steered()).transferred().handsetRings().handsetStopsRinging().callerHangsUp();
    expect(call.lastRequest).toEqual({ hangup: true });
  });

  it('contains the digits typed so far', () => {
    const call = new SteeredCall(steered()).shopAnswers({ action: 'menu', recording_id: '20' });
    call.type('4');
    expect(call.callerHangsUp().lastRequest).toEqual({ received_digits: '4', hangup: true });
  });
});

describe('a command in the middle of a hand-over', () => {
  const commands: [string, Command][] = [
    ['reject', { type: 'reject', prompt: REJECTED }],
    ['reject without a prompt', { type: 'reject', prompt: null }],
    ['hang up', { type: 'hang_up' }],
    ['transfer to a queue', { type: 'transfer', to: { queue: 2 } }],
    ['transfer to a handset', { type: 'transfer', to: { handset: 'office' } }],
  ];
  const states: [string, (call: SteeredCall) => void, object][] = [
    ['while the shop is asked', (call) => call.shopAsks('12'), { received_digits: '12' }],
    ['while a prompt plays', (call) => call.shopAnswers({ action: 'play', recording_id: '21' }), {}],
    [
      'while digits are typed',
      (call) => {
        call.shopAnswers({ action: 'menu', recording_id: '20' }).type('4');
      },
      { received_digits: '4' },
    ],
    [
      'while a transfer is announced',
      (call) => call.shopAnswers({ action: 'transfer_to_group', call_group_id: '1', group_transfer_recording_id: '8' }),
      {},
    ],
    ['while the caller waits', (call) => call.transferred(), {}],
    ['in the talk', (call) => call.transferred().handsetAnswers(), talked],
    ['after the talk', (call) => call.transferred().handsetAnswers().queueEnds('CONTINUE'), talked],
  ];

  describe.each(commands)('%s', (_command, command) => {
    it.each(states)('%s: one last request', (_state, come, result) => {
      const call = new SteeredCall(steered());
      come(call);
      const before = call.requests.length;
      call.take({ type: 'commanded', command });
      if (call.effects.some(({ type }) => type === 'withdraw')) call.queueEnds('WITHDRAW');
      else if (call.state.phase === 'running' && call.state.action?.type === 'hand_over') call.callerHangsUp();
      expect(call.requests.slice(before)).toEqual([{ ...result, hangup: true }]);
      expect(call.state.action?.type === 'hand_over' && call.state.phase === 'running').toBe(false);
      call.callerHangsUp();
      expect(call.requests).toHaveLength(before + 1);
    });
  });

  it('that Asterisk does not carry out in time: the shop gets its request before the call is hung up', () => {
    const call = new SteeredCall(steered()).transferred().handsetAnswers();
    call.take({ type: 'commanded', command: { type: 'reject', prompt: REJECTED } });
    expect(call.requests).toHaveLength(1);
    call.take({ type: 'timer', name: 'order' });
    expect(call.lastRequest).toEqual({ hangup: true, ...talked });
    expect(call.last('hang_up').channelId).toBe(call.state.channelId);
  });

  it('a talk whose start the gateway missed counts', () => {
    const call = new SteeredCall(steered()).transferred();
    call.take({ type: 'commanded', command: { type: 'transfer', to: { handset: 'office' } } });
    expect(call.queueEnds('CONTINUE').lastRequest).toEqual({ hangup: true, ...talked });
  });
});

describe('a shop that answers with the same `play` again and again', () => {
  const play = (call: SteeredCall, more: object = {}) =>
    call.shopAnswers({ action: 'play', recording_id: '21', ...more });

  it('is treated as down at the third response', () => {
    const call = new SteeredCall(steered());
    play(call).heard();
    play(call).heard();
    expect(call.requests).toHaveLength(3);
    play(call);
    expect(call.log).toContain('shop_failed');
    expect(call.lastPrompts).toEqual([FALLBACK]);
    call.heard();
    expect(call.lastPrompts).toEqual([6]);
    expect(call.requests).toHaveLength(3);
  });

  it('may do so when an echoed field or the prompt differs, or after an input in between', () => {
    const counting = new SteeredCall(steered());
    for (const count of [1, 2, 3, 4, 5]) play(counting, { count }).heard();
    expect(counting.requests).toHaveLength(6);
    const asking = new SteeredCall(steered());
    for (const digits of ['1', '2', '3', '4']) play(asking.shopAsks(digits)).heard();
    expect(asking.requests).toHaveLength(9);
    expect([...counting.log, ...asking.log]).not.toContain('shop_failed');
  });
});
