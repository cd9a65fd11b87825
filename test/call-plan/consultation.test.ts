import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { PlanEffect } from '../../src/call-plan/call.js';
import type { PlanEvent } from '../../src/call-plan/event.js';
import { transferSteps, type Command, type TransferStep } from '../../src/telephony/command.js';
import type { DialTarget } from '../../src/telephony/telephony.js';
import { PlannedCall } from './planned-call.js';
import { arrival, program } from './property-harness.js';
import { TalkingWorld } from './talking-world.js';

/** Transfers by command in which the operator asks the target first. Real calls: test/asterisk/consultation.test.ts. */

const RING = [{ ring: { handset: 'sales', timeout: 20, record: true } }, { play: 7 }];
const QUEUE = ['answer', { enqueue: { queue: 1 } }];
const BOSS: DialTarget = { handset: 'boss' };
const PARTY = '1700000000.42';
const CALLER = '1.1';

type WithoutTime<T> = T extends unknown ? Omit<T, 'at'> : never;

/** A call with its world: events are applied to both, and the ends of hung-up channels are reported. */
class Consultation {
  readonly world = new TalkingWorld();
  readonly call: PlannedCall;
  operator = '';
  target = '';

  constructor(call = new PlannedCall(program(RING))) {
    this.call = call;
    this.world.add(call.state.channelId);
    this.world.apply(call.effects);
  }

  /** A talk with `sales`, whom the plan has rung. */
  static talking(): Consultation {
    const talk = new Consultation();
    talk.operator = talk.call.last('dial').legId;
    talk.answer(talk.operator);
    return talk;
  }

  /** The same, and the operator talks with `boss`. */
  static consulting(): Consultation {
    const talk = Consultation.talking();
    talk.ask();
    talk.answer(talk.target);
    return talk;
  }

  take(event: WithoutTime<PlanEvent>): PlanEffect[] {
    const effects = this.call.take(event);
    this.world.apply(effects);
    for (let id = this.world.ending.shift(); id !== undefined; id = this.world.ending.shift()) this.#gone(id);
    return effects;
  }

  command(command: Command): PlanEffect[] {
    return this.take({ type: 'commanded', command });
  }

  ask(to: DialTarget = BOSS): void {
    if ('party' in to) return;
    this.command({ type: 'consult', to, handset: 'sales' });
    this.target = this.call.last('dial').legId;
  }

  step(step: TransferStep): PlanEffect[] {
    return this.command({ type: 'advance_transfer', step });
  }

  answer(legId: string): void {
    this.world.add(legId);
    this.take({ type: 'leg_answered', legId });
  }

  hangUp(id: string): void {
    this.world.remove(id);
    this.#gone(id);
  }

  #gone(id: string): void {
    const { state } = this.call;
    const isCallers = !id.includes('~') && id !== PARTY;
    if (state.phase === 'over') return;
    if (isCallers) this.take({ type: 'caller_gone', channelId: id, cause: 'normal', q850: 16 });
    else this.take({ type: 'leg_over', legId: id, cause: 'normal' });
  }

  /** Who hears whom: caller, operator, target. */
  get hears(): (string[] | 'music')[] {
    const names = new Map([
      [CALLER, 'caller'] as const,
      [this.operator, 'operator'] as const,
      [this.target, 'target'] as const,
    ]);
    return [CALLER, this.operator, this.target].map((id) => {
      const heard = this.world.hears(id);
      return heard === 'music' ? heard : heard.map((other) => names.get(other) ?? other).sort();
    });
  }
}

const SWAPPED = [['operator'], ['caller'], 'music'];
const CONSULTING = ['music', ['target'], ['operator']];
const TOGETHER = [
  ['operator', 'target'],
  ['caller', 'target'],
  ['caller', 'operator'],
];
const CONNECTED = [['target'], [], ['caller']];
const BACK = [['operator'], ['caller'], []];

