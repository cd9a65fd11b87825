import type { Instant } from '../lib/clock.js';
import type { FlowSummary, LogEntry } from './flow.js';
import type { DomainEvent } from '../telephony/domain-events.js';
import type { Effect } from './event.js';

/**
 * Where flows are kept. Everything that one step of a flow changes is one {@link FlowChange}, stored whole or not at
 * all;
 * storing the same change twice is harmless.
 */
export interface FlowStore {
  /**
   * All changes in one transaction, in order. @throws {RejectedChange} when it is not the database that is in trouble
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
  override readonly name = 'Unstorable';
}

export interface FlowChange {
  flowId: string;
  at: Instant;
  /** Left out when only acknowledgements are stored. */
  step?: {
    kind: string;
    startedAt: Instant;
    program: { hash: string; body: unknown };
    state: unknown;
    summary: FlowSummary;
    over: boolean;
  };
  log: (LogEntry & { seq: number })[];
  requested: Effect[];
  acknowledged: string[];
  news?: DomainEvent[];
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
