import { createHash } from 'node:crypto';
import type { Clock, Instant } from '../lib/clock.js';
import { failpoint } from '../lib/failpoint.js';
import { KeyedQueue } from '../lib/keyed-queue.js';
import type { Absence, Effect, FlowEvent, FlowSummary, LogEntry, Refusal, RuntimeEvent } from './flow.js';
import {
  NotDurable,
  Postponed,
  type AnyFlow,
  type EffectHandler,
  type Handlers,
  type RuntimeOptions,
  type Settled,
  type Work,
} from './runtime-types.js';
import { Saver } from './saver.js';
import type { FlowChange, StoredFlow } from './store.js';

/**
 * The durable runtime: takes the next event of a flow (one at a time per flow), applies the flow's pure function, stores
 * the new state with the effects it asks for in one transaction, and only then carries the effects out. What comes of
 * an effect returns as an event, and is stored together with the effect's acknowledgement.
 *
 * When the process dies, {@link start} finds every flow where it was, and {@link release} (called when Asterisk is
 * usable again) settles the effects that nobody acknowledged and tells each flow what still exists.
 *
 * When the database fails, flows in progress go on in memory and are stored when it is back; new ones are refused
 * with {@link NotDurable}.
 */
export class Runtime<E extends FlowEvent, F extends Effect> {
  readonly #flows = new Map<string, AnyFlow<E, F>>();
  readonly #live = new Map<string, Live<E, F>>();
  readonly #lanes = new KeyedQueue();
  readonly #saver: Saver;
  readonly #clock: Clock;
  readonly #handlers: Handlers<F, E>;
  readonly #options: RuntimeOptions<E, F>;
  #held = true;
  /** Counts each {@link hold}, so that a flow is not let go by what was found out before it. */
  #holds = 0;
  #stopped = false;
  #inFlight = 0;