describe('while the target rings', () => {
  let talk: Consultation;
  beforeEach(() => {
    talk = Consultation.talking();
    talk.ask();
  });

  it('the caller hears music, and the operator ringing', () => {
    expect(talk.call.last('dial')).toMatchObject({ to: BOSS, callerId: 'sales', originatorId: talk.operator });
    expect(talk.call.last('start_ringing').channelId).toBe(talk.operator);
    expect(talk.hears[0]).toBe('music');
    expect(talk.call.summary.live?.transfer).toEqual({ by: 'sales', to: BOSS, state: 'ringing' });
  });

  it('the operator can return; no other step is allowed', () => {
    for (const step of transferSteps) if (step !== 'return') expect(talk.step(step)).toEqual([]);
    talk.step('return');
    expect(talk.hears).toEqual(BACK);
    expect(talk.call.summary.live?.transfer).toBeUndefined();
  });

  it('the operator hangs up: it rings on for the caller', () => {
    talk.hangUp(talk.operator);
    expect(talk.hears[0]).toBe('music');
    talk.answer(talk.target);
    expect(talk.hears).toEqual(CONNECTED);
  });
});

it('an interruption right after the request for the target does not end its ringing; a later one does', () => {
  const talk = Consultation.talking();
  talk.ask();
  const channels = { [CALLER]: 'up', [talk.operator]: 'up' } as const;
  const reconciled = () => talk.take({ type: 'reconciled', after: 'gateway_restart', channels, playbacks: [] });
  expect(reconciled()).toEqual([]);
  talk.take({ type: 'leg_dialling', legId: talk.target });
  expect(reconciled().map(({ type }) => type)).toEqual(['stop_ringing', 'play_tone']);
});

describe('when the target has answered', () => {
  let talk: Consultation;
  beforeEach(() => {
    talk = Consultation.consulting();
  });

  it('the two talk, and the caller hears music', () => {
    expect(talk.hears).toEqual(CONSULTING);
    expect(talk.call.summary.live?.transfer?.state).toBe('consulting');
  });

  it.each<[string, TransferStep[], unknown]>([
    ['connects', ['connect'], CONNECTED],
    ['returns', ['return'], BACK],
    ['swaps', ['swap'], SWAPPED],
    ['swaps twice', ['swap', 'swap'], CONSULTING],
    ['swaps and connects', ['swap', 'connect'], CONNECTED],
    ['swaps and returns', ['swap', 'return'], BACK],
    ['joins', ['join'], TOGETHER],
    ['joins and separates', ['join', 'separate'], CONSULTING],
    ['swaps, joins and separates', ['swap', 'join', 'separate'], SWAPPED],
    ['joins and connects', ['join', 'connect'], CONNECTED],
    ['joins and returns', ['join', 'return'], BACK],
  ])('%s', (_what, steps, heard) => {
    for (const step of steps) talk.step(step);
    expect(talk.hears).toEqual(heard);
    expect(talk.call.log.filter((kind) => kind === 'commanded')).toHaveLength(steps.length + 1);
  });

  it.each<[string, TransferStep[], string]>([
    ['apart', [], 'consulting'],
    ['swapped', ['swap'], 'swapped'],
    ['together', ['join'], 'conference'],
  ])('the operator hangs up (%s): the other two talk', (_what, steps, state) => {
    for (const step of steps) talk.step(step);
    expect(talk.call.summary.live?.transfer?.state).toBe(state);
    talk.hangUp(talk.operator);
    expect(talk.hears).toEqual(CONNECTED);
    expect(talk.call.news.at(-1)).toMatchObject({ event: 'answered', agent: BOSS });
    talk.hangUp(talk.target);
    expect(talk.call.state).toMatchObject({ phase: 'over', endedBy: 'handset' });
  });

  it.each<[string, TransferStep[]]>([
    ['apart', []],
    ['swapped', ['swap']],
    ['together', ['join']],
  ])('the target hangs up (%s): operator and caller talk', (_what, steps) => {
    for (const step of steps) talk.step(step);
    talk.hangUp(talk.target);
    expect(talk.hears).toEqual(BACK);
  });

  it.each<[string, TransferStep[]]>([
    ['apart', []],
    ['swapped', ['swap']],
  ])('the caller hangs up (%s): the call is over', (_what, steps) => {
    for (const step of steps) talk.step(step);
    talk.hangUp(CALLER);
    expect(talk.call.state).toMatchObject({ phase: 'over', endedBy: 'caller' });
    expect(talk.world.channels).toEqual([]);
  });

  it('the caller leaves the conference: the other two talk, unrecorded, until one of them hangs up', () => {
    talk.step('join');
    const recording = talk.call.last('record_start').recordingId;
    talk.hangUp(CALLER);
    expect(talk.hears).toEqual([[], ['target'], ['operator']]);
    expect(talk.call.last('record_stop').recordingId).toBe(recording);
    expect(talk.call.log).toContain('party_left');
    talk.hangUp(talk.operator);
    expect(talk.call.state.phase).toBe('over');
    expect(talk.world.channels).toEqual([]);
  });

  it('refuses a step that this phase does not have, and other commands', () => {
    expect(talk.step('separate')).toEqual([]);
    talk.step('join');
    for (const step of ['swap', 'join'] as const) expect(talk.step(step)).toEqual([]);
    expect(talk.command({ type: 'transfer', to: { queue: 1 } })).toEqual([]);
    expect(talk.command({ type: 'consult', to: { handset: 'other' }, handset: 'sales' })).toEqual([]);
    expect(talk.hears).toEqual(TOGETHER);
  });

  it('records what the caller takes part in, and not the talk about the caller', () => {
    const isRunning = () => talk.call.state.recordings?.map(({ endedAt }) => endedAt === undefined);
    expect(isRunning()).toEqual([false]);
    talk.step('swap');
    expect(isRunning()).toEqual([false, true]);
    talk.step('swap');
    expect(isRunning()).toEqual([false, false]);
    talk.step('join');
    expect(isRunning()).toEqual([false, false, true]);
    talk.step('connect');
    expect(isRunning()).toEqual([false, false, false, true]);
  });
});

