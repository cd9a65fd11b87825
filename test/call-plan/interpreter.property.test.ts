import { promptsOf } from './prompts-of.js';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { CallEvent } from '../../src/telephony/domain-events.js';
import type { PlanEffect } from '../../src/call-plan/call.js';
import { ANNOUNCEMENT, draw, flow, play, programs, runOut, type TestFlow } from './property-harness.js';
import type { PlanState } from '../../src/call-plan/state.js';

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 400);
const MOST_LOOKS = 8;
const plans = fc.constantFrom(...programs);
const scenario = fc.array(draw, { minLength: 5, maxLength: 60 });
/** Sends commands to the call repeatedly. */
const reaching = fc.array(
  fc.oneof(
    draw,
    fc
      .tuple(draw, fc.constantFrom('commanded', 'commanded', 'queue_left', 'leg_answered'))
      .map(([one, kind]) => ({ ...one, kind })),
  ),
  { minLength: 5, maxLength: 40 },
);

/** Invariants of the flow. Each takes the flow as a parameter, so that a broken flow can be shown to violate it. */
const properties: Record<string, (using: TestFlow) => void> = {
  'ends in a hang-up or waits with a deadline': (using) => {
    fc.assert(
      fc.property(plans, scenario, (plan, draws) => {
        play(using, plan, draws, ({ state }) => {
          const waits = Object.values(using.timers(state));
          expect(using.isOver(state) || waits.length > 0 || isTalking(state)).toBe(true);
          if (using.isOver(state)) expect(waits).toEqual([]);
        });
      }),
      { numRuns: RUNS },
    );
  },
  'ends when no request is answered any more': (using) => {
    fc.assert(
      fc.property(plans, scenario, (plan, draws) => {
        const { state } = play(using, plan, draws);
        if (isTalking(state)) return;
        const left = runOut(using, plan, state, 3000);
        expect(using.isOver(left.state)).toBe(true);
      }),
      { numRuns: RUNS },
    );
  },
  'requests no effects after its end': (using) => {
    fc.assert(
      fc.property(plans, scenario, (plan, draws) => {
        play(using, plan, draws, ({ before, effects }) => {
          if (before !== undefined && using.isOver(before)) expect(effects).toEqual([]);
        });
      }),
      { numRuns: RUNS },
    );
  },
  'requests no effects on the caller’s channel after the hang-up': (using) => {
    fc.assert(
      fc.property(plans, scenario, (plan, draws) => {
        let gone = false;
        play(using, plan, draws, ({ event, effects, state }) => {
          if (gone)
            expect(effects.filter((effect) => 'channelId' in effect && effect.channelId === state.channelId)).toEqual(
              [],
            );
          gone ||= event.type === 'caller_gone' || (event.type === 'caller_left' && state.endedAt !== null);
        });
      }),
      { numRuns: RUNS },
    );
  },
  'gives every effect an id of its own': (using) => {
    fc.assert(
      fc.property(plans, scenario, (plan, draws) => {
        const { effects } = play(using, plan, draws);
        expect(new Set(effects.map(({ id }) => id)).size).toBe(effects.length);
        const made = effects.flatMap(idsMade);
        expect(new Set(made).size).toBe(made.length);
      }),
      { numRuns: RUNS },
    );
  },
  'leaves no leg ringing after its end': (using) => {
    fc.assert(
      fc.property(plans, scenario, (plan, draws) => {
        const { state, effects, events } = play(using, plan, draws);
        if (!using.isOver(state)) return;
        const over = new Set(
          events.flatMap((event) => (event.type === 'leg_over' || event.type === 'leg_left' ? [event.legId] : [])),
        );
        const noticed = events.some(({ type }) => type === 'reconciled');
        const hungUp = new Set(effects.flatMap((effect) => (effect.type === 'hang_up' ? [effect.channelId] : [])));
        for (const effect of effects)
          if (effect.type === 'dial' && !noticed) expect(over.has(effect.legId) || hungUp.has(effect.legId)).toBe(true);
      }),
      { numRuns: RUNS },
    );
  },
  'is deterministic, also after being stored and loaded': (using) => {
    fc.assert(
      fc.property(plans, scenario, (plan, draws) => {
        const once = play(using, plan, draws);
        let step = using.begin(plan, once.events[0] as Parameters<TestFlow['begin']>[1]);
        const effects = [...step.effects];
        for (const event of once.events.slice(1)) {
          step = using.step(plan, JSON.parse(JSON.stringify(step.state)) as PlanState, event);
          effects.push(...step.effects);
        }
        expect(step.state).toEqual(once.state);
        expect(effects).toEqual(once.effects);
      }),
      { numRuns: RUNS },
    );
  },
  'emits the start and the end of each call once, in order': (using) => {
    fc.assert(
      fc.property(plans, scenario, (plan, draws) => {
        const emitted: CallEvent[] = [];
        const { state } = play(using, plan, draws, ({ news }) => {
          emitted.push(...news);
        });
        expect(emitted.map(({ seq }) => seq)).toEqual(emitted.map((_, index) => index + 1));
        expect(emitted.filter(({ event }) => event === 'call_started')).toEqual([emitted[0]]);
        const ends = emitted.filter(({ event }) => event === 'hangup');
        expect(ends).toEqual(state.endedAt !== null && state.phase !== 'hanging_up' ? [emitted.at(-1)] : []);
        const answered = emitted.some(({ event }) => event === 'answered');
        for (const { result } of ends) expect(result === 'SUCCESS').toBe(answered && !state.rejected);
      }),
      { numRuns: RUNS },
    );
  },
  'does not change its input state': (using) => {
    fc.assert(
      fc.property(plans, scenario, (plan, draws) => {
        const given: { state: PlanState; copy: string }[] = [];
        play(using, plan, draws, ({ state }) => {
          given.push({ state, copy: JSON.stringify(state) });
        });
        for (const { state, copy } of given) expect(JSON.stringify(state)).toBe(copy);
      }),
      { numRuns: RUNS },
    );
  },
};

