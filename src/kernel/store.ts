import type { Instant } from '../lib/clock.js';
import type { FlowSummary, LogEntry } from './flow.js';
import type { DomainEvent } from '../telephony/domain-events.js';
import type { Effect } from './event.js';

/**
 * Storage of flows. Everything that one step of a flow changes is one {@link FlowChange}, stored completely or not at
 * all. Storing the same change twice is harmless.
 */
export interface FlowStore {
  /**
   * Stores all changes in one transaction, in order. @throws {RejectedChange} when the fault is in a change and not in the
   * database @throws {FencedOut}
   */
  commit(changes: FlowChange[]): Promise<void>;
  /** The running flows, with their unacknowledged effects in the order of the requests. */
  loadRunning(): Promise<StoredFlow[]>;
  /** Ends a flow that cannot continue, with the reason in its timeline. */
  abandon(flowId: string, at: Instant, why: string): Promise<void>;
  /** `undefined`: no such flow. */
  statusOf(flowId: string): Promise<'running' | 'over' | undefined>;
}

/** The database rejects one of the changes permanently; `cause` has the error. */
export class RejectedChange extends Error {
  override readonly name = 'RejectedChange';
}

/** Another gateway runs the flows now: this process stores nothing any more and must end. */
export class FencedOut extends Error {
  override readonly name = 'FencedOut';
  constructor() {
    super('another gateway has taken over this node');
  }
}

export interface FlowChange {
  flowId: string;
  at: Instant;
  /** Left out when only log entries are added. */
  step?: {
    kind: string;
    startedAt: Instant;
    program: { hash: string; body: unknown };
    state: unknown;
    summary: FlowSummary;
    /** All effects without an acknowledgement, in the order of the requests. */
    pending: Effect[];
    over: boolean;
  };
  log: (LogEntry & { seq: number })[];
  news?: DomainEvent[] | undefined;
}

export interface StoredFlow {
  id: string;
  kind: string;
  startedAt: Instant;
  programHash: string;
  program: unknown;
  state: unknown;
  nextSeq: number;
  pending: Effect[];
  /** Why it cannot be read; state and program mean nothing then. */
  damaged?: string;
}