describe('an operator whose phone has lost the call', () => {
  let talk: Consultation;
  const comeBack = () => {
    talk.command({ type: 'transfer', to: { handset: 'sales' } });
    return talk.call.last('dial').legId;
  };
  beforeEach(() => {
    talk = Consultation.consulting();
  });

  it.each<[string, TransferStep[], unknown]>([
    ['apart', [], CONSULTING],
    ['swapped', ['swap'], SWAPPED],
    ['together', ['join'], TOGETHER],
  ])('takes the place again (%s)', (_what, steps, heard) => {
    for (const step of steps) talk.step(step);
    const before = talk.operator;
    const again = comeBack();
    expect(talk.call.summary.live?.rings).toMatchObject([{ who: { handset: 'sales' } }]);
    talk.answer(again);
    talk.operator = again;
    expect(talk.world.channels).not.toContain(before);
    expect(talk.hears).toEqual(heard);
    talk.hangUp(again);
    expect(talk.hears).toEqual(CONNECTED);
  });

  it('may end meanwhile: the transfer waits for the return', () => {
    const again = comeBack();
    talk.hangUp(talk.operator);
    expect(talk.hears[0]).toBe('music');
    talk.answer(again);
    talk.operator = again;
    expect(talk.hears).toEqual(CONSULTING);
  });

  it('does not return: the transfer is completed', () => {
    const again = comeBack();
    talk.hangUp(talk.operator);
    expect(talk.hears[0]).toBe('music');
    talk.hangUp(again);
    expect(talk.hears).toEqual(CONNECTED);
  });

  it('does not answer in time: the transfer goes on with the former channel', () => {
    comeBack();
    talk.take({ type: 'timer', name: 'handset_return' });
    expect(talk.hears).toEqual(CONSULTING);
    expect(talk.call.timers).not.toHaveProperty('handset_return');
  });
});

describe("in a queue's talk", () => {
  let talk: Consultation;
  beforeEach(() => {
    talk = new Consultation(new PlannedCall(program(QUEUE)));
    talk.operator = PARTY;
    talk.take({ type: 'caller_left' });
    talk.take({ type: 'queue_answered', queue: 1, handset: 'sales' });
    talk.command({ type: 'consult', to: { handset: 'boss' }, handset: 'sales' });
  });
  const located = (partyId: string | null) =>
    talk.take({ type: 'party_found', effectId: talk.call.last('find_party').id, partyId });

  it('the handset’s channel is looked up, both are taken out, and the target rings', () => {
    located(PARTY);
    expect(talk.call.last('take_talk')).toMatchObject({ channelId: CALLER, partyId: PARTY });
    talk.take({ type: 'queue_left', visitId: talk.call.last('enqueue').visitId, result: 'WITHDRAW' });
    talk.world.add(PARTY);
    talk.take({ type: 'leg_taken', legId: PARTY });
    talk.target = talk.call.last('dial').legId;
    talk.answer(talk.target);
    expect(talk.hears).toEqual(CONSULTING);
    talk.step('join');
    expect(talk.hears).toEqual(TOGETHER);
  });

  it('a handset that is not in the talk any more: the talk goes on', () => {
    expect(located(null)).toEqual([]);
    expect(talk.call.log).toContain('transfer_refused');
    expect(talk.call.state.handsetTransfer).toBeUndefined();
  });

  it('a talk that ends meanwhile takes its usual end', () => {
    talk.take({ type: 'queue_left', visitId: talk.call.last('enqueue').visitId, result: 'CONTINUE' });
    expect(talk.call.state.handsetTransfer).toBeUndefined();
    expect(located(PARTY)).toEqual([]);
  });
});

