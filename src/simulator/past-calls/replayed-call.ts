import type { LogEntry } from '../../kernel/flow.js';
import type { Instant } from '../../lib/clock.js';
import type { PlanEffect } from '../../call-plan/call.js';
import type { PlanEvent } from '../../call-plan/event.js';
import type { planFlow } from '../../call-plan/plan-flow.js';
import type { PlanProgram } from '../../call-plan/program.js';
import type { PlanState } from '../../call-plan/state.js';
import type { DialTarget, TelephonyEvent } from '../../telephony/telephony.js';
import type { PendingRequests } from './recorded-event.js';

/** Something that the caller, an agent or the shop notices. */
export type Happening =
  | { type: 'prompts'; prompts: number[] }
  | { type: 'queue'; queue: number }
  | { type: 'shop'; url: string }
  | { type: 'dial'; to: DialTarget }
  | { type: 'detect_machine' }
  | { type: 'hang_up'; cause: string };

/** A happening with everything that must be equal in two calls. */
interface ComparableHappening {
  what: Happening;
  key: string;
}

type PlanFlow = ReturnType<typeof planFlow>;
type Arrival = Extract<TelephonyEvent, { type: 'call_arrived' }>;

/** The pseudo timer of Asterisk's queue: see {@link ReplayedCall.timers}. */
export const QUEUE_WAIT = 'queue_wait';
/** Maximum number of events that a replay may add to a recorded one: ends a plan that loops. */
const MOST_ADDED_EVENTS = 1000;
/** Timers that end something which the caller notices. The others only keep a call alive, or end it after a fault. */
const COURSE_TIMERS: ReadonlySet<string> = new Set([
  'input',
  'filler',
  'request',
  'ring',
  'talk',
  'lookup',
  QUEUE_WAIT,
]);

/** One flow of a past call's events through a program. */
export class ReplayedCall implements PendingRequests {
  readonly happenings: ComparableHappening[] = [];
  readonly log: LogEntry[] = [];
  playing: { playbackId: string; prompts: unknown } | undefined;
  #state: PlanState;
  #waitsUntil: Instant | undefined;
  readonly #last = new Map<string, PlanEffect>();
  readonly #legs = new Map<string, string>();

  constructor(
    private readonly flow: PlanFlow,
    private readonly program: PlanProgram,
    arrival: Arrival,
  ) {
    const step = flow.begin(program, arrival);
    this.#state = step.state;
    this.#keep(step, arrival.at);
  }

  get isOver(): boolean {
    return this.flow.isOver(this.#state);
  }

  last<T extends PlanEffect['type']>(type: T): Extract<PlanEffect, { type: T }> | undefined {
    return this.#last.get(type) as Extract<PlanEffect, { type: T }> | undefined;
  }

  legTo(target: unknown): string | undefined {
    return this.#legs.get(JSON.stringify(target));
  }

  /** The timers of the flow, and the end of the wait in a queue. */
  timers(): Record<string, Instant> {
    if (this.isOver) return {};
    const timers = this.flow.timers(this.#state);
    return this.#waitsUntil === undefined ? timers : { ...timers, [QUEUE_WAIT]: this.#waitsUntil };
  }

  take(event: PlanEvent | undefined): void {
    if (event === undefined || this.isOver) return;
    if (event.type === 'queue_answered' || event.type === 'queue_left') this.#waitsUntil = undefined;
    if ('playbackId' in event && event.type === 'playback_finished') this.playing = undefined;
    const step = this.flow.step(this.program, this.#state, event);
    this.#state = step.state;
    this.#keep(step, event.at);
  }

  /** Fires a timer, if it is set. */
  fire(name: string, at: Instant): void {
    if (this.timers()[name] === undefined) return;
    if (name !== QUEUE_WAIT) {
      this.take({ type: 'timer', at, name });
      return;
    }
    const visitId = this.last('enqueue')?.visitId;
    if (visitId !== undefined) this.take({ type: 'queue_left', at, visitId, result: 'TIMEOUT' });
  }

  /** Fires the timers that are due before an instant, apart from those that the other call has as well. */
  fireOwnTimers(before: Instant, other: ReplayedCall): void {
    for (let count = 0; count < MOST_ADDED_EVENTS; count += 1) {
      const shared = other.timers();
      const [next] = Object.entries(this.timers())
        .filter(([name, due]) => COURSE_TIMERS.has(name) && due < before && shared[name] !== due)
        .sort(([, a], [, b]) => a - b);
      if (next === undefined) return;
      this.fire(...next);
    }
  }

  #keep({ effects, log }: ReturnType<PlanFlow['step']>, at: Instant): void {
    this.log.push(...log);
    for (const effect of effects) {
      this.#last.set(effect.type, effect);
      const what = happeningOf(effect, this.#state.channelId);
      if (what !== undefined) this.happenings.push({ what, key: keyOf(effect, what) });
      if (effect.type === 'dial') this.#legs.set(JSON.stringify(effect.to), effect.legId);
      if (effect.type === 'enqueue') this.#waitsUntil = at + effect.waitS * 1000;
      if (effect.type === 'stop_play') this.playing = undefined;
    }
    // Asterisk accepts at once: durations do not matter, since the recorded end of the playback follows.
    for (const effect of effects) if (effect.type === 'play') this.#acceptPlayback(effect, at);
  }

  #acceptPlayback({ playbackId, media }: PlanEffect & { type: 'play' }, at: Instant): void {
    const prompts = media.flatMap((medium) => ('prompt' in medium ? [medium.prompt] : []));
    this.playing = { playbackId, prompts };
    const played = prompts.map((id) => ({ id, language: '', sha256: '' }));
    this.take({ type: 'playback_accepted', at, playbackId, durationMs: 0, prompts: played });
    this.take({ type: 'playback_started', at, playbackId });
  }
}

function happeningOf(effect: PlanEffect, channelId: string): Happening | undefined {
  switch (effect.type) {
    case 'play':
      return {
        type: 'prompts',
        prompts: effect.media.flatMap((medium) => ('prompt' in medium ? [medium.prompt] : [])),
      };
    case 'enqueue':
      return { type: 'queue', queue: effect.queue };
    case 'http':
      return { type: 'shop', url: effect.url };
    case 'dial':
      return { type: 'dial', to: effect.to };
    case 'detect_machine':
      return { type: 'detect_machine' };
    case 'hang_up':
      return effect.channelId === channelId ? { type: 'hang_up', cause: effect.cause } : undefined;
    default:
      return undefined;
  }
}

function keyOf(effect: PlanEffect, what: Happening): string {
  switch (effect.type) {
    case 'http':
      return JSON.stringify([what, effect.contentType, effect.body]);
    case 'enqueue':
      return JSON.stringify([what, effect.record ?? false]);
    case 'dial':
      return JSON.stringify([what, effect.callerId]);
    default:
      return JSON.stringify(what);
  }
}
