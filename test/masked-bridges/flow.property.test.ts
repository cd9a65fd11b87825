import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bridgeFlow } from '../../src/masked-bridges/flow.js';
import type { BridgeFlowState } from '../../src/masked-bridges/state.js';
import { program, TestedBridge, type TestedFlow } from './bridge-harness.js';

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 500);

const programs = [
  program(),
  program({ confirmDigit: '5' }),
  program({ record: { announce: 70 }, waitAudio: 'silence' }),
  program({ record: { announce: 70 }, confirmDigit: '5', warningMs: 0 }),
  program({ record: { announce: null } }),
];
const causes = [
  'normal',
  'busy',
  'no_answer',
  'rejected',
  'unreachable',
  'unregistered',
  'refused',
  'limited',
  'unknown',
] as const;
const absences = ['gateway_restart', 'link_lost', 'asterisk_restart'] as const;
const stands = fc.constantFrom('down', 'ringing', 'up', 'up', 'up', 'elsewhere', undefined);
const names = fc.constantFrom<('a' | 'b')[]>('a', 'b');

type Draw = (bridge: TestedBridge) => void;
const legIdOf = (name: string) => `b_1~${name}`;

/** Random events; those that advance a bridge are more frequent. */
const draw: fc.Arbitrary<Draw> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.tuple(names, fc.constantFrom('dialling', 'ringing', 'answered', 'answered', 'left')).map(
      ([name, what]): Draw =>
        (bridge) =>
          bridge.leg(name, what),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(names, fc.constantFrom(...causes)).map(
      ([name, cause]): Draw =>
        (bridge) =>
          bridge.over(name, cause),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.boolean().map(
      (failed): Draw =>
        (bridge) =>
          bridge.said(failed),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.nat(5).map((pick): Draw => (bridge) => {
      const due = Object.keys(bridge.flow.timers(bridge.state));
      const name = due[pick % Math.max(1, due.length)];
      if (name !== undefined) bridge.timer(name);
    }),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(names, fc.constantFrom('5', '5', '1')).map(
      ([name, digit]): Draw =>
        (bridge) =>
          bridge.give({ type: 'leg_digit', legId: legIdOf(name), digit, durationMs: 100 }),
    ),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.constantFrom(...absences), stands, stands, fc.boolean())
      .map(([after, a, b, plays]): Draw => (bridge) => {
        const gone = after === 'asterisk_restart';
        const channels = { ...(a && !gone && { [legIdOf('a')]: a }), ...(b && !gone && { [legIdOf('b')]: b }) };
        const playing = bridge.state.saying?.playbackId;
        bridge.give({
          type: 'reconciled',
          after,
          channels,
          playbacks: plays && playing !== undefined ? [playing] : [],
        });
      }),
  },
  {
    weight: 1,
    arbitrary: fc.nat(9).map((pick): Draw => (bridge) => {
      const last = bridge.effects[bridge.effects.length - 1 - (pick % bridge.effects.length)];
      const effect = (pick > 4 ? bridge.effects.find(({ type }) => type === 'bridge') : undefined) ?? last;
      if (effect) bridge.give({ type: 'effect_failed', effectId: effect.id, effect: effect.type, reason: 'gone' });
    }),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('playback_lost', 'playback_refused').map((type): Draw => (bridge) => {
      const playbackId = bridge.state.saying?.playbackId;
      if (playbackId !== undefined) bridge.give({ type, playbackId, reason: 'no audio' });
    }),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('hang_up', 'reject').map(
      (what): Draw =>
        (bridge) =>
          bridge.give({ type: 'commanded', command: { do: what, prompt: null } as never }),
    ),
  },
);
const scenario = fc.array(draw, { minLength: 3, maxLength: 30 });

interface Look {
  bridge: TestedBridge;
  before: BridgeFlowState;
  fresh: TestedBridge['effects'];
}

function play(
  flow: TestedFlow,
  which: number,
  draws: Draw[],
  look: (seen: Look) => void = () => undefined,
): TestedBridge {
  const bridge = new TestedBridge(programs[which % programs.length]!, flow);
  look({ bridge, before: bridge.state, fresh: bridge.effects });
  for (const each of draws) {
    const [before, count] = [bridge.state, bridge.effects.length];
    each(bridge);
    look({ bridge, before, fresh: bridge.effects.slice(count) });
  }
  return bridge;
}

