import { promptsOf } from './prompts-of.js';
import fc from 'fast-check';
import type { FoundOrder } from '../../src/telephony/telephony.js';
import { transferSteps, type Command } from '../../src/telephony/command.js';
import type { CallEvent } from '../../src/telephony/domain-events.js';
import type { PlanEffect } from '../../src/call-plan/call.js';
import { planFlow } from '../../src/call-plan/plan-flow.js';
import type { PlanProgram } from '../../src/call-plan/program.js';
import { planSchema } from '../../src/company/plan-schema.js';
import { queueResults } from '../../src/asterisk/queue-port.js';
import { telfaHandOver } from '../../src/integrations/telfa/hand-over.js';
import { isOurs } from '../../src/kernel/ids.js';
import type { PlanEvent } from '../../src/call-plan/event.js';
import type { PlanState } from '../../src/call-plan/state.js';

export type TestFlow = ReturnType<typeof planFlow>;
export const flow: TestFlow = planFlow(telfaHandOver);

/** The recording announcement; not used for anything else. */
export const ANNOUNCEMENT = 77;

/** A program that uses every action, nested in every way that the schema allows. */
export function program(plan: unknown, parts: Record<string, unknown> = {}): PlanProgram {
  return {
    line: {
      number: '+420222333444',
      name: 'test',
      languages: ['cs', 'en'],
      timeZone: 'Europe/Prague',
      callerId: '+420222333444',
      rejectPrompt: 4,
    },
    country: 'CZ',
    lines: { '+420222333444': { plan: planSchema.parse(plan) } },
    parts: Object.fromEntries(Object.entries(parts).map(([name, list]) => [name, planSchema.parse(list)])),
    queues: {
      '1': { name: 'Fronta', maxWaitMs: 60_000, ringTimeoutMs: 20_000, joinPrompt: null, rings: true },
      '2': {
        name: 'Nahrávaná',
        maxWaitMs: 60_000,
        ringTimeoutMs: 20_000,
        joinPrompt: null,
        rings: true,
        record: { announce: ANNOUNCEMENT },
      },
      '3': { name: 'S hudbou', maxWaitMs: 60_000, ringTimeoutMs: 20_000, joinPrompt: 8, rings: false },
    },
    callerPriority: 0,
    profiles: { telfa: telfaHandOver.profile({}) },
  };
}

const MAIN = {
  main: [
    {
      menu: {
        prompt: 1,
        retries: 1,
        wrong_key_prompt: 2,
        keys: {
          '1': [{ ring: { handset: 'tester', timeout: 20, unanswered: [{ play: [7, 1] }] } }],
          '2': [{ collect: { prompt: 3, save_as: 'pin', max: 4, min: 2 } }, { go_to_part: 'main' }],
          '3': [
            {
              hours: { weekly: { mon: [{ from: '08:00', to: '17:00' }] }, closed: [{ play: 5 }], open: [{ play: 6 }] },
            },
          ],
          '4': [{ ring: { number: '+420777888999', timeout: 20 } }],
          '5': [{ enqueue: { queue: 1, label: 'telefon-kancelář', exit_key: '*', exited: [{ play: 5 }] } }],
          '6': [{ enqueue: { queue: 3, priority: 3, exit_key: '#' } }],
          '8': [{ take_message: { prompt: 7 } }, { go_to_part: 'main' }],
          '9': [
            { hand_over: { url: 'http://shop.test/launch.php?s=telfa', filler_prompt: 8, fallback_prompt: 9 } },
            { go_to_part: 'main' },
          ],
        },
      },
    },
    { play: 6 },
  ],
};

const everything = program(['answer', { go_to_part: 'main' }], MAIN);

const ordered = (action: unknown) => planSchema.parse([action]);