properties['has no lease during a queue visit, and one after it'] = (using) => {
  fc.assert(
    fc.property(plans, scenario, (plan, draws) => {
      play(using, plan, draws, ({ before, event, state }) => {
        if (isQueued(state))
          expect(Object.keys(using.timers(state)).filter((name) => !BESIDE.test(name))).toEqual(['queue']);
        else if (isQueued(before) && event.type === 'queue_left' && state.phase === 'running')
          expect(using.timers(state)).toHaveProperty('leash');
      });
    }),
    { numRuns: RUNS },
  );
};
properties['emits the start, ringing and end of each queue visit in order'] = (using) => {
  fc.assert(
    fc.property(plans, scenario, (plan, draws) => {
      const emitted: CallEvent[] = [];
      const { state } = play(using, plan, draws, ({ news }) => {
        emitted.push(...news);
      });
      let waits = false;
      for (const { event, queue, agent } of emitted) {
        if (event === 'queue_joined') expect(waits).toBe(false);
        if (event === 'queue_left') expect(waits).toBe(true);
        if (event === 'ringing' && agent !== null && 'handset' in agent && agent.handset === 'sales')
          expect(waits).toBe(true);
        waits = event === 'queue_joined' || (waits && event !== 'queue_left');
        expect(queue !== null).toBe(waits || event === 'queue_left');
      }
      expect(state.queue !== null).toBe(waits);
      if (state.phase === 'over') expect(waits).toBe(false);
    }),
    { numRuns: RUNS },
  );
};
properties['does not end when the caller enters a queue, or still waits there after a reconnect'] = (using) => {
  fc.assert(
    fc.property(plans, scenario, (plan, draws) => {
      play(using, plan, draws, ({ before, event, state }) => {
        const stays =
          event.type === 'caller_left' ||
          (event.type === 'reconciled' && event.channels[state.channelId] === 'elsewhere');
        if (isQueued(before) && stays) expect(isQueued(state)).toBe(true);
      });
    }),
    { numRuns: RUNS },
  );
};

properties['rejects in every state: rings no more legs, and reports REJECTED'] = (using) => {
  fc.assert(
    fc.property(plans, reaching, (plan, draws) => {
      const emitted: CallEvent[] = [];
      let rejected = false;
      const { state } = play(using, plan, draws, ({ before, event, state, effects, news }) => {
        emitted.push(...news);
        if (rejected) expect(effects.filter(({ type }) => type === 'dial' || type === 'enqueue')).toEqual([]);
        const isReject = event.type === 'commanded' && event.command.type === 'reject';
        const inTime = before?.phase === 'running' || before?.phase === 'dialling';
        if (isReject && inTime) expect(state.rejected).toBe(true);
        rejected = state.rejected;
      });
      if (!state.rejected) return;
      for (const { event, result } of emitted) if (event === 'hangup') expect(result).toBe('REJECTED');
      expect(using.isOver(runOut(using, plan, state, 3000).state)).toBe(true);
    }),
    { numRuns: RUNS },
  );
};
properties['leaves no snoop behind'] = (using) => {
  fc.assert(
    fc.property(plans, reaching, (plan, draws) => {
      const last = draws.at(-1);
      const { state, effects } = play(using, plan, last ? [...draws, { ...last, kind: 'caller_gone' }] : []);
      if (!using.isOver(state)) return;
      const hungUp = new Set(effects.flatMap((effect) => (effect.type === 'hang_up' ? [effect.channelId] : [])));
      for (const effect of effects) if (effect.type === 'snoop') expect(hungUp.has(effect.snoopId)).toBe(true);
    }),
    { numRuns: RUNS },
  );
};
properties['refuses late commands, except those that end the call'] = (using) => {
  fc.assert(
    fc.property(plans, scenario, (plan, draws) => {
      let state: PlanState | undefined;
      play(using, plan, draws, (moment) => {
        if (state !== undefined && moment.event.type === 'commanded') {
          const { refusal } = using.step(plan, state, moment.event);
          const { type: what } = moment.event.command;
          if (what === 'reject' || what === 'hang_up') expect(refusal).toBeUndefined();
          else if (state.phase !== 'running' && !using.isOver(state)) expect(refusal).toBeDefined();
        }
        state = moment.state;
      });
    }),
    { numRuns: RUNS },
  );
};

