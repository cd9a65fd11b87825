import { describe, expect, it } from 'vitest';
import type { PlanEffect } from '../../src/call-plan/call.js';
import { PlannedCall, playOf } from './planned-call.js';
import { flow, program } from './property-harness.js';

const types = (effects: PlanEffect[]) => effects.map(({ type }) => type);

/** A call whose message is being recorded. */
function recording(): PlannedCall {
  const call = new PlannedCall(program([{ take_message: { max: '30s', silence: 4 } }, { play: 6 }]));
  call.take({ type: 'timer', name: 'tone' });
  call.take({ type: 'recording_started', recordingId: call.last('record_message').recordingId });
  return call;
}

const goesOn = (call: PlannedCall) => expect(call.lastPrompts).toEqual([6]);

describe('take_message', () => {
  it('answers, plays the prompt and a tone, then records', () => {
    const call = new PlannedCall(program([{ take_message: { prompt: 7 } }]));
    expect(call.effects).toMatchObject([{ type: 'answer' }, playOf(7)]);
    const { playbackId } = call.last('play');
    call.take({ type: 'playback_accepted', playbackId, durationMs: 900, prompts: [] });
    const tone = call.take({ type: 'playback_finished', playbackId, failed: false });
    expect(types(tone)).toEqual(['play_tone']);
    expect(call.take({ type: 'timer', name: 'tone' })).toMatchObject([
      { type: 'stop_play', playbackId: call.last('play_tone').playbackId },
      { type: 'record_message', channelId: '1.1', maxS: 120, silenceS: 5 },
    ]);
    expect(call.timers).toHaveProperty('message');
  });

  it('continues when the recording ends, and forgets the keys pressed meanwhile', () => {
    const call = recording();
    const { recordingId } = call.last('record_message');
    expect(call.take({ type: 'digit', digit: '#', durationMs: 100 })).toEqual([]);
    call.take({ type: 'recording_finished', recordingId, durationMs: 2000 });
    goesOn(call);
    expect(call.state.typedAhead).toBe('');
    call.take({ type: 'caller_gone', cause: 'normal', q850: 16 });
    expect(call.summary.recordings).toMatchObject([
      { id: recordingId, kind: 'message', queue: null, startedAt: expect.any(Number) as number },
    ]);
    expect(call.news.map(({ event }) => event)).toEqual(['call_started', 'hangup']);
  });

  it('is not ended by another recording', () => {
    const call = recording();
    expect(call.take({ type: 'recording_finished', recordingId: 'c_1.1~r99', durationMs: 1 })).toEqual([]);
    expect(call.state.action?.type).toBe('take_message');
  });

  it.each([
    ['cannot be made', { type: 'effect_failed', effectId: 'e9', effect: 'record_message', reason: 'no' }],
    ['ends without a word from Asterisk', { type: 'timer', name: 'message' }],
  ] as const)('continues when the recording %s', (_, event) => {
    const call = recording();
    call.take(event);
    goesOn(call);
  });

  it('asks Asterisk after a restart of the gateway whether the recording has ended meanwhile', () => {
    const call = recording();
    const { recordingId } = call.last('record_message');
    const channels = { '1.1': 'up' as const };
    expect(call.take({ type: 'reconciled', after: 'gateway_restart', channels, playbacks: [] })).toMatchObject([
      { type: 'find_recording', recordingId },
    ]);
    call.take({ type: 'recording_finished', recordingId });
    goesOn(call);
  });

  it('ends with the caller: the recording is reported after its import', () => {
    const call = recording();
    expect(call.take({ type: 'caller_gone', cause: 'normal', q850: 16 })).toEqual([]);
    expect(flow.isOver(call.state)).toBe(true);
    expect(call.summary.recordings).toMatchObject([{ kind: 'message', news: { event: 'recording_ready' } }]);
  });
});