/** The same actions at the start of the plan, so that deep states are reached often. */
export const programs: (PlanProgram & { calls?: string; also?: string })[] = [
  everything,
  program(
    [
      'answer',
      { hand_over: { url: 'http://shop.test/', filler_prompt: 8, fallback_prompt: 9, filler_after: 1 } },
      { go_to_part: 'main' },
    ],
    MAIN,
  ),
  program([{ ring: { handset: 'tester', timeout: 20 } }, { ring: { handset: 'office' } }], MAIN),
  program(
    [
      { ring: { handset: 'tester', timeout: 20, record: { announce: ANNOUNCEMENT } } },
      { enqueue: { queue: 2, answered: [{ enqueue: { queue: 2 } }] } },
      { ring: { handset: 'office', record: { announce: ANNOUNCEMENT } } },
    ],
    MAIN,
  ),
  program(
    [
      { enqueue: { queue: 1, timeout: 30, answered: [{ play: 6 }], empty: [{ enqueue: { queue: 9 } }] } },
      { enqueue: { queue: 1 } },
      { go_to_part: 'main' },
    ],
    MAIN,
  ),
  {
    ...program(
      [
        { connect: { party: 'driver', busy_prompt: 5, no_answer_prompt: 6, max_duration: 60 } },
        { connect: { record: { announce: ANNOUNCEMENT } } },
        { go_to_part: 'main' },
      ],
      MAIN,
    ),
    about: { order: 'A1', role: 'client' },
  },
  {
    ...program(['order_status', { enqueue: { queue: 1 } }], MAIN),
    orders: {
      choosePrompts: [21, 22],
      menus: {
        arrived: { prompts: [23], timeoutMs: 5000, retries: 1, keys: { '1': ordered({ connect: 'driver' }), '2': [] } },
        with_driver: { prompts: [], timeoutMs: 5000, retries: 0, keys: { '1': ordered('order_status') } },
      },
    },
  },
  {
    ...program([{ order_status: { none: [{ play: 5 }] } }, { go_to_part: 'main' }], MAIN),
    orders: { choosePrompts: [21, 22], menus: {} },
    callBack: true,
  },
  { ...program([{ ring: { number: '+420777888999', timeout: 20 } }], MAIN), calls: 'tester' },
  { ...program([{ play: 1 }, { go_to_part: 'main' }], MAIN), calls: '+420777888999' },
  { ...program([{ ring: { number: '+420777888999', timeout: 20 } }], MAIN), calls: 'tester', also: '+420777000111' },
  { ...detecting(), calls: '+420777888999' },
];

/** Starts with answering machine detection, which no document can contain. */
export function detecting(): PlanProgram {
  const detecting = program([{ play: 1 }, { go_to_part: 'main' }], MAIN);
  const machine = planSchema.parse([{ play: 2 }, 'hang_up']);
  for (const { plan } of Object.values(detecting.lines)) plan.unshift({ detect_machine: { waits: true, machine } });
  return detecting;
}

const ROUTE = { trunk: 'main', others: ['backup'] };

export const START = Date.UTC(2026, 10, 23, 9, 0, 0);

export function arrival(at = START): PlanEvent & { type: 'call_arrived' } {
  return {
    type: 'call_arrived',
    at,
    channelId: '1.1',
    caller: { number: '+420777888999', name: '' },
    codec: 'alaw',
    sip: { callId: 'x', remote: '127.0.0.1', endpoint: 'trunk' },
  };
}

/** An outgoing call to a handset or a number. */
function request(calls: string, also?: string): PlanEvent & { type: 'call_requested' } {
  const to = calls.startsWith('+') ? { number: calls } : { handset: calls };
  return {
    type: 'call_requested',
    at: START,
    channelId: 'c_2~l1',
    to,
    ...(also !== undefined && { rival: { legId: 'c_2~m1', to: { number: also } } }),
    party: { number: '+420777888999', name: '' },
    callerId: null,
    timeoutMs: 30_000,
    autoAnswer: false,
  };
}

/** The channel of the handset in a queue's talk. */
const PARTY = '1700000000.42';

const COMMANDS: Command[] = [
  { type: 'reject', prompt: 4 },
  { type: 'reject', prompt: null },
  { type: 'hang_up' },
  { type: 'transfer', to: { queue: 1 } },
  { type: 'transfer', to: { queue: 9 } },
  { type: 'transfer', to: { handset: 'office' } },
  { type: 'transfer', to: { number: '+420777888000' } },
  { type: 'transfer', to: { handset: 'office' }, first: true },
  { type: 'play', prompt: 3, side: 'caller' },
  { type: 'play', prompt: 3, side: 'callee' },
  { type: 'play', prompt: 3, side: 'both' },
  { type: 'listen', handset: 'boss' },
  { type: 'listen', handset: 'boss', mode: 'whisper' },
  { type: 'listen', handset: 'boss', mode: 'barge' },
  { type: 'move', position: 1 },
  { type: 'consult', to: { number: '+420777888000' }, handset: 'tester' },
  { type: 'consult', to: { queue: 1 }, handset: 'tester' },
  ...transferSteps.map((step): Command => ({ type: 'advance_transfer', step })),
  { type: 'transfer', to: { handset: 'tester' } },
];

const ANSWERS = [
  '',
  '{}',
  'null',
  '{"action":"answer"}',
  '{"action":"play","recording_id":"31"}',
  '{"action":"menu","recording_id":"20","menu_timeout":"5","max":"4","pokracovani":"9"}',
  '{"action":"transfer_to_group","call_group_id":"1"}',
  '{"action":"transfer_to_group","call_group_id":"1","group_transfer_recording_id":"8"}',
  '{"action":"transfer_to_group","call_group_id":"1","group_continue_busy":"1"}',
  '{"action":"transfer_to_group","call_group_id":"2","group_transfer_recording_id":"8"}',
  '{"action":"hangup"}',
  '{"action":"dance"}',
  '<html>',
];

