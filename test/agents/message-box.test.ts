import { describe, expect, it } from 'vitest';
import {
  messageBoxFlow,
  type MessageBoxEffect,
  type MessageBoxProgram,
  type MessageBoxState,
} from '../../src/agents/message-box-flow.js';
import type { RuntimeEvent } from '../../src/kernel/event.js';
import type { TelephonyEvent } from '../../src/telephony/telephony.js';

const program: MessageBoxProgram = { handset: 'eva', code: '*97', languages: ['cs'] };

/** A call that hears messages, up to the list of them. */
class Call {
  state: MessageBoxState;
  effects: MessageBoxEffect[];

  constructor(...ids: string[]) {
    const begun = messageBoxFlow.begin(program, {
      type: 'call_arrived',
      at: 0,
      channelId: 'x',
      caller: { number: 'eva', name: '' },
      codec: 'alaw',
      sip: { callId: 'y', remote: '', endpoint: 'eva' },
    });
    this.state = begun.state;
    this.effects = begun.effects;
    const messages = ids.map((id, index) => ({ id, number: [index + 1] }));
    this.take({ type: 'messages_found', at: 1, fresh: ids.length, count: [ids.length], messages });
  }

  take(event: TelephonyEvent | RuntimeEvent): void {
    const { state, effects } = messageBoxFlow.step(program, this.state, event);
    Object.assign(this, { state, effects });
  }

  press(digit: string): void {
    this.take({ type: 'digit', at: 5, digit, durationMs: 80 });
  }

  played(): void {
    this.take({ type: 'playback_finished', at: 4, playbackId: this.state.playbackId ?? '', failed: false });
  }

  get plays() {
    return this.effects.flatMap((effect) => (effect.type === 'play' ? effect.media : []));
  }

  get marks() {
    return this.effects.flatMap((effect) => (effect.type === 'mark_message' ? [[effect.messageId, effect.mark]] : []));
  }
}

describe('a call that hears messages', () => {
  it('answers, says how many are new, plays each with its number, and then the keys', () => {
    const call = new Call('r1', 'r2');
    expect(call.plays).toEqual([{ sound: 'messages-new' }, { prompt: 2 }]);
    call.played();
    expect(call.plays).toEqual([{ prompt: 1 }, { recording: 'r1' }]);
    call.played();
    expect([call.marks, call.plays]).toEqual([[['r1', 'heard']], [{ sound: 'messages-keys' }]]);
    call.press('6');
    expect([call.marks, call.plays]).toEqual([[], [{ prompt: 2 }, { recording: 'r2' }]]);
    call.press('6');
    expect([call.marks, call.plays]).toEqual([[['r2', 'heard']], [{ sound: 'messages-end' }]]);
    call.played();
    expect(call.effects).toMatchObject([{ type: 'hang_up' }]);
  });

  it.each([
    ['5', 'heard', { recording: 'r1' }],
    ['6', 'heard', { recording: 'r2' }],
    ['7', 'deleted', { recording: 'r2' }],
    ['8', 'done', { recording: 'r2' }],
  ])('%s during a message stops it, marks it as %s, and plays %j', (key, mark, next) => {
    const call = new Call('r1', 'r2');
    call.played();
    call.press(key);
    expect(call.effects).toContainEqual(expect.objectContaining({ type: 'stop_play' }));
    expect([call.marks, call.plays.at(-1)]).toEqual([[['r1', mark]], next]);
  });

  it('says that there are none, and hangs up', () => {
    const call = new Call();
    expect(call.plays).toEqual([{ sound: 'messages-none' }]);
    call.played();
    expect(call.effects).toMatchObject([{ type: 'hang_up' }]);
  });

  it('leaves a message new when the caller hangs up in the middle, or it cannot be played', () => {
    const call = new Call('r1', 'r2');
    call.played();
    call.take({ type: 'playback_refused', at: 5, playbackId: call.state.playbackId ?? '', reason: 'no file' });
    expect([call.marks, call.plays.at(-1)]).toEqual([[], { recording: 'r2' }]);
    call.take({ type: 'caller_gone', at: 6, cause: 'normal', q850: 16 });
    expect(call.marks).toEqual([]);
    expect(messageBoxFlow.isOver(call.state)).toBe(true);
    expect(messageBoxFlow.timers(call.state)).toEqual({});
  });

  it('plays the present message again after a crash of the gateway, and hangs up without a key', () => {
    const call = new Call('r1');
    call.played();
    const playbackId = call.state.playbackId ?? '';
    call.take({ type: 'playback_lost', at: 9, playbackId });
    expect(call.plays.at(-1)).toEqual({ recording: 'r1' });
    call.played();
    call.played();
    expect(call.state.phase).toBe('choosing');
    call.take({ type: 'timer', at: 99_000, name: 'give_up' });
    expect(call.effects).toMatchObject([{ type: 'hang_up' }]);
  });
});
