/**
 * Queues of callers, served by Asterisk's `app_queue`: callers wait there outside of our application and keep their
 * place whatever becomes of the gateway. Implemented beside AsteriskPort by the same two classes, and held to its
 * promises by the same conformance suite.
 */
export interface QueuePort {
  /**
   * Makes Asterisk's queues these and no others, without shared files; live when it resolves. Who waits or talks is left
   * alone: callers of a removed queue are served to the end. @throws AsteriskError
   */
  putQueues(queues: QueueAccount[]): Promise<void>;
  /** The queues that {@link putQueues} made, by id. @throws AsteriskError */
  listQueues(): Promise<QueueSnapshot[]>;
  /**
   * Sends a channel of our application into a queue. It raises `channel_left`, and when it comes back `channel_entered`
   * with the arguments `resume`, the visit and a {@link QueueResult}. A caller who hangs up raises `channel_gone`.
   * @throws AsteriskError
   */
  enqueue(visit: QueueVisit): Promise<void>;
}

export const queueStrategies = ['ringall', 'leastrecent', 'fewestcalls', 'random', 'rrmemory', 'linear'] as const;

export interface QueueAccount {
  id: number;
  /** Names of handsets; their order counts for `linear`. */
  handsets: string[];
  strategy: (typeof queueStrategies)[number];
  /** How long a handset rings before the next one's turn. */
  ringTimeoutS: number;
  /** Peace for a handset after each call. */
  wrapUpS: number;
  /** Among queues that share a free handset, the heavier is served first. */
  weight: number;
  /** Callers who may wait; 0 for any number. */
  maxLength: number;
  /** What it takes for a caller to be let in: nothing, a handset that is registered, or one that is free. */
  joinWhen: 'always' | 'registered' | 'free';
  /** What it takes for callers to go on waiting. */
  stayWhen: 'always' | 'registered';
}

export interface QueueSnapshot {
  id: number;
  strategy: string;
  weight: number;
  maxLength: number;
  handsets: string[];
  /** Channels, first in line first. */
  waiting: string[];
}

export interface QueueVisit {
  channelId: string;
  /** Chosen by us: tells this stay in a queue from others of the same call. */
  visitId: string;
  queue: number;
  /** For how long the caller may wait. */
  waitS: number;
  /** The key with which the caller leaves the queue. */
  exitKey: string | null;
  /** Rings each handset once and waits for no handset that is busy. */
  once: boolean;
  /** Number that the handsets see; null for the caller's own. */
  shownNumber: string | null;
}

/** In Asterisk's words (QUEUESTATUS) where it has one. `EXITED`: by key; `BUSY`: of a visit that is `once`; `UNKNOWN`: no such queue. */
export const queueResults = [
  ...['CONTINUE', 'TIMEOUT', 'FULL', 'JOINEMPTY', 'LEAVEEMPTY', 'JOINUNAVAIL', 'LEAVEUNAVAIL'],
  ...['WITHDRAW', 'EXITED', 'BUSY', 'UNKNOWN'],
] as const;

export type QueueResult = (typeof queueResults)[number];

/** First argument of `Stasis()` for a caller who comes back from a queue; then the visit, then the result. */
export const RESUMED = 'resume';
