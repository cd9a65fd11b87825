import { describe, expect, it } from 'vitest';
import type { PlanEffect } from '../../src/call-plan/call.js';
import { PlannedCall, playOf } from './planned-call.js';
import { promptsOf } from './prompts-of.js';
import { program } from './property-harness.js';

const types = (effects: PlanEffect[]) => effects.map(({ type }) => type);
const client = { about: { order: 'A-17', role: 'client' as const } };
const explained = { busy_prompt: 31, no_answer_prompt: 32, rejected_prompt: 33, unreachable_prompt: 34 };
const plan = [{ connect: { party: 'driver', ...explained, unanswered: [{ play: 40 }] } }, { play: 41 }];

const begun = (about: object = client, actions: unknown = plan) => new PlannedCall({ ...program(actions), ...about });

describe('connect', () => {
  it('rings the other party of the order with the caller ID of the line, while the caller hears ringback', () => {
    const call = begun();
    expect(types(call.effects)).toEqual(['start_ringing', 'dial']);
    expect(call.last('dial')).toMatchObject({
      to: { party: 'driver', order: 'A-17' },
      callerId: null,
      line: '+420222333444',
    });
  });

  it('connects a driver with the client even for the party `driver`', () => {
    const call = begun({ about: { order: 'A-17', role: 'driver' } });
    expect(call.last('dial').to).toEqual({ party: 'client', order: 'A-17' });
    expect(begun({ about: { order: 'A-17', role: 'driver' } }, [{ connect: 'other' }]).last('dial').to).toEqual({
      party: 'client',
      order: 'A-17',
    });
  });

  it('connects the caller with the answered leg, and ends when either side hangs up', () => {
    const call = begun();
    const { legId } = call.last('dial');
    call.take({ type: 'leg_dialling', legId });
    call.take({ type: 'leg_ringing', legId });
    expect(types(call.take({ type: 'leg_answered', legId }))).toContain('bridge');
    const end = call.take({ type: 'leg_over', legId, cause: 'normal' });
    expect(types(end)).toEqual(['unbridge', 'leash', 'hang_up']);
    expect(call.state.endedBy).toBe('party');

    const other = begun();
    other.take({ type: 'leg_answered', legId });
    expect(other.take({ type: 'caller_gone', cause: 'normal', q850: 16 })).toMatchObject([
      { type: 'hang_up', channelId: legId },
      { type: 'unbridge' },
    ]);
  });

  it('plays the shipped prompts when the plan has none', () => {
    const failurePrompts = { busy: 81, no_answer: 82, rejected: 83, unreachable: 84 };
    const busy = (connect: object) => {
      const call = begun({ ...client, failurePrompts }, [{ connect }, { play: 41 }]);
      return call.take({ type: 'leg_over', legId: call.last('dial').legId, cause: 'busy' });
    };
    expect(busy({ party: 'driver' })).toContainEqual(expect.objectContaining(playOf(81)));
    expect(busy({ busy_prompt: 31 })).toContainEqual(expect.objectContaining(playOf(31)));
    expect(busy({ unanswered: [{ play: 40 }] })).toContainEqual(expect.objectContaining(playOf(40)));
  });

  it('ends a talk at its limit', () => {
    const call = begun(client, [{ connect: { max_duration: 60 } }]);
    const { legId } = call.last('dial');
    call.take({ type: 'leg_answered', legId });
    expect(call.timers['talk']).toBe(call.at + 60_000);
    const end = call.take({ type: 'timer', name: 'talk' });
    expect(end).toContainEqual(expect.objectContaining({ type: 'hang_up', channelId: legId }));
    expect(call.state.phase).toBe('hanging_up');
  });

  it.each([
    ['busy', 31],
    ['no_answer', 32],
    ['rejected', 33],
    ['unreachable', 34],
    ['unregistered', 34],
    ['refused', 34],
    ['limited', 34],
    ['failed', 34],
    ['unknown', 32],
  ] as const)('plays the failure prompt when the leg ends with %s, and continues', (cause, prompt) => {
    const call = begun();
    call.take({ type: 'leg_over', legId: call.last('dial').legId, cause });
    const { playbackId, media } = call.last('play');
    const prompts = promptsOf(media);
    expect(prompts).toEqual([prompt]);
    expect(types(call.effects).slice(-2)).toEqual(['answer', 'play']);
    call.take({ type: 'playback_finished', playbackId, failed: false });
    expect(call.lastPrompts).toEqual([40]);
  });

  it('gives up after the timeout, stops ringing and plays the no-answer prompt', () => {
    const call = begun();
    const left = call.take({ type: 'timer', name: 'ring' });
    expect(types(left)).toEqual(['hang_up', 'stop_ringing', 'answer', 'play']);
    expect(call.lastPrompts).toEqual([32]);
  });

  it('hangs up the other party when the caller gives up', () => {
    const call = begun();
    const { legId } = call.last('dial');
    expect(call.take({ type: 'caller_gone', cause: 'normal', q850: 16 })).toMatchObject([
      { type: 'hang_up', channelId: legId },
    ]);
  });

  it('continues without an order, at once when there are no prompts', () => {
    expect(begun({}).lastPrompts).toEqual([34]);
    const call = begun({}, [{ connect: 'driver' }, { play: 41 }]);
    expect(types(call.effects)).toEqual(['play']);
    expect(call.log).toContain('not_connected');
  });

  it('reconciles the leg after a restart', () => {
    const call = begun();
    const { legId } = call.last('dial');
    call.take({ type: 'leg_dialling', legId });
    const channels = { [call.state.channelId]: 'up', [legId]: 'up' } as const;
    expect(types(call.take({ type: 'reconciled', after: 'gateway_restart', channels, playbacks: [] }))).toContain(
      'bridge',
    );
  });
});
