import { messageOf } from '../lib/error-message.js';
import type { Clock, Instant } from '../lib/clock.js';
import { failpoint } from '../lib/failpoint.js';
import { logCall } from '../lib/log-call.js';
import { KeyedQueue } from '../lib/keyed-queue.js';
import type { FlowSummary, LogEntry, Step } from './flow.js';
import {
  cancelTimer,
  cancelTimers,
  removePending,
  fresh,
  suspend,
  isStale,
  deferredOutcome,
  restoredFlow,
  storedStep,
  type FlowTimer,
  type RunningFlow,
} from './running-flow.js';
import {
  NotDurable,
  OutcomeUnknown,
  type AnyFlow,
  type EffectHandler,
  type ExistingResources,
  type RuntimeOptions,
  type Work,
  type RequestAnswer,
} from './runtime-types.js';
import { CommitQueue } from './commit-queue.js';
import { measured } from './measured.js';
import { DelayedSet } from './delayed-set.js';
import { stepOf } from './step-of.js';
import { ProgramHashes } from './program-hashes.js';
import { isLate, punctuality } from './standstill.js';
import type { FlowChange, StoredFlow } from './store.js';
import type { ReconcileCause, Effect, FlowEvent, RuntimeEvent } from './event.js';

/** Delay (ms) between two attempts to inspect the resources of one flow in Asterisk. */
const INSPECT_AGAIN_MS = 1000;
/** How long (ms) timers wait for late events after Asterisk stood still or the link was down. */
const GRACE_MS = 1000;
/** Limit of attempts of a reconcile whose flow changes meanwhile. */
const MOST_LOOKS = 3;

type StepResult<F extends Effect> = Pick<Step<unknown, F>, 'effects' | 'refusal'>;

/** How long (ms) an acknowledgement without an event may wait for the next step of its flow before it is stored alone. */
const STORE_ACKNOWLEDGEMENTS_MS = 1000;

/**
 * The durable runtime: applies the pure function of a flow to each event, stores the new state with the requested
 * effects, and carries the effects out only when they are stored. The steps of one turn of the event loop share a
 * transaction. The outcome of an effect returns as an event, which is stored together with the acknowledgement.
 *
 * When the process dies, {@link start} restores every flow as it was stored, and {@link resume} (called when Asterisk
 * is usable again) settles the unacknowledged effects and reconciles each flow with the existing resources. The same is
 * done for a single flow when one of its requests got no response, and before a timer fires while the flow may have
 * missed earlier events.
 *
 * When the database fails, flows in progress continue in memory and are stored when it is back; new ones are refused
 * with {@link NotDurable}.
 */
export class FlowRuntime<E extends FlowEvent, F extends Effect> {
  readonly #flows = new Map<string, AnyFlow<E, F>>();
  readonly #live = new Map<string, RunningFlow<E, F>>();
  readonly #hashes = new ProgramHashes();
  readonly #lanes = new KeyedQueue();
  readonly #saver: CommitQueue;
  readonly #clock: Clock;
  readonly #options: RuntimeOptions<E, F>;
  #held = true;
  #stopped = false;
  #inFlight = 0;
  /**
   * Flows with acknowledgements that are not stored yet. They are stored with the next step of the flow, or after a
   * while. After a crash before that the effects are recovered once more: harmless, as the flow has not changed since.
   */
  readonly #acknowledged: DelayedSet<RunningFlow<E, F>>;