  constructor(options: RuntimeOptions<E, F>) {
    this.#options = options;
    this.#clock = options.clock;
    this.#handlers = options.handlers;
    this.#saver = new Saver({
      store: options.store,
      clock: options.clock,
      onTrouble: options.onTrouble,
      onLost: () => this.#notDurable(),
      onDurable: () => options.onDurable?.(),
    });
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

  has(flowId: string): boolean {
    return this.#live.has(flowId);
  }

  /** Loads what was running when the process ended. Requests to others are sent again at once; the phone waits for {@link release}. */
  async start(): Promise<void> {
    for (const stored of await this.#options.store.loadRunning()) {
      const live = await this.#takeUp(stored);
      if (live === undefined) continue;
      this.#options.onStep?.(live.id, live.flow.summary(live.state), live.flow.isOver(live.state));
      // Before any outcome of an effect can arrive.
      this.#post(live, { event: { type: 'resumed', at: this.#clock.now() } });
      for (const effect of live.pending.values()) {
        if (this.#handler(effect).lane === 'outside') this.#start(live, effect, 'recover');
      }
    }
  }

  /** Starts no effect any more. What is under way is left for the next start. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#saver.stop();
    for (const live of this.#live.values()) disarm(live);
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
    const { stored, settled } = promised();
    if (!this.#begin(kind, flowId, program, { event, settled })) return false;
    if ((await stored) === 'stopped') throw new NotDurable();
    return true;
  }

  #begin(kind: string, flowId: string, program: unknown, first: Work<E> & { event: E }): boolean {
    if (this.#live.has(flowId)) return false;
    if (!this.durable) throw new NotDurable();
    const { event } = first;
    const body = JSON.stringify(program);
    const live: Live<E, F> = {
      id: flowId,
      flow: this.#flow(kind),
      program: { hash: createHash('sha256').update(body).digest('hex'), body: program },
      state: undefined,
      startedAt: event.at,
      seq: 0,
      pending: new Map(),
      timers: new Map(),
      inbox: [],
      busy: false,
      held: this.#held,
      after: 'link_lost',
    };
    this.#live.set(flowId, live);
    this.#post(live, first);
    return true;
  }

  /** Gives a flow an event. Events for flows that are over, or never were, mean nothing. */
  dispatch(flowId: string, event: E): void {
    const live = this.#live.get(flowId);
    if (live) this.#post(live, { event });
  }

  /**
   * As {@link dispatch}, for somebody who waits: resolves once what the flow made of it is stored. Undefined: there is no
   * such flow (any more), or this process stops.
   */
  async ask(flowId: string, event: E): Promise<{ refusal?: Refusal | undefined } | undefined> {
    const live = this.#live.get(flowId);
    if (!live) return undefined;
    const { stored, settled } = promised();
    this.#post(live, { event, settled });
    const outcome = await stored;
    return outcome === 'stopped' ? undefined : outcome;
  }

  /** Asterisk is out of reach: no timer fires until {@link release}, since the flows cannot act or hear. */
  hold(): void {
    this.#held = true;
    this.#holds += 1;
    for (const live of this.#live.values()) {
      live.held = true;
      disarm(live);
    }
  }

  /** Asterisk is usable again: settles unacknowledged effects and tells each flow what exists of what it watches. */
  async release(after: Absence): Promise<void> {
    this.#held = false;
    await Promise.all([...this.#live.values()].filter(({ held }) => held).map((live) => this.#reconcile(live, after)));
  }

  /** Resolves when no event waits and no effect is under way: the flows wait for the world or for the clock. */
  async idle(): Promise<void> {
    while (this.#inFlight > 0 || [...this.#live.values()].some(({ busy }) => busy)) {
      await this.#lanes.idle();
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** A flow that cannot be read is given up, and keeps none of the others from going on. */
  async #takeUp(stored: StoredFlow): Promise<Live<E, F> | undefined> {
    const { store, onTrouble } = this.#options;
    try {
      const live = this.#revive(stored);
      this.#live.set(live.id, live);
      return live;
    } catch (error) {
      onTrouble(`taking up ${stored.id}`, error);
      const message = error instanceof Error ? error.message : String(error);
      await store
        .giveUp(stored.id, this.#clock.now(), message)
        .catch((failed: unknown) => onTrouble('storage', failed));
      return undefined;
    }
  }

  /** @throws when what is stored makes no sense */
  #revive(stored: StoredFlow): Live<E, F> {
    if (stored.damaged !== undefined) throw new Error(stored.damaged);
    const live: Live<E, F> = {
      id: stored.id,
      flow: this.#flow(stored.kind),
      program: { hash: stored.programHash, body: stored.program },
      state: stored.state,
      startedAt: stored.startedAt,
      seq: stored.nextSeq,
      pending: new Map((stored.pending as F[]).map((effect) => [effect.id, effect])),
      timers: new Map(),
      inbox: [],
      busy: false,
      held: true,
      after: 'gateway_restart',
    };
    const { flow, state } = live;
    // What makes no sense is found out now, and not when it is too late to give it up.
    for (const name of ['summary', 'timers', 'watched', 'isOver'] as const) flow[name](state);
    const unknown = [...live.pending.values()].find(({ type }) => !Object.hasOwn(this.#handlers, type));
    if (unknown) throw new Error(`nobody knows effects of the kind ${unknown.type}`);
    return live;
  }

  async #reconcile(live: Live<E, F>, after: Absence): Promise<void> {
    const cause = after === 'link_lost' ? live.after : after;
    const holds = this.#holds;
    await this.#lanes.run(live.id, async () => {
      for (const effect of [...live.pending.values()]) {
        if (this.#handler(effect).lane === 'phone') await this.#carryOut(live, effect, 'recover');
      }
      try {
        const existing = await this.#options.probe(live.flow.watched(live.state));
        this.#post(live, {
          event: { type: 'reconciled', at: this.#clock.now(), after: cause, ...existing },
          releases: holds,
        });
      } catch (error) {
        if (!(error instanceof Postponed)) this.#options.onTrouble('reconcile', error);
      }
    });
  }

  #post(live: Live<E, F>, work: Work<E>): void {
    if (this.#stopped) {
      work.settled?.('stopped');
      return;
    }
    live.inbox.push(work);
    if (!live.busy) void this.#pump(live);
  }

  async #pump(live: Live<E, F>): Promise<void> {
    live.busy = true;
    for (let work = live.inbox.shift(); work !== undefined; work = live.inbox.shift()) {
      await this.#take(live, work);
      if (this.#stopped) break;
    }
    for (const { settled } of live.inbox) settled?.('stopped');
    live.busy = false;
  }

  async #take(live: Live<E, F>, { event, acknowledges, releases, settled }: Work<E>): Promise<void> {
    const change: FlowChange = {
      flowId: live.id,
      at: this.#clock.now(),
      log: [],
      asked: [],
      acknowledged: acknowledges ? [acknowledges.id] : [],
    };
    let asked: F[] = [];
    let refusal: Refusal | undefined;
    if (event !== undefined) {
      const step = this.#step(live, event);
      if (step.state === undefined) {
        this.#live.delete(live.id);
        settled?.('stopped');
        return;
      }
      live.state = step.state;
      refusal = step.refusal;
      asked = step.effects;
      change.log = step.log.map((entry) => this.#numbered(live, entry));
      change.asked = asked;
      if (step.news !== undefined) change.news = step.news;
    }
    for (const effect of asked) live.pending.set(effect.id, effect);
    if (acknowledges) live.pending.delete(acknowledges.id);
    if (event !== undefined || live.flow.isOver(live.state)) change.step = this.#stepOf(live);
    if (change.step !== undefined) this.#options.onStep?.(live.id, change.step.summary, live.flow.isOver(live.state));
    await this.#saver.save(change);
    settled?.({ refusal });
    if (acknowledges) failpoint('after-ack', acknowledges.type);
    if (releases === this.#holds) {
      live.held = false;
      live.after = 'link_lost';
    }
    for (const effect of asked) this.#start(live, effect, 'perform');
    this.#settle(live);
  }

  #step(live: Live<E, F>, event: E | RuntimeEvent) {
    try {
      return live.state === undefined
        ? live.flow.begin(live.program.body, event as E)
        : live.flow.step(live.program.body, live.state, event);
    } catch (error) {
      this.#options.onTrouble(`flow ${live.flow.kind}`, error);
      const message = error instanceof Error ? error.message : String(error);
      return {
        state: live.state,
        effects: [] as F[],
        news: [],
        refusal: { why: 'fault', detail: 'the gateway could not carry it out; its log says why' },
        log: [{ at: event.at, kind: 'fault', data: { event: event.type, message } }],
      };
    }
  }

  #stepOf(live: Live<E, F>): NonNullable<FlowChange['step']> {
    const { flow, startedAt, program, state } = live;
    const summary: FlowSummary = flow.summary(state);
    return { kind: flow.kind, startedAt, program, state, summary, over: flow.isOver(state) && live.pending.size === 0 };
  }

  #numbered(live: Live<E, F>, entry: LogEntry): LogEntry & { seq: number } {
    const numbered = { ...entry, seq: live.seq };
    live.seq += 1;
    this.#options.onLog?.(live.id, entry);
    return numbered;
  }

  /** Arms the timers that the state asks for now, and lets a flow go that is over. */
  #settle(live: Live<E, F>): void {
    if (live.flow.isOver(live.state)) {
      disarm(live);
      if (live.pending.size === 0 && this.#live.delete(live.id)) this.#options.onOver?.(live.id);
      return;
    }
    if (live.held || this.#stopped) return;
    const wanted = live.flow.timers(live.state);
    for (const [name, timer] of live.timers) {
      if (wanted[name] !== timer.at) {
        timer.cancel();
        live.timers.delete(name);
      }
    }
    for (const [name, at] of Object.entries(wanted)) {
      if (!live.timers.has(name))
        live.timers.set(name, { at, cancel: this.#clock.wakeAt(at, () => this.#ring(live, name)) });
    }
  }

  #ring(live: Live<E, F>, name: string): void {
    live.timers.delete(name);
    this.#post(live, { event: { type: 'timer', at: this.#clock.now(), name } });
  }

  /** Effects on the phone keep their order within a flow; those to the outside run beside them. */
  #start(live: Live<E, F>, effect: F, how: 'perform' | 'recover'): void {
    const job = () => this.#carryOut(live, effect, how);
    void (this.#handler(effect).lane === 'phone' ? this.#lanes.run(live.id, job) : job());
  }

  async #carryOut(live: Live<E, F>, effect: F, how: 'perform' | 'recover'): Promise<void> {
    if (this.#stopped || !live.pending.has(effect.id)) return;
    this.#inFlight += 1;
    try {
      if (how === 'perform') failpoint('before-send', effect.type);
      const event = await this.#handler(effect)[how](effect, { flowId: live.id });
      if (how === 'perform') failpoint('after-send', effect.type);
      this.#post(live, { ...(event && { event }), acknowledges: effect });
    } catch (error) {
      this.#failed(live, effect, error);
    } finally {
      this.#inFlight -= 1;
    }
  }

  #failed(live: Live<E, F>, effect: F, error: unknown): void {
    if (error instanceof Postponed) return;
    const reason = error instanceof Error ? error.message : String(error);
    this.#post(live, {
      event: { type: 'effect_failed', at: this.#clock.now(), effectId: effect.id, effect: effect.type, reason },
      acknowledges: effect,
    });
  }

  #notDurable(): FlowChange[] {
    this.#options.onNotDurable?.();
    const at = this.#clock.now();
    return [...this.#live.values()].map((live) => {
      const log = [this.#numbered(live, { at, kind: 'not_durable', data: {} })];
      return { flowId: live.id, at, log, asked: [], acknowledged: [] };
    });
  }

  #flow(kind: string): AnyFlow<E, F> {
    const flow = this.#flows.get(kind);
    if (flow === undefined) throw new Error(`there is no flow of the kind ${kind}`);
    return flow;
  }

  #handler(effect: F): EffectHandler<F, E> {
    // The table has for each kind of effect the handler of that kind; the compiler cannot follow the link.
    return this.#handlers[effect.type as F['type']];
  }
}

interface Live<E extends FlowEvent, F extends Effect> {
  id: string;
  flow: AnyFlow<E, F>;
  program: { hash: string; body: unknown };
  /** `undefined` only before the first event. */
  state: unknown;
  startedAt: Instant;
  seq: number;
  /** Asked for and not acknowledged. */
  pending: Map<string, F>;
  timers: Map<string, { at: Instant; cancel: () => void }>;
  inbox: Work<E>[];
  busy: boolean;
  /** No timer is armed before the flow has been reconciled. */
  held: boolean;
  /** Why it is held. */
  after: Absence;
}

function promised(): { stored: Promise<Settled>; settled: (outcome: Settled) => void } {
  let settled: (outcome: Settled) => void = () => undefined;
  const stored = new Promise<Settled>((resolve) => (settled = resolve));
  return { stored, settled };
}

function disarm(live: { timers: Map<string, { cancel: () => void }> }): void {
  for (const { cancel } of live.timers.values()) cancel();
  live.timers.clear();
}
