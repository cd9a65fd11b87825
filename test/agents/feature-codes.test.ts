import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TelephonyEvent } from '../../src/telephony/telephony.js';
import {
  featureCodeFlow,
  type FeatureCodeEffect,
  type FeatureCodeProgram,
  type FeatureCodeState,
} from '../../src/agents/feature-code-flow.js';
import { parseFeatureCode } from '../../src/agents/feature-codes.js';

const company = { feature_codes: { log_in: '*45', pause: '*46' }, pause_reasons: ['oběd', 'porada'] };
const active = { loggedIn: true, paused: false, pauseReason: '' };
const paused = { loggedIn: true, paused: true, pauseReason: 'oběd' };
const out = { loggedIn: false, paused: false, pauseReason: '' };

describe('a feature code', () => {
  it.each([
    ['*45', [active, out], { change: { to: 'log_out' }, says: 'duty-logged-out' }],
    ['*45', [out, out], { change: { to: 'log_in' }, says: 'duty-logged-in' }],
    ['*46', [active, out], { change: { to: 'pause', reason: '' }, says: 'duty-paused' }],
    ['*46', [active, paused], { change: { to: 'unpause' }, says: 'duty-active' }],
    ['*462', [paused], { change: { to: 'pause', reason: 'porada' }, says: 'duty-paused' }],
    ['*46', [out], { change: null, says: 'duty-logged-out' }],
    ['*45', [], { change: null, says: 'duty-no-queue' }],
    ['*461', [], { change: null, says: 'duty-no-queue' }],
    ['*463', [active], undefined],
    ['*460', [active], undefined],
    ['*4622', [active], undefined],
    ['*4', [active], undefined],
    ['45', [active], undefined],
  ] as const)('%s of a handset that stands so: %j', (dialled, memberships, result) => {
    expect(parseFeatureCode(dialled, [...memberships], company)).toEqual(result);
  });

  it('that is off means nothing', () => {
    const off = { ...company, feature_codes: { log_in: 'off', pause: 'off' } };
    for (const dialled of ['*45', '*46', 'off', 'off1', ''])
      expect(parseFeatureCode(dialled, [active], off)).toBeUndefined();
  });
});

const program: FeatureCodeProgram = {
  handset: 'a1',
  code: '*45',
  languages: ['cs'],
  change: { to: 'log_out' },
  says: 'duty-logged-out',
};
const arrival: TelephonyEvent = {
  type: 'call_arrived',
  at: 0,
  channelId: 'x',
  caller: { number: 'a1', name: '' },
  codec: 'alaw',
  sip: { callId: 'y', remote: '', endpoint: 'a1' },
};

