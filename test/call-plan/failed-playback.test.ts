import { describe, expect, it } from 'vitest';
import { PlannedCall } from './planned-call.js';
import { promptsOf } from './prompts-of.js';
import { program } from './property-harness.js';

/** A failed playback is started once more, because Asterisk may not have received the audio in time. */

class Listening extends PlannedCall {
  get plays(): string[] {
    return this.effects.flatMap((effect) =>
      effect.type === 'play' ? [`${promptsOf(effect.media).join('+')} ${effect.channelId}`] : [],
    );
  }

  playback(how: 'finished' | 'failed' | 'lost'): this {
    const { playbackId } = this.last('play');
    if (how === 'lost') this.take({ type: 'playback_lost', playbackId });
    else this.take({ type: 'playback_finished', playbackId, failed: how === 'failed' });
    return this;
  }

  get outcomes(): unknown[] {
    return this.entries.flatMap(({ kind, data }) => (kind === 'prompt' ? [data['outcome']] : []));
  }
}

const heard = (plan: unknown[]) => {
  const call = new Listening(program(plan));
  return { call, on: call.state.channelId };
};

describe('a prompt whose playback fails', () => {
  it('is played once more under another id, then the plan continues', () => {
    const { call, on } = heard(['answer', { play: 3 }, { play: 6 }]);
    const first = call.last('play').playbackId;
    call.playback('failed');
    expect(call.last('play').playbackId).not.toBe(first);
    expect(call.plays).toEqual([`3 ${on}`, `3 ${on}`]);
    expect(call.outcomes).toEqual([]);
    call.playback('finished');
    expect(call.plays).toEqual([`3 ${on}`, `3 ${on}`, `6 ${on}`]);
    expect(call.outcomes).toEqual(['played']);
  });

  it('has failed when it fails again, also after a crash in between', () => {
    for (const between of [[], ['lost']] as 'lost'[][]) {
      const { call, on } = heard(['answer', { play: 3 }, { play: 6 }]);
      call.playback('failed');
      for (const how of between) call.playback(how);
      call.playback('failed');
      expect(call.outcomes).toEqual(['failed']);
      expect(call.plays.at(-1)).toBe(`6 ${on}`);
    }
  });

  it('is played again as part of a question', () => {
    const { call, on } = heard(['answer', { collect: { prompt: 3, max: 4, save_as: 'pin' } }, { play: 6 }]);
    call.playback('failed').playback('finished');
    for (const digit of '1234') call.take({ type: 'digit', digit, durationMs: 80 });
    expect(call.state.collected).toEqual({ pin: '1234' });
    expect(call.plays).toEqual([`3 ${on}`, `3 ${on}`, `6 ${on}`]);
  });

  it('is played once more when it was injected into the call', () => {
    const { call, on } = heard(['answer', { play: 3 }]);
    call.take({ type: 'commanded', command: { type: 'play', prompt: 9, side: 'caller' } as never });
    expect(call.plays).toEqual([`3 ${on}`, `9 ${on}`]);
    call.playback('failed').playback('failed');
    expect(call.plays).toEqual([`3 ${on}`, `9 ${on}`, `9 ${on}`]);
    expect(call.outcomes).toEqual(['failed']);
  });
});

describe('a prompt that is missing in Asterisk', () => {
  const afterReconcile = (after: 'gateway_restart' | 'link_lost') => {
    const { call, on } = heard(['answer', { play: 3 }, { play: 6 }]);
    const { playbackId } = call.last('play');
    call.take({ type: 'playback_accepted', playbackId, durationMs: 900, prompts: [] });
    call.take({ type: 'playback_started', playbackId });
    call.take({ type: 'reconciled', after, channels: { [on]: 'up' }, playbacks: [] });
    return call.plays;
  };

  it('is played again after a restart of the gateway, which Asterisk fetches the audio from', () => {
    expect(afterReconcile('gateway_restart').map((play) => play.split(' ')[0])).toEqual(['3', '3']);
  });

  it('counts as played when the gateway was there all the time', () => {
    expect(afterReconcile('link_lost').map((play) => play.split(' ')[0])).toEqual(['3', '6']);
  });
});
