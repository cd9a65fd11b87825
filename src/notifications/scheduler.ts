import type { MessageCalls, MessageOutcome } from '../calls/message-call.js';
import type { Clock, Instant } from '../lib/clock.js';
import { failpoint } from '../lib/failpoint.js';
import type { NotificationRow } from '../storage/schema.js';
import { decide, type Limits } from './decide.js';
import type { NotificationStore } from './store.js';
import { MINUTE_MS } from '../lib/time.js';

/** At most so many of each trunk are looked at in one turn. */
const PAGE = 50;
/** A call that could not be begun is begun again then. */
const AGAIN_MS = 5_000;
/** Calls are looked after also when nothing is heard of them. */
const LOOK_EVERY_MS = 10_000;

/** `unavailable`: to be tried again; else what the notification has come to. */
export type Begun = { ok: true } | { ok: false; why: 'unavailable' | 'failed' | 'refused'; detail: string };

interface SchedulerOptions {
  store: NotificationStore;
  calls: MessageCalls;
  begin: (row: NotificationRow, flowId: string) => Promise<Begun>;
  limits: () => Limits;
  /** Whether calls can be made now. */
  usable: () => boolean;
  clock: Clock;
  onCalled: (outcome: MessageOutcome) => void;
  onTrouble: (error: unknown) => void;
}

/**
 * Makes the calls of notifications when they are due. All that it knows is in the database: what is to be done is decided anew
 * at each turn, and a turn that was broken off is made up for by the next one.
 */
export class Scheduler {
  readonly #beginning = new Map<string, Promise<void>>();
  #turn: Promise<void> = Promise.resolve();
  #turnWaits = false;
  #cancelTimer: () => void = () => undefined;
  #stopped = true;

  constructor(private readonly options: SchedulerOptions) {}

  /**
   * Counts the calls that were being made when this folder was copied: they may have rung, and are not made again for the
   * attempt that was running. Call before {@link start}.
   */
  async giveUpCalling(): Promise<void> {
    const { store, calls, clock } = this.options;
    for (const { id, flowId } of await store.calling()) {
      const report = await calls.report(flowId);
      const isKnown = typeof report === 'object' && report.answeredAt !== null;
      const unknown = { outcome: 'unknown' as const, answeredAt: null, endedAt: clock.now(), digit: null };
      await store.settle(id, isKnown ? report : unknown, clock.now());
    }
  }

  start(): void {
    this.#stopped = false;
    this.wake();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.idle();
    this.#cancelTimer();
  }

  /** Something has changed: a notification, a call, the limits, or that calls can be made. */
  wake(): void {
    if (this.#stopped || this.#turnWaits) return;
    this.#turnWaits = true;
    this.#turn = this.#turn.then(() => this.#takeTurn());
  }

  /** Resolves when no turn is under way and every call is begun that was to be. */
  async idle(): Promise<void> {
    for (let turn; turn !== this.#turn || this.#beginning.size > 0;) {
      turn = this.#turn;
      await turn;
      await Promise.all(this.#beginning.values());
    }
  }

  async #takeTurn(): Promise<void> {
    this.#turnWaits = false;
    this.#cancelTimer();
    try {
      await this.#settle();
      if (!this.#stopped) await this.#decide();
    } catch (error) {
      this.options.onTrouble(error);
      this.#wakeAt(this.options.clock.now() + AGAIN_MS);
    }
  }

  /** What has become of the calls. */
  async #settle(): Promise<void> {
    const { store, calls, clock, onCalled } = this.options;
    for (const { id, flowId } of await store.calling()) {
      if (this.#beginning.has(id)) continue;
      const report = await calls.report(flowId);
      if (report === 'running') continue;
      if (report === 'never') await store.giveBack(id, { dueAt: clock.now() }, clock.now());
      else {
        await store.settle(id, report, clock.now());
        failpoint('after-ack', 'notification');
        onCalled(report.outcome);
      }
    }
  }

  async #decide(): Promise<void> {
    const { store, limits, usable, clock } = this.options;
    const now = clock.now();
    const calling = await store.calling();
    const caps = limits();
    const room = usable() ? caps.maxConcurrent - calling.length : 0;
    const expired = await store.expired(now, PAGE);
    const due = room > 0 ? await store.due(now, Math.min(room, PAGE)) : [];
    const begun = due.length > 0 ? await store.begunSince(now - MINUTE_MS) : [];
    const decision = decide({ now, due: [...expired, ...due], calling, begun, limits: caps });
    for (const { id, result } of decision.finish) await store.finish(id, result, now);
    await store.defer(decision.defer);
    for (const id of decision.start) await this.#begin(id, now);
    // Others may have been behind them.
    if (decision.finish.length + decision.defer.length > 0) {
      this.wake();
      return;
    }
    const isCalling = calling.length + decision.start.length > 0;
    const next = [decision.wakeAt, await store.nextDueAt(now), isCalling ? now + LOOK_EVERY_MS : undefined];
    this.#wakeAt(Math.min(...next.flatMap((at) => at ?? [])));
  }

  /** The call may take long to begin: what it says has to be made. */
  async #begin(id: string, now: Instant): Promise<void> {
    const taken = await this.options.store.take(id, now);
    if (taken === undefined) return;
    const begun = this.#call(taken.row, taken.flowId)
      .catch((error: unknown) => this.#failed(id, error))
      .finally(() => {
        this.#beginning.delete(id);
        this.wake();
      });
    this.#beginning.set(id, begun);
  }

  async #call(row: NotificationRow, flowId: string): Promise<void> {
    const { begin, store, clock } = this.options;
    failpoint('before-send', 'notification');
    const begun = await begin(row, flowId);
    failpoint('after-send', 'notification');
    if (begun.ok) return;
    const now = clock.now();
    const next = begun.why === 'unavailable' ? { dueAt: now + AGAIN_MS } : { result: begun.why };
    await store.giveBack(row.id, next, now);
  }

  /** A call that has begun nevertheless is found under the same id. */
  async #failed(id: string, error: unknown): Promise<void> {
    const { store, clock, onTrouble } = this.options;
    onTrouble(error);
    const now = clock.now();
    await store.giveBack(id, { dueAt: now + AGAIN_MS }, now).catch(onTrouble);
  }

  #wakeAt(at: Instant): void {
    this.#cancelTimer();
    if (!this.#stopped && at < Infinity) this.#cancelTimer = this.options.clock.wakeAt(at, () => this.wake());
  }
}