const FOUND: FoundOrder[] = [
  { id: 'A1', role: 'client', status: 'arrived', hasOther: true, says: [41, 42] },
  { id: 'A2', role: 'driver', status: 'accepted', hasOther: true, says: [43] },
  { id: 'A3', role: 'client', status: null, hasOther: false, says: [] },
];

/** An event as the generator draws it: its resource is chosen among those that the flow has requested. */
export type Draw = {
  kind: string;
  pick: number;
  waitMs: number;
  digit: string;
  command: Command;
  body: string;
  cause: string;
  result: string;
};

export const draw: fc.Arbitrary<Draw> = fc.record({
  kind: fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom('digit', 'accepted', 'started', 'finished', 'answer', 'answer', 'timer') },
    { weight: 3, arbitrary: fc.constantFrom('dialling', 'ringing', 'leg_answered', 'leg_over', 'queue_left') },
    { weight: 1, arbitrary: fc.constantFrom('orders_found', 'answerer_known') },
    { weight: 1, arbitrary: fc.constantFrom('commanded', 'leg_digit', 'leg_left', 'transfer_key') },
    { weight: 3, arbitrary: fc.constantFrom('queue_joined', 'queue_ringing', 'queue_ring_over', 'queue_answered') },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        'refused',
        'lost',
        'http_failed',
        'reconciled_all',
        'reconciled_elsewhere',
        'reconciled_none',
        'effect_failed',
        'caller_gone',
        'caller_left',
      ),
    },
  ),
  pick: fc.nat(1000),
  waitMs: fc.nat(7000),
  digit: fc.constantFrom(...'0123456789*#'.split('')),
  command: fc.constantFrom(...COMMANDS),
  body: fc.constantFrom(...ANSWERS),
  result: fc.constantFrom(...queueResults, 'WHATEVER'),
  cause: fc.constantFrom('busy', 'no_answer', 'unregistered', 'normal', 'refused', 'limited', 'unknown'),
});

/** Plays draws against the flow, only for resources that exist. Calls `check` after each step. */
export function play(
  using: TestFlow,
  what: PlanProgram & { calls?: string; also?: string },
  draws: Draw[],
  check: (moment: {
    before: PlanState | undefined;
    event: PlanEvent;
    state: PlanState;
    effects: PlanEffect[];
    news: CallEvent[];
  }) => void = () => undefined,
): { state: PlanState; effects: PlanEffect[]; events: PlanEvent[] } {
  const first = what.calls === undefined ? arrival() : request(what.calls, what.also);
  let step = using.begin(what, first);
  const effects = [...step.effects];
  const events: PlanEvent[] = [first];
  check({ before: undefined, event: first, state: step.state, effects: step.effects, news: step.news ?? [] });
  let at = START;
  for (const one of draws) {
    at += one.waitMs;
    const event = eventOf(one, at, using, step.state, effects);
    if (event === undefined) continue;
    const before = step.state;
    step = using.step(what, before, event);
    effects.push(...step.effects);
    events.push(event);
    check({ before, event, state: step.state, effects: step.effects, news: step.news ?? [] });
  }
  return { state: step.state, effects, events };
}

/** Lets every deadline pass, one after another, without any answer. */
export function runOut(
  using: TestFlow,
  what: PlanProgram,
  from: PlanState,
  mostSteps = 3000,
): { state: PlanState; steps: number } {
  let state = from;
  for (let steps = 0; steps < mostSteps; steps += 1) {
    const due = Object.entries(using.timers(state)).sort(([, a], [, b]) => a - b)[0];
    if (using.isOver(state) || due === undefined) return { state, steps };
    state = using.step(what, state, { type: 'timer', at: due[1], name: due[0] }).state;
  }
  return { state, steps: mostSteps };
}

