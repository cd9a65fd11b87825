import type { Instant } from '../lib/clock.js';
import type { AnyFlow, StepOutcome, Work, Handlers } from './runtime-types.js';
import type { FlowChange, StoredFlow } from './store.js';
import type { ReconcileCause, Effect, FlowEvent } from './event.js';

/** A flow that is not over, as the runtime has it in memory. */
export interface RunningFlow<E extends FlowEvent, F extends Effect> {
  id: string;
  flow: AnyFlow<E, F>;
  program: { hash: string; body: unknown };
  /** `undefined` only before the first event. */
  state: unknown;
  startedAt: Instant;
  seq: number;
  /** Requested effects without an acknowledgement, in order. */
  pending: Map<string, F>;
  /** Ids of pending effects that are not stored yet and must not be begun. */
  unsaved: Set<string>;
  /** Ids of pending effects whose handler has been called, by this process or an earlier one. */
  begun: Set<string>;
  /** Ids of pending effects that were carried out; their acknowledgement follows. */
  done: Set<string>;
  timers: Map<string, FlowTimer>;
  inbox: Work<E>[];
  /** True during a step. */
  busy: boolean;
  /** Number of changes that the commit queue has not stored yet. */
  unstoredChanges: number;
  /** No timer is armed before the flow has been reconciled. */
  suspended: boolean;
  /** Counts each time it was held, so that it is not released by what was found out before. */
  suspendCount: number;
  /** Why it is held. */
  suspendedBy: ReconcileCause;
  /** The outcome of an effect is unknown: no other one is begun before the reconcile has settled it. */
  unsettled: boolean;
  /** Cancels the reconcile of this flow alone that is due; undefined when none is. */
  cancelInspection: (() => void) | undefined;
  /** Deadlines that passed while the flow was held are judged from here on. */
  judgedFrom: Instant;
}

export interface FlowTimer {
  at: Instant;
  /** Checked after the wait for Asterisk between the clock's call and the `timer` event. */
  isCancelled: boolean;
  /** Removes it from the clock. */
  disarm: () => void;
}

export function cancelTimer(timer: FlowTimer): void {
  timer.isCancelled = true;
  timer.disarm();
}

/** Cancels all timers of the flow, and its inspection. */
export function cancelTimers(live: Pick<RunningFlow<FlowEvent, Effect>, 'timers' | 'cancelInspection'>): void {
  for (const timer of live.timers.values()) cancelTimer(timer);
  live.timers.clear();
  live.cancelInspection?.();
  live.cancelInspection = undefined;
}

/** The current step of the flow, as it is stored. */
export function storedStep<E extends FlowEvent, F extends Effect>(
  live: RunningFlow<E, F>,
): NonNullable<FlowChange['step']> {
  const { flow, startedAt, program, state, pending } = live;
  const over = flow.isOver(state) && pending.size === 0;
  return {
    kind: flow.kind,
    startedAt,
    program,
    state,
    summary: flow.summary(state),
    pending: [...pending.values()],
    over,
  };
}

/** Initial fields of a flow that was just started or restored. */
export function fresh() {
  return {
    unsaved: new Set<string>(),
    done: new Set<string>(),
    timers: new Map<string, FlowTimer>(),
    inbox: [],
    busy: false,
    unstoredChanges: 0,
    suspendCount: 0,
    unsettled: false,
    cancelInspection: undefined,
    judgedFrom: 0,
  };
}

export function suspend<E extends FlowEvent, F extends Effect>(live: RunningFlow<E, F>): void {
  live.suspended = true;
  live.suspendCount += 1;
  live.unsettled = false;
  cancelTimers(live);
}

/** Removes an acknowledged effect. */
export function removePending<E extends FlowEvent, F extends Effect>(live: RunningFlow<E, F>, effectId: string): void {
  live.pending.delete(effectId);
  live.begun.delete(effectId);
  live.done.delete(effectId);
}

export function deferredOutcome(): { stored: Promise<StepOutcome>; settled: (outcome: StepOutcome) => void } {
  let settled: (outcome: StepOutcome) => void = () => undefined;
  const stored = new Promise<StepOutcome>((resolve) => (settled = resolve));
  return { stored, settled };
}

/** A timer that an event has moved or cancelled since it fired. */
export function isStale<E extends FlowEvent, F extends Effect>(
  { flow, state }: RunningFlow<E, F>,
  { event, dueAt }: Work<E>,
): boolean {
  if (dueAt === undefined || event?.type !== 'timer' || !('name' in event)) return false;
  return flow.timers(state)[event.name] !== dueAt;
}

/**
 * The flow as it was when the process ended.
 *
 * @throws when what is stored makes no sense
 */
export function restoredFlow<E extends FlowEvent, F extends Effect>(
  stored: StoredFlow,
  flowOf: (kind: string) => AnyFlow<E, F>,
  handlers: Handlers<F, E>,
): RunningFlow<E, F> {
  if (stored.damaged !== undefined) throw new Error(stored.damaged);
  const pending = new Map((stored.pending as F[]).map((effect) => [effect.id, effect]));
  const live: RunningFlow<E, F> = {
    ...fresh(),
    id: stored.id,
    flow: flowOf(stored.kind),
    program: { hash: stored.programHash, body: stored.program },
    state: stored.state,
    startedAt: stored.startedAt,
    seq: stored.nextSeq,
    pending,
    begun: new Set(pending.keys()),
    suspended: true,
    suspendedBy: 'gateway_restart',
  };
  const { flow, state } = live;
  // Detects an invalid state now, while the flow can still be abandoned.
  for (const name of ['summary', 'timers', 'watched', 'isOver'] as const) flow[name](state);
  const unknown = [...live.pending.values()].find(({ type }) => !Object.hasOwn(handlers, type));
  if (unknown) throw new Error(`there is no handler for effects of the type ${unknown.type}`);
  return live;
}
