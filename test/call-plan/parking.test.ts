import { beforeEach, describe, expect, it } from 'vitest';
import type { PlanEffect } from '../../src/call-plan/call.js';
import { PlannedCall } from './planned-call.js';
import { program } from './property-harness.js';

/** Parked callers: the decisions of the flow. Real calls: test/asterisk/parking.test.ts. */

const types = (effects: PlanEffect[]) => effects.map(({ type }) => type);
const RING = [{ ring: { handset: 'sales', timeout: 20, record: true } }];
const DIGITS = [900, 901, 902, 903, 904, 905, 906, 907, 908, 909];

function talking(parking: object = {}): { call: PlannedCall; legId: string } {
  const call = new PlannedCall({
    ...program(RING),
    transferCodes: { park: '*3' },
    parking: { ringBackMs: 90_000, digits: DIGITS, ...parking },
  });
  const { legId } = call.last('dial');
  call.take({ type: 'leg_answered', legId });
  return { call, legId };
}

const findPlace = (call: PlannedCall, place: number | null) =>
  call.take({ type: 'place_found', effectId: call.last('find_place').id, place });
const command = (call: PlannedCall, what: 'park' | 'pick_up', handset: string) =>
  call.take({ type: 'commanded', command: { type: what, handset } });

function parked(parking: object = {}): { call: PlannedCall; legId: string } {
  const talk = talking(parking);
  command(talk.call, 'park', 'sales');
  findPlace(talk.call, 4);
  return talk;
}

describe('a talk', () => {
  it('is parked: the caller hears music, and the operator is free', () => {
    const { call, legId } = talking();
    const effects = command(call, 'park', 'sales');
    expect(types(effects)).toEqual(
      expect.arrayContaining(['record_stop', 'unbridge', 'start_music', 'hang_up', 'find_place']),
    );
    expect(effects).toContainEqual(expect.objectContaining({ type: 'hang_up', channelId: legId }));
    expect(call.summary.live?.parked).toBeUndefined();
    findPlace(call, 4);
    expect(call.summary.live).toMatchObject({ talk: null, parked: { place: 4, by: 'sales' } });
    expect(call.log).toContain('parked');
    // The end of the operator's channel changes nothing.
    expect(call.take({ type: 'leg_over', legId, cause: 'normal' })).toEqual([]);
  });

  it('of another handset is not', () => {
    const { call } = talking();
    expect(command(call, 'park', 'other')).toEqual([]);
  });

  it('is parked by a code: the operator hears the number of the place, and the call ends', () => {
    const { call, legId } = talking();
    for (const digit of '*3') call.take({ type: 'leg_digit', legId, digit, durationMs: 100 });
    const [play] = findPlace(call, 12);
    expect(play).toMatchObject({ type: 'play', channelId: legId, media: [{ prompt: 901 }, { prompt: 902 }] });
    const { playbackId } = call.last('play');
    const effects = call.take({ type: 'playback_finished', playbackId, failed: false });
    expect(effects).toEqual([expect.objectContaining({ type: 'hang_up', channelId: legId })]);
    expect(call.timers).not.toHaveProperty('park_told');
  });

  it('without a free place rings back at once', () => {
    const { call } = talking();
    command(call, 'park', 'sales');
    const effects = findPlace(call, null);
    expect(effects).toContainEqual(expect.objectContaining({ type: 'dial', to: { handset: 'sales' } }));
    expect(call.log).toContain('not_parked');
  });
});