function eventOf(
  one: Draw,
  at: number,
  using: TestFlow,
  state: PlanState,
  effects: PlanEffect[],
): PlanEvent | undefined {
  const choose = <T>(list: T[]): T | undefined =>
    list[list.length - 1 - (one.pick % Math.max(1, Math.min(list.length, 4)))];
  const plays = effects.flatMap((effect) => (effect.type === 'play' ? [effect] : []));
  const dials = effects.flatMap((effect) => (effect.type === 'dial' ? [effect.legId] : []));
  const requests = effects.flatMap((effect) => (effect.type === 'http' ? [effect.id] : []));
  const playbackId = choose(plays.map((effect) => effect.playbackId));
  const prompts = promptsOf(choose(plays)?.media ?? []).map((id) => ({ id, language: 'cs', sha256: '' }));
  const legId = choose(dials);
  const visitId = choose(effects.flatMap((effect) => (effect.type === 'enqueue' ? [effect.visitId] : [])));
  const effectId = choose(requests);
  const queue = one.pick % 10 === 0 ? 9 : 1;
  switch (one.kind) {
    case 'digit':
      return { type: 'digit', at, digit: one.digit, durationMs: 80 };
    case 'accepted':
      return playbackId === undefined
        ? undefined
        : { type: 'playback_accepted', at, playbackId, durationMs: 1000, prompts };
    case 'started':
      return playbackId === undefined ? undefined : { type: 'playback_started', at, playbackId };
    case 'finished':
      return playbackId === undefined
        ? undefined
        : { type: 'playback_finished', at, playbackId, failed: one.pick % 10 === 0 };
    case 'refused':
      return playbackId === undefined
        ? undefined
        : { type: 'playback_refused', at, playbackId, reason: 'no such prompt' };
    case 'lost':
      return playbackId === undefined ? undefined : { type: 'playback_lost', at, playbackId };
    case 'answer':
      return effectId === undefined
        ? undefined
        : {
            type: 'http_answered',
            at,
            effectId,
            status: one.pick % 8 === 0 ? 500 : 200,
            body: one.body,
            latencyMs: 5,
            attempts: 1,
          };
    case 'http_failed':
      return effectId === undefined
        ? undefined
        : { type: 'http_failed', at, effectId, reason: 'timeout', latencyMs: 8000, attempts: 1 };
    case 'orders_found': {
      const lookup = effects.findLast(({ type }) => type === 'order_lookup');
      return lookup && { type: 'orders_found', at, effectId: lookup.id, orders: FOUND.slice(0, one.pick % 4) };
    }
    case 'dialling':
      return legId === undefined
        ? undefined
        : { type: 'leg_dialling', at, legId, ...(one.pick % 2 === 0 && { route: ROUTE }) };
    case 'ringing':
      return legId === undefined ? undefined : { type: 'leg_ringing', at, legId };
    case 'leg_answered':
      return legId === undefined ? undefined : { type: 'leg_answered', at, legId };
    case 'leg_over':
      return legId === undefined
        ? undefined
        : { type: 'leg_over', at, legId, cause: one.cause as 'busy', ...(one.pick % 2 === 0 && { trunkFailed: true }) };
    case 'commanded':
      return { type: 'commanded', at, command: one.command };
    case 'leg_digit':
      return legId === undefined ? undefined : { type: 'leg_digit', at, legId, digit: one.digit, durationMs: 80 };
    case 'transfer_key':
      return {
        type: 'transfer_key',
        at,
        partyId: legId ?? PARTY,
        handset: 'sales',
        to: one.pick % 3 === 0 ? null : '103',
      };
    case 'leg_left':
      return legId === undefined ? undefined : { type: 'leg_left', at, legId };
    case 'caller_gone':
      return isOurs(state.channelId)
        ? { type: 'leg_over', at, legId: state.channelId, cause: 'normal' }
        : { type: 'caller_gone', at, cause: 'normal', q850: 16 };
    case 'caller_left':
      return isOurs(state.channelId) ? { type: 'leg_left', at, legId: state.channelId } : { type: 'caller_left', at };
    case 'effect_failed': {
      const effect = choose(effects);
      return effect === undefined
        ? undefined
        : { type: 'effect_failed', at, effectId: effect.id, effect: effect.type, reason: 'gone' };
    }
    case 'queue_left':
      return visitId === undefined ? undefined : { type: 'queue_left', at, visitId, result: one.result };
    case 'answerer_known': {
      const detection = effects.findLast((effect) => effect.type === 'detect_machine');
      const result = one.pick % 2 === 0 ? 'MACHINE' : 'NOTSURE';
      return detection && { type: 'answerer_known', at, visitId: detection.visitId, result, cause: '' };
    }
    case 'queue_joined':
      return { type: 'queue_joined', at, queue, position: 1, waiting: 2, joinedAt: at };
    case 'queue_ringing':
    case 'queue_ring_over':
    case 'queue_answered':
      return { type: one.kind, at, queue, handset: 'sales' };
    case 'reconciled_elsewhere': {
      const [own = ''] = using.watched(state).channels;
      return { type: 'reconciled', at, after: 'link_lost', channels: { [own]: 'elsewhere' }, playbacks: [] };
    }
    case 'reconciled_all':
    case 'reconciled_none': {
      const { channels, playbacks } = using.watched(state);
      const all = one.kind === 'reconciled_all';
      return {
        type: 'reconciled',
        at,
        after: 'gateway_restart',
        channels: all ? Object.fromEntries(channels.map((id) => [id, 'up' as const])) : {},
        playbacks: all ? playbacks : [],
      };
    }
    default: {
      const due = Object.entries(using.timers(state)).sort(([, a], [, b]) => a - b)[0];
      return due === undefined ? undefined : { type: 'timer', at: Math.max(at, due[1]), name: due[0] };
    }
  }
}