const ORDER = ['queued', 'dialing_a', 'a_answered', 'dialing_b', 'bridged', 'ended'];

const properties: Record<string, (flow: TestedFlow, which: number, draws: Draw[]) => void> = {
  'never calls B before A has answered'(flow, which, draws) {
    const { effects, events } = play(flow, which, draws);
    const dials = effects.flatMap((effect) => (effect.type === 'dial' ? [effect.legId] : []));
    expect(dials.length).toBeLessThanOrEqual(2);
    expect(new Set(dials).size).toBe(dials.length);
    expect(dials[0]).toBe(legIdOf('a'));
    if (dials.length === 2) expect(events.map(({ fields }) => fields['state'])).toContain('a_answered');
  },
  'goes through its states in order, and reports each once'(flow, which, draws) {
    const { events, state, isOver } = play(flow, which, draws);
    const states = events.map(({ fields }) => String(fields['state']));
    const last = states.at(-1);
    const way = last === 'failed' ? states.slice(0, -1) : states;
    expect(way).toEqual(ORDER.slice(0, way.length));
    if (last === 'failed') expect(way).not.toContain('bridged');
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
    expect(state.standing.state).toBe(last);
    expect(last === 'failed').toBe(state.standing.failed !== null);
    if (isOver) expect(['ended', 'failed']).toContain(last);
  },
  'leaves nobody in the line'(flow, which, draws) {
    const { effects, isOver, state } = play(flow, which, draws);
    if (!isOver) return;
    expect(flow.timers(state)).toEqual({});
    expect(flow.watched(state)).toEqual({ channels: [], playbacks: [] });
    const { legs } = state;
    for (const leg of Object.values(legs))
      expect(['over', 'idle']).toContain(leg.stands === 'idle' ? 'idle' : leg.stands);
    const asked = effects.map(({ type }) => type);
    if (asked.includes('bridge')) expect(asked).toContain('unbridge');
  },
  'hangs up whoever is still there'(flow, which, draws) {
    const ended = new Set<string>();
    const bridge = play(flow, which, draws, ({ bridge: now, before }) => {
      for (const name of ['a', 'b'] as const) {
        const stood = before.legs[name].stands;
        if (stood !== 'idle' && stood !== 'over' && now.state.legs[name].stands === 'over') ended.add(name);
      }
    });
    if (!bridge.isOver) return;
    const hungUp = bridge.effects.flatMap((effect) => (effect.type === 'hang_up' ? [effect.channelId] : []));
    const over = bridge.log.flatMap(({ kind, data }) => (kind === 'leg_over' ? [JSON.stringify(data['to'])] : []));
    const wasLost = bridge.log.some(({ kind, data }) => kind === 'recovered' && data['after'] === 'asterisk_restart');
    for (const [name, role] of [
      ['a', 'client'],
      ['b', 'driver'],
    ] as const)
      if (ended.has(name) && !wasLost)
        expect(hungUp.includes(legIdOf(name)) || over.some((who) => who.includes(role))).toBe(true);
  },
  'waits for nothing without a deadline'(flow, which, draws) {
    play(flow, which, draws, ({ bridge }) => {
      const due = Object.keys(flow.timers(bridge.state)).filter((name) => name !== 'leash');
      if (!bridge.isOver) expect(due).not.toEqual([]);
    });
  },
  'ends when nobody is heard of any more'(flow, which, draws) {
    const bridge = play(flow, which, draws);
    for (let rung = 0; rung < 500 && !bridge.isOver; rung += 1) {
      const [next] = Object.entries(flow.timers(bridge.state))
        .filter(([name]) => name !== 'leash')
        .sort(([, one], [, other]) => one - other);
      bridge.timer(next?.[0] ?? 'leash');
    }
    expect(bridge.isOver).toBe(true);
  },
  'lets A hear that it rings while B rings, and not in the talk'(flow, which, draws) {
    const { effects, program: given, state } = play(flow, which, draws);
    const asked = effects.map(({ type }) => type);
    if (given.waitAudio !== 'ringback') expect(asked).not.toContain('start_ringing');
    else if (asked.filter((type) => type === 'dial').length === 2)
      expect(asked.indexOf('start_ringing')).toBeLessThan(asked.lastIndexOf('dial'));
    if (asked.includes('bridge') && given.waitAudio === 'ringback')
      expect(asked.indexOf('stop_ringing')).toBeLessThan(asked.indexOf('bridge'));
    if (state.phase === 'explaining' && given.waitAudio === 'ringback') expect(asked).toContain('stop_ringing');
  },
  'asks for nothing once it is over, and gives each effect an id of its own'(flow, which, draws) {
    const { effects } = play(flow, which, draws, ({ bridge, before, fresh }) => {
      if (flow.isOver(before) && bridge.events.length > 1) expect(fresh).toEqual([]);
    });
    expect(new Set(effects.map(({ id }) => id)).size).toBe(effects.length);
  },
  'records nothing that somebody has not heard of'(flow, which, draws) {
    const { effects, program: given, log } = play(flow, which, draws);
    const recorded = effects.some(({ type }) => type === 'record_start');
    if (given.record === null) expect(recorded).toBe(false);
    if (recorded && given.record?.announce != null)
      expect(
        log.filter(({ kind, data }) => kind === 'said' && data['outcome'] === 'played').length,
      ).toBeGreaterThanOrEqual(2);
  },
  'is the same after being stored and loaded, and leaves what it was given'(flow, which, draws) {
    play(flow, which, draws, ({ bridge, before }) => {
      expect(JSON.parse(JSON.stringify(bridge.state))).toEqual(bridge.state);
      expect(JSON.parse(JSON.stringify(before))).toEqual(before);
    });
  },
};