it('in a call that a handset made, the called party is held', () => {
  const call = new PlannedCall(program([{ ring: { number: '+420777888999', timeout: 20 } }]), {
    ...arrival(),
    forHandset: 'sales',
    caller: { number: '+420777888999', name: '' },
  });
  const talk = new Consultation(call);
  const outside = call.last('dial').legId;
  talk.answer(outside);
  talk.ask({ number: '+420777000111' });
  expect(call.last('dial')).toMatchObject({ callerId: '+420222333444' });
  talk.answer(talk.target);
  expect([outside, CALLER, talk.target].map((id) => talk.world.hears(id))).toEqual(['music', [talk.target], [CALLER]]);
  talk.step('connect');
  expect(talk.world.hears(outside)).toEqual([talk.target]);
});

it('a handset that does not talk in the call, and the own handset as the target, are refused', () => {
  const talk = Consultation.talking();
  expect(talk.command({ type: 'consult', to: { handset: 'boss' }, handset: 'other' })).toEqual([]);
  expect(talk.command({ type: 'consult', to: { handset: 'sales' }, handset: 'sales' })).toEqual([]);
  expect(talk.hears).toEqual(BACK);
});

type Move =
  { type: 'step'; step: TransferStep } | { type: 'gone'; who: number } | { type: 'return' | 'due' | 'restart' };
const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...transferSteps).map((step) => ({ type: 'step' as const, step })) },
  {
    weight: 2,
    arbitrary: fc.constantFrom({ type: 'return' as const }, { type: 'due' as const }, { type: 'restart' as const }),
  },
  { weight: 1, arbitrary: fc.nat(3).map((who) => ({ type: 'gone' as const, who })) },
);

it('in any order of steps, hang-ups and restarts nobody is left in silence, and the end leaves nothing behind', () => {
  fc.assert(
    fc.property(fc.array(move, { maxLength: 25 }), (moves) => {
      const talk = Consultation.consulting();
      const { call, world } = talk;
      for (const one of moves) {
        if (call.state.phase === 'over') break;
        const dialled = call.effects.filter(({ type }) => type === 'dial').length;
        perform(talk, one);
        const legs = call.effects.filter((effect) => effect.type === 'dial');
        if (legs.length > dialled && one.type === 'return') talk.answer(legs.at(-1)?.legId ?? '');
        expect(world.channels.filter((id) => world.hears(id).length === 0 && !hearsTone(call))).toEqual([]);
      }
      if (call.state.phase !== 'over') talk.command({ type: 'hang_up' });
      for (const id of world.channels) talk.hangUp(id);
      expect(call.state.phase).toBe('over');
      expect(call.timers).toEqual({});
      expect(world.channels).toEqual([]);
      expect(call.state.recordings?.every(({ endedAt }) => endedAt !== undefined)).toBe(true);
    }),
    { numRuns: 500 },
  );
});

function perform(talk: Consultation, one: Move): void {
  const { call, world } = talk;
  switch (one.type) {
    case 'step':
      talk.step(one.step);
      return;
    case 'gone': {
      const id = world.channels[one.who];
      if (id !== undefined) talk.hangUp(id);
      return;
    }
    case 'return':
      talk.command({ type: 'transfer', to: { handset: 'sales' } });
      return;
    case 'due': {
      const due = Object.entries(call.timers).find(([name]) => name.startsWith('handset_'));
      if (due !== undefined) talk.take({ type: 'timer', name: due[0] });
      return;
    }
    case 'restart': {
      call.state = JSON.parse(JSON.stringify(call.state)) as typeof call.state;
      talk.take({ type: 'resumed' });
      const channels = Object.fromEntries(world.channels.map((id) => [id, 'up' as const]));
      talk.take({ type: 'reconciled', after: 'gateway_restart', channels, playbacks: [] });
    }
  }
}

/** In these moments an operator hears a tone or ringing. */
function hearsTone({ state }: PlannedCall): boolean {
  return state.handsetTransfer?.phase.type === 'refused' || state.handsetTransfer?.phase.type === 'ringing';
}