  constructor(options: RuntimeOptions<E, F>) {
    this.#options = options;
    this.#clock = options.clock;
    this.#saver = new CommitQueue({
      store: options.store,
      clock: options.clock,
      onError: options.onError,
      onNotDurable: () => this.#notDurable(),
      onDurable: () => options.onDurable?.(),
      onCommit: options.onCommit,
    });
    this.#acknowledged = new DelayedSet(options.clock, STORE_ACKNOWLEDGEMENTS_MS, (live) =>
      this.#storeUnchanged(live, {}),
    );
    for (const flow of options.flows) this.#flows.set(flow.kind, flow);
  }

  /** False while the database cannot be written: nothing that happens now would survive a crash. */
  get durable(): boolean {
    return this.#saver.durable;
  }

  /** Ids of the flows that are not over. */
  get running(): string[] {
    return [...this.#live.keys()];
  }

  /** Where they stand. */
  summaries(): FlowSummary[] {
    return [...this.#live.values()].map(({ flow, state }) => flow.summary(state));
  }

  /** The summary of a running flow; undefined for any other. */
  summary(flowId: string): FlowSummary | undefined {
    const live = this.#live.get(flowId);
    return live?.flow.summary(live.state);
  }

  has(flowId: string): boolean {
    return this.#live.has(flowId);
  }

  /**
   * Loads what was running when the process ended. Requests to others are sent again at once; the phone waits for
   * {@link resume}.
   */
  async start(): Promise<void> {
    for (const stored of await this.#options.store.loadRunning()) {
      const live = await this.#restore(stored);
      if (live === undefined) continue;
      this.#options.onStep?.(live.id, live.flow.summary(live.state), live.flow.isOver(live.state));
      // Before any outcome of an effect can arrive.
      this.#post(live, { event: { type: 'resumed', at: this.#clock.now() } });
      for (const effect of live.pending.values()) {
        if (this.#handler(effect).lane === 'outside') this.#start(live, effect, 'recover');
      }
    }
  }

  /** Stores the steps so far and starts no effect any more. Effects in progress are left for the next start. */
  async stop(): Promise<void> {
    this.#stopped = true;
    for (const live of this.#live.values()) cancelTimers(live);
    this.#acknowledged.flush();
    this.#saver.stop();
    await this.#saver.idle();
    await this.#lanes.idle();
  }

  /**
   * Starts a flow. False when a flow of that id runs already.
   * @throws {NotDurable} when the database cannot be written
   */
  begin(kind: string, flowId: string, program: unknown, event: E): boolean {
    return this.#begin(kind, flowId, program, { event });
  }

  /**
   * As {@link begin}; resolves once the flow is stored.
   * @throws {NotDurable} also when this process stops before
   */
  async beginStored(kind: string, flowId: string, program: unknown, event: E): Promise<boolean> {
    const { stored, settled } = deferredOutcome();
    if (!this.#begin(kind, flowId, program, { event, onStored: settled })) return false;
    if ((await stored) === 'stopped') throw new NotDurable();
    return true;
  }

  #begin(kind: string, flowId: string, program: unknown, first: Work<E> & { event: E }): boolean {
    if (this.#live.has(flowId)) return false;
    if (!this.durable) throw new NotDurable();
    const { event } = first;
    const live: RunningFlow<E, F> = {
      ...fresh(),
      id: flowId,
      flow: this.#flow(kind),
      program: { hash: this.#hashes.of(program), body: program },
      state: undefined,
      startedAt: event.at,
      seq: 0,
      pending: new Map(),
      begun: new Set(),
      suspended: this.#held,
      suspendedBy: 'link_lost',
    };
    this.#live.set(flowId, live);
    this.#post(live, first);
    return true;
  }

  /** Sends an event to a flow. Events for flows that are not running are dropped. */
  send(flowId: string, event: E): void {
    const live = this.#live.get(flowId);
    if (live) this.#post(live, { event });
  }

  /**
   * As {@link send}, but resolves once the step is stored. Undefined: the flow is not running, or this process stops.
   * A flow that has ended but still has effects to carry out refuses with {@link OVER}.
   */
  async request(flowId: string, event: E): Promise<RequestAnswer> {
    const live = this.#live.get(flowId);
    if (!live) return this.#options.elsewhere?.(flowId, event);
    const { stored, settled } = deferredOutcome();
    this.#post(live, { event, onStored: settled });
    const outcome = await stored;
    return outcome === 'stopped' ? undefined : outcome;
  }

  /** Asterisk is out of reach: no timer fires until {@link resume}, since the flows cannot act or hear. */
  suspend(): void {
    this.#held = true;
    for (const live of this.#live.values()) suspend(live);
  }

  /** Asterisk is usable again: settles unacknowledged effects and reconciles each flow with its watched resources. */
  async resume(after: ReconcileCause): Promise<void> {
    this.#held = false;
    await Promise.all(
      [...this.#live.values()].filter(({ suspended: held }) => held).map((live) => this.#reconcile(live, after)),
    );
  }

  /** Resolves when every step is stored and no effect is in progress: the flows wait for events or timers. */
  async idle(): Promise<void> {
    do {
      this.#acknowledged.flush();
      await this.#saver.idle();
      await this.#lanes.idle();
      await new Promise((resolve) => setImmediate(resolve));
    } while (this.#inFlight > 0 || this.#saver.busy || this.#acknowledged.size > 0);
  }

  /** Restores a flow. One that cannot be read is abandoned and does not affect the others. */
  async #restore(stored: StoredFlow): Promise<RunningFlow<E, F> | undefined> {
    const { store, onError } = this.#options;
    try {
      const live = restoredFlow(stored, (kind) => this.#flow(kind), this.#options.handlers);
      this.#live.set(live.id, live);
      return live;
    } catch (error) {
      logCall(stored.id, () => onError(`taking up ${stored.id}`, error));
      const message = messageOf(error);
      await store.abandon(stored.id, this.#clock.now(), message).catch((failed: unknown) => onError('storage', failed));
      return undefined;
    }
  }

  #reconcile(live: RunningFlow<E, F>, after: ReconcileCause): Promise<void> {
    const cause = after === 'link_lost' ? live.suspendedBy : after;
    return logCall(live.id, async () => {
      for (let looks = 1; looks <= MOST_LOOKS; looks += 1) {
        // Between two looks, the effects that an event has asked for meanwhile have their turn.
        if ((await this.#lanes.run(live.id, () => this.#look(live, cause, looks < MOST_LOOKS))) === 'known') return;
      }
    });
  }

  /**
   * One attempt at a reconcile. `old`: an event has come meanwhile, and what was found is about the state before it.
   */
  async #look(live: RunningFlow<E, F>, after: ReconcileCause, mayBeOld: boolean): Promise<'known' | 'old'> {
    const { suspendCount: holds } = live;
    if (!(await this.#settlePending(live))) return 'known';
    const { state } = live;
    const existing = await this.#probe(live);
    if (existing === undefined || live.suspendCount !== holds) return 'known';
    if (mayBeOld && live.state !== state) return 'old';
    const event: RuntimeEvent = { type: 'reconciled', at: this.#clock.now(), after, ...existing };
    this.#post(live, { event, resumes: holds });
    return 'known';
  }

  /** Carries out, in order, what is pending on the phone. False: the outcome of one is still unknown. */
  async #settlePending(live: RunningFlow<E, F>): Promise<boolean> {
    live.unsettled = false;
    for (const effect of [...live.pending.values()]) {
      if (this.#handler(effect).lane !== 'phone' || live.unsaved.has(effect.id)) continue;
      if (!(await this.#carryOut(live, effect, live.begun.has(effect.id) ? 'recover' : 'perform'))) return false;
    }
    return true;
  }

  async #probe(live: RunningFlow<E, F>): Promise<ExistingResources | undefined> {
    try {
      return await this.#options.inspect(live.flow.watched(live.state));
    } catch (error) {
      if (!(error instanceof OutcomeUnknown)) this.#options.onError('reconcile', error);
      this.#inspect(live, INSPECT_AGAIN_MS);
      return undefined;
    }
  }

  /** Holds this flow alone, and reconciles it in a moment. While all are held, {@link resume} will do it. */
  #inspect(live: RunningFlow<E, F>, afterMs: number): void {
    if (this.#held || this.#stopped || live.cancelInspection !== undefined || !this.#live.has(live.id)) return;
    suspend(live);
    live.cancelInspection = this.#clock.wakeAt(this.#clock.now() + afterMs, () => {
      live.cancelInspection = undefined;
      this.#inFlight += 1;
      void this.#reconcile(live, 'stall').finally(() => (this.#inFlight -= 1));
    });
  }

  /** Handles the work now, or after the work in progress when a listener of that has posted it. */
  #post(live: RunningFlow<E, F>, work: Work<E>): void {
    if (this.#stopped) {
      work.onStored?.('stopped');
      return;
    }
    live.inbox.push(work);
    if (live.busy) return;
    live.busy = true;
    try {
      logCall(live.id, () => {
        for (let next = live.inbox.shift(); next !== undefined; next = live.inbox.shift()) this.#process(live, next);
      });
    } finally {
      live.busy = false;
    }
  }

  #process(live: RunningFlow<E, F>, work: Work<E>): void {
    if (isStale(live, work)) return;
    const { event, acknowledges } = work;
    if (acknowledges !== undefined) removePending(live, acknowledges.id);
    if (event !== undefined) this.#advance(live, event, work);
    else if (live.flow.isOver(live.state) && live.pending.size === 0) this.#storeUnchanged(live, work);
    else {
      this.#acknowledged.add(live);
      if (acknowledges !== undefined) failpoint('after-ack', acknowledges.type);
    }
  }

  #advance(live: RunningFlow<E, F>, event: E | RuntimeEvent, work: Work<E>): void {
    const step = stepOf(live, event, this.#options.onError);
    if (step.state === undefined) {
      this.#live.delete(live.id);
      work.onStored?.('stopped');
      return;
    }
    live.state = step.state;
    if (step.program !== undefined) live.program = { hash: this.#hashes.of(step.program), body: step.program };
    for (const effect of step.effects) {
      live.pending.set(effect.id, effect);
      live.unsaved.add(effect.id);
    }
    const log = step.log.map((entry) => this.#appendLog(live, entry));
    const stored = storedStep(live);
    this.#options.onStep?.(live.id, stored.summary, live.flow.isOver(live.state));
    this.#store(live, { flowId: live.id, at: this.#clock.now(), step: stored, log, news: step.news }, work, step);
  }

  #storeUnchanged(live: RunningFlow<E, F>, work: Work<E>): void {
    const change = { flowId: live.id, at: this.#clock.now(), step: storedStep(live), log: [] };
    this.#store(live, change, work, { effects: [] });
  }

  #store(live: RunningFlow<E, F>, change: FlowChange, work: Work<E>, step: StepResult<F>): void {
    this.#acknowledged.delete(live);
    live.unstoredChanges += 1;
    this.#saver.enqueue(change, () => logCall(live.id, () => this.#afterStored(live, work, step)));
  }

  #afterStored(
    live: RunningFlow<E, F>,
    { acknowledges, resumes, onStored }: Work<E>,
    { effects, refusal }: StepResult<F>,
  ): void {
    live.unstoredChanges -= 1;
    onStored?.({ refusal });
    if (acknowledges !== undefined) failpoint('after-ack', acknowledges.type);
    if (resumes === live.suspendCount) {
      live.suspended = false;
      live.suspendedBy = 'link_lost';
      live.judgedFrom = this.#clock.now() + GRACE_MS;
    }
    for (const effect of effects) {
      live.unsaved.delete(effect.id);
      this.#start(live, effect, 'perform');
    }
    // Otherwise this is done once the later changes are stored.
    if (live.unstoredChanges === 0) this.#armTimers(live);
  }

  #appendLog(live: RunningFlow<E, F>, entry: LogEntry): LogEntry & { seq: number } {
    const numbered = { ...entry, seq: live.seq };
    live.seq += 1;
    this.#options.onLog?.(live.id, entry);
    return numbered;
  }

  /** Arms the timers that the state asks for now, and lets a flow go that is over. */
  #armTimers(live: RunningFlow<E, F>): void {
    if (live.flow.isOver(live.state)) {
      cancelTimers(live);
      // What is done after the call goes on for others.
      if (live.pending.size === 0 && this.#live.delete(live.id))
        logCall(undefined, () => this.#options.onOver?.(live.id));
      return;
    }
    if (live.suspended || this.#stopped) return;
    const wanted = live.flow.timers(live.state);
    for (const [name, timer] of live.timers) {
      if (wanted[name] !== timer.at) {
        cancelTimer(timer);
        live.timers.delete(name);
      }
    }
    for (const [name, at] of Object.entries(wanted)) if (!live.timers.has(name)) this.#arm(live, name, at);
  }

  #arm(live: RunningFlow<E, F>, name: string, at: Instant): void {
    const dueAt = Math.max(at, live.judgedFrom, this.#clock.now());
    const timer: FlowTimer = { at, isCancelled: false, disarm: () => undefined };
    live.timers.set(name, timer);
    timer.disarm = this.#clock.wakeAt(Math.max(at, live.judgedFrom), () => void this.#due(live, name, dueAt, timer));
  }

  /** Fires a timer. A deadline counts only when the flow has received all earlier events. */
  async #due(live: RunningFlow<E, F>, name: string, dueAt: Instant, timer: FlowTimer): Promise<void> {
    const { ping } = this.#options;
    if (isLate(dueAt, this.#clock.now())) {
      this.#inspect(live, 0);
      return;
    }
    if (ping !== undefined) {
      this.#inFlight += 1;
      const found = await punctuality(this.#clock, ping);
      this.#inFlight -= 1;
      if (timer.isCancelled) return;
      if (found === 'unanswered') {
        this.#inspect(live, GRACE_MS);
        return;
      }
    }
    live.timers.delete(name);
    this.#post(live, { event: { type: 'timer', at: this.#clock.now(), name }, dueAt: timer.at });
  }

  /** Effects on the phone keep their order within a flow; those to the outside run beside them. */
  #start(live: RunningFlow<E, F>, effect: F, how: 'perform' | 'recover'): void {
    const job = () => this.#carryOut(live, effect, how);
    void (this.#handler(effect).lane === 'phone' ? this.#lanes.run(live.id, job) : job());
  }

  /** False: its outcome is unknown. */
  async #carryOut(live: RunningFlow<E, F>, effect: F, how: 'perform' | 'recover'): Promise<boolean> {
    if (this.#stopped || !live.pending.has(effect.id) || live.done.has(effect.id)) return true;
    // It waits for the reconcile, which begins it in its turn.
    if (live.unsettled && this.#handler(effect).lane === 'phone') return true;
    this.#inFlight += 1;
    live.begun.add(effect.id);
    try {
      if (how === 'perform') failpoint('before-send', effect.type);
      const event = await measured(
        () => this.#handler(effect)[how](effect, { flowId: live.id }),
        (result, ms) => this.#options.onEffect?.(effect.type, result, ms),
      );
      if (how === 'perform') failpoint('after-send', effect.type);
      live.done.add(effect.id);
      this.#post(live, { event, acknowledges: effect });
      return true;
    } catch (error) {
      if (!(error instanceof OutcomeUnknown)) this.#effectFailed(live, effect, error);
      else if (this.#handler(effect).lane === 'phone') this.#unsettle(live);
      return !(error instanceof OutcomeUnknown);
    } finally {
      this.#inFlight -= 1;
    }
  }

  /** Nothing else is begun on the phone until this flow has been reconciled. */
  #unsettle(live: RunningFlow<E, F>): void {
    this.#inspect(live, INSPECT_AGAIN_MS);
    live.unsettled = !this.#held;
  }

  #effectFailed(live: RunningFlow<E, F>, effect: F, error: unknown): void {
    live.done.add(effect.id);
    const reason = messageOf(error);
    this.#post(live, {
      event: { type: 'effect_failed', at: this.#clock.now(), effectId: effect.id, effect: effect.type, reason },
      acknowledges: effect,
    });
  }

  #notDurable(): FlowChange[] {
    this.#options.onNotDurable?.();
    const at = this.#clock.now();
    return [...this.#live.values()].map((live) => {
      const log = [this.#appendLog(live, { at, kind: 'not_durable', data: {} })];
      return { flowId: live.id, at, log };
    });
  }

  #flow(kind: string): AnyFlow<E, F> {
    const flow = this.#flows.get(kind);
    if (flow === undefined) throw new Error(`there is no flow of the kind ${kind}`);
    return flow;
  }

  #handler(effect: F): EffectHandler<F, E> {
    // The table has for each kind of effect the handler of that kind; the compiler cannot follow the link.
    return this.#options.handlers[effect.type as F['type']];
  }
}