function holds(
  property: (flow: TestedFlow, which: number, draws: Draw[]) => void,
  flow: TestedFlow = bridgeFlow,
  parameters: { numRuns: number; seed?: number } = { numRuns: RUNS },
): void {
  fc.assert(
    fc.property(fc.nat(programs.length - 1), scenario, (which, draws) => property(flow, which, draws)),
    parameters,
  );
}

describe('properties of a bridge', () => {
  for (const [name, property] of Object.entries(properties)) it(name, () => holds(property));

  it('reaches all of its ends', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(fc.nat(programs.length - 1), scenario, (which, draws) => {
        const { standing, phase } = play(bridgeFlow, which, draws).state;
        seen
          .add(phase)
          .add(standing.endedBy ?? '')
          .add(standing.failed?.reason ?? '')
          .add(standing.failed?.detail ?? '');
      }),
      { numRuns: 4000, seed: 1001 },
    );
    for (const end of ['a', 'b', 'limit', 'canceled', 'asterisk', 'fault', 'explaining', 'bridged', 'confirming'])
      expect(seen).toContain(end);
    for (const why of ['busy', 'no_answer', 'rejected', 'unreachable', 'unknown_outcome', 'refused', 'not_confirmed'])
      expect(seen).toContain(why);
  });
});

/** Bridges with one planted fault each. */
const broken: Record<string, { violates: string; flow: TestedFlow }> = {
  'calls both at once': {
    violates: 'never calls B before A has answered',
    flow: {
      ...bridgeFlow,
      begin(given, event) {
        const step = bridgeFlow.begin(given, event);
        const [first] = step.effects;
        return { ...step, effects: [...step.effects, { ...first, id: 'x1', legId: 'b_1~b' } as never] };
      },
    },
  },
  'forgets to hang up': {
    violates: 'hangs up whoever is still there',
    flow: changed((step) => ({ ...step, effects: step.effects.filter(({ type }) => type !== 'hang_up') })),
  },
  'emits no event of the talk': {
    violates: 'goes through its states in order, and reports each once',
    flow: changed((step) => ({
      ...step,
      news: (step.news ?? []).filter(({ fields }) => fields['state'] !== 'bridged'),
    })),
  },
  'does not stop ringback in the talk': {
    violates: 'lets A hear that it rings while B rings, and not in the talk',
    flow: changed((step) => ({ ...step, effects: step.effects.filter(({ type }) => type !== 'stop_ringing') })),
  },
  'has no deadlines': { violates: 'waits for nothing without a deadline', flow: { ...bridgeFlow, timers: () => ({}) } },
};

function changed(change: (step: ReturnType<TestedFlow['step']>) => ReturnType<TestedFlow['step']>): TestedFlow {
  return { ...bridgeFlow, step: (...args) => change(bridgeFlow.step(...args)) };
}

describe('these properties fail on a bridge that', () => {
  for (const [how, { violates, flow }] of Object.entries(broken))
    it(how, () => {
      // A fixed sequence: a random one may miss the fault.
      expect(() => holds(properties[violates]!, flow, { numRuns: 4000, seed: 1001 })).toThrow();
    });
});