properties['records only after the announcement, and ends each recording before its bridge'] = (using) => {
  fc.assert(
    fc.property(plans, scenario, (plan, draws) => {
      const announcements = new Set<string>();
      const recorded = new Map<string, string>();
      let isAnnounced = false;
      play(using, plan, draws, ({ event, effects, state }) => {
        isAnnounced ||= event.type === 'playback_finished' && !event.failed && announcements.has(event.playbackId);
        for (const effect of effects) {
          if (effect.type === 'play' && promptsOf(effect.media).includes(ANNOUNCEMENT))
            announcements.add(effect.playbackId);
          if (effect.type === 'enqueue' && effect.record === true) expect(isAnnounced).toBe(true);
          if (effect.type === 'record_stop')
            for (const [bridgeId, id] of recorded) if (id === effect.recordingId) recorded.delete(bridgeId);
          if (effect.type === 'unbridge') expect(recorded.has(effect.bridgeId)).toBe(false);
          if (effect.type !== 'record_start') continue;
          expect(isAnnounced).toBe(true);
          recorded.set(effect.bridgeId, effect.recordingId);
        }
        const promised = (state.recordings ?? []).flatMap(({ news }) => (news === null ? [] : [news.seq]));
        expect(new Set(promised).size).toBe(promised.length);
        if (using.isOver(state)) expect(promised.length).toBe(state.recordings?.length ?? 0);
      });
    }),
    { numRuns: RUNS },
  );
};

/** Timers of overlays. */
const BESIDE = /^(overlay |order$|hang_up$|pending_end$)/;

function isQueued(state: PlanState | undefined): boolean {
  const action = state?.action;
  const waits = action?.type === 'enqueue' && action.queueing !== undefined;
  return waits || (action?.type === 'hand_over' && action.doing.type === 'queue');
}

describe('the plan flow', () => {
  for (const [name, holds] of Object.entries(properties)) it(name, () => holds(flow), 60_000);
});

/** Planted faults: each must be caught by at least one property. */
const mutants: Record<string, TestFlow> = {
  'forgets its timers': { ...flow, timers: () => ({}) },
  'takes entering a queue for the end': {
    ...flow,
    step: (program, state, event) =>
      flow.step(
        program,
        state,
        event.type === 'caller_left' ? { type: 'caller_gone', at: event.at, cause: 'normal', q850: 16 } : event,
      ),
  },
  'renews the lease in a queue': {
    ...flow,
    timers: (state) => ({ ...flow.timers(state), ...(isQueued(state) && { leash: state.startedAt }) }),
  },
  'never gives up hanging up': {
    ...flow,
    timers: (state) => (state.phase === 'hanging_up' ? {} : flow.timers(state)),
  },
  'acts after its end': {
    ...flow,
    step(program, state, event) {
      const step = flow.step(program, state, event);
      return flow.isOver(state)
        ? { ...step, effects: [{ type: 'answer', id: 'late', channelId: state.channelId }] }
        : step;
    },
  },
  'acts on the caller after the hang-up': after(flow, (event, effects, state) =>
    event.type === 'http_answered' && state.phase === 'settling'
      ? [...effects, { type: 'answer', id: `late${state.effects}`, channelId: state.channelId }]
      : effects,
  ),
  'counts effects from one again': {
    ...flow,
    step: (program, state, event) =>
      flow.step(program, event.type === 'digit' ? { ...state, effects: 0 } : state, event),
  },
  'records without an announcement': after(flow, (_event, effects) =>
    effects.flatMap((effect): PlanEffect[] =>
      effect.type === 'bridge'
        ? [effect, { type: 'record_start', id: `${effect.id}r`, recordingId: effect.id, bridgeId: effect.bridgeId }]
        : [effect],
    ),
  ),
  'does not stop recordings': after(flow, (_event, effects) => effects.filter(({ type }) => type !== 'record_stop')),
  'does not hang up ringing handsets': after(flow, (event, effects) =>
    event.type === 'caller_gone' ? effects.filter(({ type }) => type !== 'hang_up') : effects,
  ),
  'emits the end twice': {
    ...flow,
    step(program, state, event) {
      const step = flow.step(program, state, event);
      return { ...step, news: (step.news ?? []).flatMap((one) => (one.event === 'hangup' ? [one, one] : [one])) };
    },
  },
  'omits the end of a queue visit': {
    ...flow,
    step(program, state, event) {
      const step = flow.step(program, state, event);
      return { ...step, news: (step.news ?? []).filter(({ event: name }) => name !== 'queue_left') };
    },
  },
  'continues the plan of a rejected caller': {
    ...flow,
    step: (program, state, event) =>
      flow.step(
        program,
        event.type === 'queue_left' && state.pendingRedirect !== null ? { ...state, pendingRedirect: null } : state,
        event,
      ),
  },
  'does not hang up its snoop channels': after(flow, (_event, effects) =>
    effects.filter((effect) => effect.type !== 'hang_up' || !effect.channelId.includes('~s')),
  ),
  'accepts late commands': {
    ...flow,
    step(program, state, event) {
      const step = { ...flow.step(program, state, event) };
      delete step.refusal;
      return step;
    },
  },
  'emits no events of a lost call': {
    ...flow,
    step(program, state, event) {
      const step = flow.step(program, state, event);
      return event.type === 'reconciled' ? { ...step, news: [] } : step;
    },
  },
  'keeps data outside its state': secretive(),
  'changes its input state': {
    ...flow,
    step(program, state, event) {
      const step = flow.step(program, state, event);
      state.jumps += 1;
      return step;
    },
  },
};

