import type { MessageCalls, MessageOutcome } from '../calls/message-call.js';
import type { Clock, Instant } from '../lib/clock.js';
import { failpoint } from '../lib/failpoint.js';
import type { NotificationRow } from '../storage/schema.js';
import { decide, type ActiveCall, type NotificationLimits } from './decide.js';
import type { NotificationStore } from './store.js';
import { MINUTE_MS } from '../lib/time.js';

/** Most notifications of each trunk that one turn considers. */
const PAGE = 50;
/** Pause before a call that could not be started is started again. */
const RETRY_MS = 5_000;
/** Interval of turns while calls are running, in case no event reports their end. */
const CHECK_EVERY_MS = 10_000;

/** `unavailable`: to be tried again; otherwise the result of the notification. */
export type BeginResult = { ok: true } | { ok: false; why: 'unavailable' | 'failed' | 'refused'; detail: string };

interface SchedulerOptions {
  store: NotificationStore;
  calls: MessageCalls;
  begin: (row: NotificationRow, callId: string) => Promise<BeginResult>;
  limits: () => NotificationLimits;
  /** Whether calls can be made now: Asterisk is connected and ready. */
  canCall: () => boolean;
  clock: Clock;
  onCalled: (outcome: MessageOutcome) => void;
  onError: (error: unknown) => void;
}

/**
 * Makes the calls of notifications when they are due. Its whole state is in the database: each turn decides from scratch, so
 * the next turn repairs an interrupted one.
 */
export class Scheduler {
  /** Ids of notifications whose calls are being started. */
  readonly #beginning = new Set<string>();
  readonly #starts = new Set<Promise<void>>();
  #turn: Promise<void> = Promise.resolve();
  #turnWaits = false;
  #cancelTimer: () => void = () => undefined;
  #stopped = true;

  constructor(private readonly options: SchedulerOptions) {}

  /**
   * Settles the calls that were in progress when this data folder was copied: the phones may have rung, so the running attempt is
   * not repeated. Call before {@link start}.
   *
   * @returns the ids of their notifications
   */
  async settleInterrupted(): Promise<string[]> {
    const { store, calls, clock } = this.options;
    const active = await store.findActiveCalls();
    for (const { id, callId } of active) {
      const report = await calls.report(callId);
      const isKnown = typeof report === 'object' && report.answeredAt !== null;
      const unknown = { outcome: 'unknown' as const, answeredAt: null, endedAt: clock.now(), digit: null };
      await store.settleInterrupted(id, isKnown ? report : unknown, clock.now());
    }
    return active.map(({ id }) => id);
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

  /** Starts a turn. Call after a change of notifications, calls, limits, or of the connection to Asterisk. */
  wake(): void {
    if (this.#stopped || this.#turnWaits) return;
    this.#turnWaits = true;
    this.#turn = this.#turn.then(() => this.#takeTurn());
  }

  /** Resolves when no turn is running and all calls that were decided on have been started. */
  async idle(): Promise<void> {
    for (let turn; turn !== this.#turn || this.#starts.size > 0;) {
      turn = this.#turn;
      await turn;
      await Promise.all(this.#starts);
    }
  }

  async #takeTurn(): Promise<void> {
    this.#turnWaits = false;
    this.#cancelTimer();
    try {
      const calling = await this.#settle();
      if (!this.#stopped) await this.#decide(calling);
    } catch (error) {
      this.options.onError(error);
      this.#wakeAt(this.options.clock.now() + RETRY_MS);
    }
  }

  /** Stores the outcomes of calls that have ended. @returns the calls in progress */
  async #settle(): Promise<ActiveCall[]> {
    const { store, calls, clock, onCalled } = this.options;
    const calling: ActiveCall[] = [];
    for (const call of await store.findActiveCalls()) {
      const { id, callId } = call;
      const report = this.#beginning.has(id) ? 'running' : await calls.report(callId);
      if (report === 'running') calling.push(call);
      else if (report === 'never') await store.release(id, { dueAt: clock.now() }, clock.now());
      else {
        await store.settle(id, report, clock.now());
        failpoint('after-ack', 'notification');
        onCalled(report.outcome);
      }
    }
    return calling;
  }

  async #decide(calling: readonly ActiveCall[]): Promise<void> {
    const { store, limits, canCall, clock } = this.options;
    const now = clock.now();
    const caps = limits();
    const room = canCall() ? caps.maxConcurrent - calling.length : 0;
    const outlook = await store.outlook(now);
    const expired = outlook.expiresAt <= now ? await store.findExpired(now, PAGE) : [];
    const due = room > 0 ? await store.findDue(now, Math.min(room, PAGE)) : [];
    const begun = due.length > 0 ? await store.begunSince(now - MINUTE_MS) : [];
    const decision = decide({ now, due: [...expired, ...due], calling, begun, limits: caps });
    const { finish, defer, start } = decision;
    for (const { id, result } of finish) await store.finish(id, result, now);
    await store.defer(defer);
    for (const id of start) await this.#begin(id, now);
    // The page was limited: more may be due behind these.
    if (finish.length + defer.length > 0 || (start.length > 0 && due.length >= PAGE)) {
      this.wake();
      return;
    }
    const isCalling = calling.length + start.length > 0;
    const { dueAt, expiresAt } = outlook;
    const checkAt = isCalling ? now + CHECK_EVERY_MS : Infinity;
    this.#wakeAt(Math.min(decision.wakeAt ?? Infinity, dueAt, expiresAt, checkAt));
  }

  /** Not awaited by the turn: composing speech before the call can take long. */
  async #begin(id: string, now: Instant): Promise<void> {
    const taken = await this.options.store.claim(id, now);
    if (taken === undefined) return;
    this.#beginning.add(id);
    const start = this.#start(taken).finally(() => this.#starts.delete(start));
    this.#starts.add(start);
  }

  async #start({ row, callId }: { row: NotificationRow; callId: string }): Promise<void> {
    await this.#call(row, callId).catch((error: unknown) => this.#failed(row.id, error));
    this.#beginning.delete(row.id);
    // A call in progress wakes the scheduler when it ends.
    const report = await this.options.calls.report(callId).catch(() => undefined);
    if (report !== 'running') this.wake();
  }

  async #call(row: NotificationRow, callId: string): Promise<void> {
    const { begin, store, clock } = this.options;
    failpoint('before-send', 'notification');
    const begun = await begin(row, callId);
    failpoint('after-send', 'notification');
    if (begun.ok) return;
    const now = clock.now();
    const next = begun.why === 'unavailable' ? { dueAt: now + RETRY_MS } : { result: begun.why };
    await store.release(row.id, next, now);
  }

  /** A call that has started nevertheless is found later: its next attempt has the same id. */
  async #failed(id: string, error: unknown): Promise<void> {
    const { store, clock, onError } = this.options;
    onError(error);
    const now = clock.now();
    await store.release(id, { dueAt: now + RETRY_MS }, now).catch(onError);
  }

  #wakeAt(at: Instant): void {
    this.#cancelTimer();
    if (!this.#stopped && at < Infinity) this.#cancelTimer = this.options.clock.wakeAt(at, () => this.wake());
  }
}
