import { promptsOf } from './prompts-of.js';
import { describe, expect, it } from 'vitest';
import type { PlanEffect } from '../../src/call-plan/call.js';
import type { PlanProgram } from '../../src/call-plan/program.js';
import { ANNOUNCEMENT, arrival, flow, program, START } from './property-harness.js';
import type { PlanEvent } from '../../src/call-plan/event.js';
import type { PlanState } from '../../src/call-plan/state.js';

/** One call, event by event. */
class Caller {
  state: PlanState;
  effects: PlanEffect[];
  readonly log: string[] = [];
  #at = START;

  constructor(private readonly plan: PlanProgram) {
    const step = flow.begin(plan, arrival());
    this.state = step.state;
    this.effects = step.effects;
  }

  take(event: Omit<PlanEvent, 'at'>): PlanEffect[] {
    this.#at += 1000;
    const step = flow.step(this.plan, this.state, { ...event, at: this.#at } as PlanEvent);
    this.state = step.state;
    this.effects.push(...step.effects);
    this.log.push(...step.log.map(({ kind }) => kind));
    return step.effects;
  }

  last<T extends PlanEffect['type']>(type: T): Extract<PlanEffect, { type: T }> {
    const found = this.effects.filter((effect): effect is Extract<PlanEffect, { type: T }> => effect.type === type);
    return found.at(-1)!;
  }

  heardTheAnnouncement(failed = false): PlanEffect[] {
    const { playbackId, media } = this.last('play');
    const prompts = promptsOf(media);
    expect(prompts).toEqual([ANNOUNCEMENT]);
    this.take({ type: 'playback_accepted', playbackId, durationMs: 900, prompts: [] } as never);
    return this.take({ type: 'playback_finished', playbackId, failed } as never);
  }
}

const types = (effects: PlanEffect[]) => effects.map(({ type }) => type);
const recorded = { announce: ANNOUNCEMENT };

describe('a ring that is recorded', () => {
  const ring = { ring: { handset: 'sales', record: recorded } };

  it('answers the caller and plays the announcement before ringing, and records from the bridge on', () => {
    const call = new Caller(program([ring]));
    expect(types(call.effects)).toEqual(['answer', 'play']);
    expect(types(call.heardTheAnnouncement())).toEqual(['start_ringing', 'dial']);
    const talk = call.take({ type: 'leg_answered', legId: call.last('dial').legId } as never);
    expect(types(talk).slice(-2)).toEqual(['bridge', 'record_start']);
    expect(call.last('record_start').bridgeId).toBe(call.last('bridge').bridgeId);
    const { recordingId } = call.last('record_start');
    call.take({ type: 'recording_started', recordingId } as never);
    const end = call.take({ type: 'caller_gone', cause: 'normal', q850: 16 } as never);
    expect(types(end).indexOf('record_stop')).toBeLessThan(types(end).indexOf('unbridge'));
    expect(call.log).toContain('recording_started');
    expect(flow.summary(call.state).recordings).toMatchObject([
      {
        id: recordingId,
        queue: null,
        agent: { handset: 'sales' },
        news: { event: 'recording_ready', result: 'SUCCESS' },
      },
    ]);
  });

  it('continues without a recording when the announcement cannot be played', () => {
    const call = new Caller(program([ring]));
    expect(types(call.heardTheAnnouncement(true))).toEqual(['play']);
    expect(types(call.heardTheAnnouncement(true))).toEqual(['start_ringing', 'dial']);
    expect(call.log).toContain('not_recorded');
    call.take({ type: 'leg_answered', legId: call.last('dial').legId } as never);
    expect(call.last('record_start')).toBeUndefined();
  });

  it('is announced once per caller, and recorded each time', () => {
    const call = new Caller(program([ring, ring]));
    call.heardTheAnnouncement();
    call.take({ type: 'leg_over', legId: call.last('dial').legId, cause: 'busy' } as never);
    expect(call.effects.filter(({ type }) => type === 'play')).toHaveLength(1);
    call.take({ type: 'leg_answered', legId: call.last('dial').legId } as never);
    expect(call.last('record_start')).toBeDefined();
  });

  it('without an announcement rings at once', () => {
    const call = new Caller(program([{ ring: { handset: 'sales', record: true } }]));
    expect(types(call.effects)).toEqual(['start_ringing', 'dial']);
    call.take({ type: 'leg_answered', legId: call.last('dial').legId } as never);
    expect(call.last('record_start')).toBeDefined();
  });

  it('logs a recording failure of Asterisk and continues the talk', () => {
    const call = new Caller(program([{ ring: { handset: 'sales', record: true } }]));
    call.take({ type: 'leg_answered', legId: call.last('dial').legId } as never);
    const { id } = call.last('record_start');
    expect(call.take({ type: 'effect_failed', effectId: id, effect: 'record_start', reason: 'no' } as never)).toEqual(
      [],
    );
    expect(call.log.at(-1)).toBe('recording_failed');
    expect(call.state.phase).toBe('running');
  });
});

describe('a queue that is recorded', () => {
  it('plays the announcement before the wait, and records under the visit’s id', () => {
    const call = new Caller(program([{ enqueue: { queue: 2, answered: [{ enqueue: { queue: 2 } }] } }]));
    expect(types(call.effects)).toEqual(['answer', 'play']);
    expect(types(call.heardTheAnnouncement())).toEqual(['enqueue']);
    const { visitId, record } = call.last('enqueue');
    expect(record).toBe(true);
    call.take({ type: 'caller_left' });
    call.take({ type: 'queue_answered', queue: 2, handset: 'sales' } as never);
    call.take({ type: 'queue_left', visitId, result: 'CONTINUE' } as never);
    call.take({ type: 'caller_gone', cause: 'normal', q850: 16 } as never);
    const recordings = flow.summary(call.state).recordings ?? [];
    expect(recordings).toMatchObject([
      { id: visitId, queue: 2, agent: { handset: 'sales' } },
      { id: call.last('enqueue').visitId, queue: 2, agent: null, startedAt: null },
    ]);
    expect(recordings.map(({ news }) => news?.seq)).toEqual([call.state.eventSeq - 1, call.state.eventSeq]);
  });

  it('plays the announcement after the transfer prompt of a hand-over', () => {
    const call = new Caller(program([{ hand_over: { url: 'http://shop.test/' } }]));
    const body = '{"action":"transfer_to_group","call_group_id":"2","group_transfer_recording_id":"8"}';
    const effectId = call.last('http').id;
    call.take({ type: 'http_answered', effectId, status: 200, body, latencyMs: 1, attempts: 1 } as never);
    const { playbackId, media } = call.last('play');
    const prompts = promptsOf(media);
    expect(prompts).toEqual([8]);
    call.take({ type: 'playback_accepted', playbackId, durationMs: 900, prompts: [] } as never);
    call.take({ type: 'playback_finished', playbackId, failed: false } as never);
    expect(types(call.heardTheAnnouncement())).toEqual(['enqueue']);
    expect(call.last('enqueue').record).toBe(true);
  });
});