describe('the flow of a feature code', () => {
  it('answers, changes, says so and hangs up', () => {
    const begun = featureCodeFlow.begin(program, arrival);
    expect(begun.effects).toMatchObject([{ type: 'answer' }, { type: 'duty', change: { to: 'log_out' } }]);
    const changed = featureCodeFlow.step(program, begun.state, { type: 'duty_done', at: 1, handset: 'a1' });
    expect(changed.effects).toMatchObject([{ type: 'play', media: [{ sound: 'duty-logged-out' }], languages: ['cs'] }]);
    const playbackId = changed.state.playbackId ?? '';
    const heard = featureCodeFlow.step(program, changed.state, {
      type: 'playback_finished',
      at: 2,
      playbackId,
      failed: false,
    });
    expect(heard.effects).toMatchObject([{ type: 'hang_up' }]);
    const over = featureCodeFlow.step(program, heard.state, { type: 'caller_gone', at: 3, cause: 'normal', q850: 16 });
    expect(featureCodeFlow.isOver(over.state)).toBe(true);
    expect(over.state.endedBy).toBe('plan');
  });

  it('repeats a confirmation that could not be played, and hangs up if that fails too', () => {
    const begun = featureCodeFlow.begin(program, arrival);
    const fail = (state: FeatureCodeState, at: number) =>
      featureCodeFlow.step(program, state, {
        type: 'playback_finished',
        at,
        playbackId: state.playbackId ?? '',
        failed: true,
      });
    const first = featureCodeFlow.step(program, begun.state, { type: 'duty_done', at: 1, handset: 'a1' });
    const second = fail(first.state, 2);
    expect(second.effects).toMatchObject([{ type: 'play', media: [{ sound: 'duty-logged-out' }] }]);
    expect(second.state.playbackId).not.toBe(first.state.playbackId);
    expect(fail(second.state, 3).effects).toMatchObject([{ type: 'hang_up' }]);
  });

  it('gives the confirmation its full time after a slow change, and a repetition no more', () => {
    const { state } = featureCodeFlow.begin(program, arrival);
    expect(featureCodeFlow.timers(state)).toEqual({ give_up: 20_000 });
    const changed = featureCodeFlow.step(program, state, { type: 'duty_done', at: 19_000, handset: 'a1' });
    expect(featureCodeFlow.timers(changed.state)).toEqual({ give_up: 39_000 });
    const playbackId = changed.state.playbackId ?? '';
    const again = featureCodeFlow.step(program, changed.state, { type: 'playback_lost', at: 30_000, playbackId });
    expect(again.effects).toContainEqual(expect.objectContaining({ type: 'play' }));
    expect(featureCodeFlow.timers(again.state)).toEqual({ give_up: 39_000 });
    const late = featureCodeFlow.step(program, again.state, { type: 'timer', at: 39_000, name: 'give_up' });
    expect(late.effects).toMatchObject([{ type: 'hang_up' }]);
  });

  it('says that it failed', () => {
    const { state } = featureCodeFlow.begin(program, arrival);
    const failed = { type: 'effect_failed', at: 1, effectId: 'e2', effect: 'duty', reason: 'no' } as const;
    expect(featureCodeFlow.step(program, state, failed).effects).toMatchObject([
      { type: 'play', media: [{ sound: 'duty-failed' }] },
    ]);
  });

  it('requests the change once, waits with a deadline and always ends', () => {
    const playbackId = fc.constantFrom('c_x~p3', 'c_x~p4', 'other');
    const event = fc.oneof(
      fc.constant({ type: 'duty_done', handset: 'a1' }),
      fc.record({ type: fc.constant('effect_failed'), effect: fc.constantFrom('duty', 'answer', 'play') }),
      fc.record({
        type: fc.constantFrom('playback_accepted', 'playback_lost', 'playback_refused', 'playback_finished'),
        playbackId,
      }),
      fc.record({ type: fc.constantFrom('caller_gone', 'caller_left', 'digit') }),
      fc.record({ type: fc.constant('timer'), name: fc.constant('give_up') }),
      fc.record({
        type: fc.constant('reconciled'),
        after: fc.constantFrom('link_lost', 'gateway_restart', 'asterisk_restart'),
        channels: fc.constantFrom({}, { x: 'up' }, { x: 'elsewhere' }),
        playbacks: fc.constantFrom([], ['c_x~p3']),
      }),
    ) as fc.Arbitrary<TelephonyEvent>;
    fc.assert(
      fc.property(fc.array(event, { maxLength: 15 }), (events) => {
        const begun = featureCodeFlow.begin(program, arrival);
        let state: FeatureCodeState = begun.state;
        const effects: FeatureCodeEffect[] = [...begun.effects];
        const take = (one: TelephonyEvent | { type: 'timer'; at: number; name: string }) => {
          const wasOver = featureCodeFlow.isOver(state);
          const step = featureCodeFlow.step(program, state, one);
          if (wasOver) expect(step.effects).toEqual([]);
          state = step.state;
          effects.push(...step.effects);
          expect(Object.keys(featureCodeFlow.timers(state))).toHaveLength(featureCodeFlow.isOver(state) ? 0 : 1);
        };
        for (const one of events) take({ ...one, at: 1 });
        expect(effects.filter(({ type }) => type === 'duty')).toHaveLength(1);
        expect(new Set(effects.map(({ id }) => id)).size).toBe(effects.length);
        for (const at of [20_000, 40_000]) take({ type: 'timer', at, name: 'give_up' });
        expect(featureCodeFlow.isOver(state)).toBe(true);
      }),
    );
  });
});
