import type { Clock } from '../lib/clock.js';
import type { Flow, FlowSummary, LogEntry, Refusal, WatchedResources } from './flow.js';
import type { FlowStore } from './store.js';
import type { Effect, FlowEvent, RuntimeEvent } from './event.js';

// The runtime runs flows of every kind and looks into none of their programs and states.
export type AnyFlow<E extends FlowEvent, F extends Effect> = Flow<unknown, unknown, E, F>;

/** Carries out one kind of effect. */
export interface EffectHandler<F extends Effect, E extends FlowEvent> {
  /** `phone`: in order within a flow, and only while Asterisk is usable. `outside`: at once, beside the others. */
  lane: 'phone' | 'outside';
  /**
   * Resolves when the far end has accepted the effect, with an event for the flow if there is one.
   * @throws {OutcomeUnknown} when the effect may or may not have been carried out: {@link recover} is called when
   * this flow is reconciled, at the latest after the next reconnect
   * @throws any other error: the effect was not carried out; the flow receives `effect_failed`
   */
  perform(effect: F, context: EffectContext): Promise<E | undefined>;
  /** As `perform`, for an effect that may have been carried out before, wholly or not at all. */
  recover(effect: F, context: EffectContext): Promise<E | undefined>;
}

interface EffectContext {
  flowId: string;
}

export type Handlers<F extends Effect, E extends FlowEvent> = {
  [K in F['type']]: EffectHandler<Extract<F, { type: K }>, E>;
};

/** The effect may or may not have been carried out: it stays unacknowledged until its flow is reconciled. */
export class OutcomeUnknown extends Error {
  override readonly name = 'OutcomeUnknown';
}

/** The database cannot be written, so a new call would not survive a crash: it goes to the fallback. */
export class NotDurable extends Error {
  override readonly name = 'NotDurable';
  constructor() {
    super('the database cannot be written: no new flow is started');
  }
}

export type ExistingResources = Pick<Extract<RuntimeEvent, { type: 'reconciled' }>, 'channels' | 'playbacks'>;

export interface RuntimeOptions<E extends FlowEvent, F extends Effect> {
  store: FlowStore;
  clock: Clock;
  flows: AnyFlow<E, F>[];
  handlers: Handlers<F, E>;
  /** What exists in Asterisk of these. @throws {OutcomeUnknown} when it cannot tell */
  inspect: (watched: WatchedResources) => Promise<ExistingResources>;
  /**
   * Resolves when Asterisk is responsive and its earlier events have been dispatched. Called before each timer fires,
   * so that a deadline which passed while Asterisk stood still is judged by its events. Default: no check.
   */
  ping?: () => Promise<void>;
  /** A fault that does not belong to a flow. */
  onError: (where: string, error: unknown) => void;
  /** Called with the summary of a flow after each step, and when the flow is restored at the start. */
  onStep?: (flowId: string, summary: FlowSummary, over: boolean) => void;
  onLog?: (flowId: string, entry: LogEntry) => void;
  onOver?: (flowId: string) => void;
  /** An effect of this type was carried out. @param ms from the call of its handler to the outcome */
  onEffect?: (type: string, result: EffectResult, ms: number) => void;
  /** Changes were written to the store. @param ms how long that took */
  onCommit?: (result: EffectResult, ms: number) => void;
  /** The database cannot be written: flows continue in memory. */
  onNotDurable?: () => void;
  /** The database can be written again and everything that was missing is stored. */
  onDurable?: () => void;
  /** Takes a request for a flow that does not run here. Default: it runs nowhere. */
  elsewhere?: ((flowId: string, event: E) => Promise<RequestAnswer>) | undefined;
}

/** Of the step that a request made; undefined: see {@link FlowRuntime.request}. */
export type RequestAnswer = { refusal?: Refusal | undefined } | undefined;

/** `unknown`: it may have been carried out, see {@link OutcomeUnknown}. */
export type EffectResult = 'ok' | 'failed' | 'unknown';

/** An item of a flow's inbox: an event, an acknowledgement, or both. */
export interface Work<E extends FlowEvent> {
  event?: E | RuntimeEvent | undefined;
  acknowledges?: Effect;
  /** Timers may fire again, unless the flow has been held once more than so many times. */
  resumes?: number;
  /** Of a timer: the instant that the flow has asked for. */
  dueAt?: number | undefined;
  /** Called once the step is stored; with `stopped` when it never will be. */
  onStored?: (outcome: StepOutcome) => void;
}

export type StepOutcome = NonNullable<RequestAnswer> | 'stopped';