describe('planted faults are caught', () => {
  afterEach(() => fc.resetConfigureGlobal());

  for (const [name, mutant] of Object.entries(mutants)) {
    it(
      name,
      () => {
        const isCaught = () => Object.values(properties).some((holds) => fails(() => holds(mutant)));
        // Some faults show rarely: several fixed seeds are tried.
        const looks = Array.from({ length: MOST_LOOKS }, (_, index) => index + 1);
        const caught = looks.some((seed) => {
          fc.configureGlobal({ seed });
          return isCaught();
        });
        expect(caught).toBe(true);
      },
      120_000,
    );
  }
});

it('meets most events in most states', () => {
  const met = new Set<string>();
  fc.assert(
    fc.property(plans, scenario, (plan, draws) => {
      play(flow, plan, draws, ({ before, event }) => {
        if (before) met.add(`${where(before)} + ${event.type}`);
      });
    }),
    { numRuns: RUNS * 3, seed: 7 },
  );
  const states = new Set([...met].map((pair) => pair.split(' + ')[0]));
  const events = new Set([...met].map((pair) => pair.split(' + ')[1]));
  console.log(
    `${met.size} pairs of ${states.size} states and ${events.size} events met:\n${[...met].sort().join('\n')}`,
  );
  expect([...states].sort()).toEqual(
    [
      'announce',
      'call_back',
      'collect',
      'connect',
      'detect_machine',
      'dialling',
      'enqueue',
      'hand_over announce',
      'hand_over apologise',
      'hand_over ask',
      'hand_over play',
      'hand_over request',
      'hand_over queue',
      'hanging_up',
      'menu',
      'order_status',
      'over',
      'play',
      'ring',
      'settling',
      'take_message',
    ].sort(),
  );
  expect(met.size).toBeGreaterThan(100);
}, 240_000);

function where({ phase, action }: PlanState): string {
  if (phase !== 'running') return phase;
  return action?.type === 'hand_over' ? `hand_over ${action.doing.type}` : (action?.type ?? 'nowhere');
}

function isTalking({ phase, action }: PlanState): boolean {
  return phase === 'running' && action?.type === 'ring' && action.ringing.bridgeId !== null;
}

function idsMade(effect: PlanEffect): string[] {
  if (effect.type === 'play') return [effect.playbackId];
  if (effect.type === 'dial') return [effect.legId];
  if (effect.type === 'snoop') return [effect.snoopId];
  if (effect.type === 'record_start') return [effect.recordingId];
  return effect.type === 'bridge' ? [effect.bridgeId] : [];
}

function fails(run: () => void): boolean {
  try {
    run();
    return false;
  } catch {
    return true;
  }
}

function after(
  using: TestFlow,
  change: (event: Parameters<TestFlow['step']>[2], effects: PlanEffect[], state: PlanState) => PlanEffect[],
): TestFlow {
  return {
    ...using,
    step(program, before, event) {
      const step = using.step(program, before, event);
      return { ...step, effects: change(event, step.effects, step.state) };
    },
  };
}

function secretive(): TestFlow {
  let events = 0;
  return {
    ...flow,
    step(program, state, event) {
      events += 1;
      const step = flow.step(program, state, event);
      return { ...step, state: { ...step.state, jumps: events } };
    },
  };
}