describe('a parked caller', () => {
  let call: PlannedCall;
  beforeEach(() => {
    ({ call } = parked());
  });
  const answer = () => call.take({ type: 'leg_answered', legId: call.last('dial').legId });
  const due = (name: string) => call.take({ type: 'timer', name });

  it('is picked up by another handset, and the talk is recorded as before', () => {
    command(call, 'pick_up', 'other');
    expect(call.summary.live).toMatchObject({ rings: [{ who: { handset: 'other' } }], parked: { place: 4 } });
    expect(types(answer())).toEqual(expect.arrayContaining(['stop_music', 'bridge', 'record_start']));
    expect(call.summary.live).toMatchObject({ talk: { who: { handset: 'other' } } });
    expect(call.summary.live?.parked).toBeUndefined();
    expect(call.news.at(-1)).toMatchObject({ event: 'answered', agent: { handset: 'other' } });
    // Parked again from there.
    expect(types(command(call, 'park', 'other'))).toContain('find_place');
  });

  it('is picked up by a handset that dialled the code', () => {
    const effects = call.take({ type: 'leg_taken', legId: '1700000000.7', handset: 'other' });
    expect(effects).toContainEqual(expect.objectContaining({ type: 'answer', channelId: '1700000000.7' }));
    expect(types(effects)).toContain('bridge');
    // A second one is late.
    expect(call.take({ type: 'leg_taken', legId: '1700000000.8', handset: 'late' })).toEqual([
      expect.objectContaining({ type: 'hang_up', channelId: '1700000000.8' }),
    ]);
    // After a restart the gateway finds the first one again.
    expect(call.take({ type: 'leg_taken', legId: '1700000000.7', handset: 'other' })).toEqual([]);
  });

  it('rings back, and is parked again when nobody answers', () => {
    expect(due('park')).toContainEqual(expect.objectContaining({ type: 'dial', to: { handset: 'sales' } }));
    due('park_ring');
    expect(call.summary.live).toMatchObject({ parked: { place: 4 }, rings: [] });
    due('park');
    call.take({ type: 'leg_over', legId: call.last('dial').legId, cause: 'busy' });
    due('park');
    expect(types(answer())).toContain('bridge');
    expect(call.summary.live?.talk?.who).toEqual({ handset: 'sales' });
  });

  it('goes to the configured queue when the ring back is not answered', () => {
    ({ call } = parked({ queue: 1 }));
    due('park');
    expect(types(due('park_ring'))).toEqual(expect.arrayContaining(['hang_up', 'stop_music', 'enqueue']));
  });

  it('stays parked when the handset that picks up does not answer', () => {
    ({ call } = parked({ queue: 1 }));
    command(call, 'pick_up', 'other');
    call.take({ type: 'leg_over', legId: call.last('dial').legId, cause: 'rejected' });
    expect(call.summary.live).toMatchObject({ parked: { place: 4 } });
    expect(call.timers).toHaveProperty('park');
  });

  it('is taken away from the ring back by another operator', () => {
    due('park');
    const { legId } = call.last('dial');
    expect(command(call, 'pick_up', 'other')).toContainEqual(
      expect.objectContaining({ type: 'hang_up', channelId: legId }),
    );
    expect(call.take({ type: 'leg_over', legId, cause: 'normal' })).toEqual([]);
    expect(types(answer())).toContain('bridge');
  });

  it('hangs up: nothing is left', () => {
    command(call, 'pick_up', 'other');
    const { legId } = call.last('dial');
    const effects = call.take({ type: 'caller_gone', cause: 'normal', q850: 16 });
    expect(effects).toContainEqual(expect.objectContaining({ type: 'hang_up', channelId: legId }));
    expect(call.state.phase).toBe('over');
    expect(call.timers).toEqual({});
  });

  it('survives a restart of the gateway, also while a handset rings', () => {
    const channels = { [call.state.channelId]: 'up' } as const;
    const restart = () => call.take({ type: 'reconciled', after: 'gateway_restart', channels, playbacks: [] });
    expect(restart()).toEqual([]);
    command(call, 'pick_up', 'other');
    expect(restart()).toEqual([]);
    call.take({ type: 'leg_dialling', legId: call.last('dial').legId });
    restart();
    expect(call.summary.live).toMatchObject({ parked: { place: 4 }, rings: [] });
  });

  it('can be rejected and transferred; a call that is not parked cannot be picked up', () => {
    expect(types(call.take({ type: 'commanded', command: { type: 'transfer', to: { queue: 1 } } }))).toContain(
      'enqueue',
    );
    expect(command(call, 'pick_up', 'other')).toEqual([]);
  });
});
