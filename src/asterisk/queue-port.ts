/**
 * Queues of callers, served by Asterisk's `app_queue`: callers wait there outside our application and keep their place when
 * the gateway is down. Implemented beside AsteriskPort by the same two classes and checked by the same conformance suite.
 */
export interface QueuePort {
  /**
   * Replaces all queues of ours in Asterisk, without shared files; in effect when it resolves. Waiting and talking callers are
   * not affected: callers of a removed queue are served to the end. @throws AsteriskError
   */
  putQueues(queues: QueueAccount[]): Promise<void>;
  /**
   * Replaces all music of ours in Asterisk. Callers who hear changed or removed music continue to hear it.
   * @throws AsteriskError
   */
  putMusic(music: MusicAccount[]): Promise<void>;
  /** The queues created by {@link putQueues}, by id. @throws AsteriskError */
  listQueues(): Promise<QueueSnapshot[]>;
  /** Logs a handset in to a queue, not paused; does nothing when it is logged in. @throws AsteriskError */
  addMember(queue: number, handset: string): Promise<void>;
  /** Logs a handset out; does nothing when it is not logged in. @throws AsteriskError */
  removeMember(queue: number, handset: string): Promise<void>;
  /** `reason` undefined: ends the pause. @throws AsteriskError `refused` when the handset is not in the queue */
  pauseMember(queue: number, handset: string, reason: string | undefined): Promise<void>;
  /**
   * Ends the wrap-up time of a handset in a queue; a pause stays. Its calls in this queue count from 0 again, and in a linear queue it is
   * the last one. Does nothing when it has taken no call in this queue. @throws AsteriskError `refused` when the handset is not in the queue
   */
  endWrapUp(queue: number, handset: string): Promise<void>;
  /** Callers who talk to a handset of a queue now. @throws AsteriskError */
  listTalks(): Promise<QueueTalk[]>;
  /** Handsets that ring now, with the callers they ring for. @throws AsteriskError */
  listRinging(): Promise<QueueTalk[]>;
  /**
   * Sends a channel of our application into a queue. Raises `channel_left`, and on return `channel_entered`
   * with the arguments `resume`, the visit and a {@link QueueResult}. A caller who hangs up raises `channel_gone`.
   * @throws AsteriskError
   */
  enqueue(visit: QueueVisit): Promise<void>;
  /**
   * Takes a caller out of a queue, also during a talk with a handset: the channel returns as from {@link enqueue}, with the
   * result `WITHDRAW`. Does nothing when the caller is not in the queue. @throws AsteriskError
   */
  withdraw(visit: Pick<QueueVisit, 'channelId' | 'visitId' | 'queue'>): Promise<void>;
  /** The channel of this handset in the talk of a queue's caller; undefined when it is not in it. @throws AsteriskError */
  findParty(talk: { channelId: string; handset: string }): Promise<string | undefined>;
  /**
   * Takes both parties of a queue's talk into our application, up and unconnected. The caller returns as from {@link withdraw}; the
   * handset raises `channel_entered` with the arguments {@link TAKEN} and the visit. Does nothing when the talk is over.
   * @throws AsteriskError
   */
  takeTalk(talk: { channelId: string; visitId: string; partyId: string }): Promise<void>;
  /**
   * Moves a waiting caller to a position, from 1; beyond the end: the last one. Raises `queue_order`. Callers who come later with a
   * higher priority still enter before those with a lower one. Does nothing when the caller does not wait in the queue.
   * @throws AsteriskError
   */
  moveCaller(move: QueueMove): Promise<void>;
}

export interface QueueMove {
  channelId: string;
  queue: number;
  position: number;
}

/** Allowed names of music. */
export const MUSIC_NAME = /^[a-z0-9][a-z0-9_-]{0,39}$/;

/** A playlist, repeated endlessly. */
export interface MusicAccount {
  /** As {@link MUSIC_NAME}. */
  name: string;
  /** URLs that Asterisk can fetch. */
  urls: string[];
}

export const queueStrategies = ['ringall', 'leastrecent', 'fewestcalls', 'random', 'rrmemory', 'linear'] as const;

export interface QueueAccount {
  id: number;
  /** Names of handsets; their order counts for `linear`. */
  handsets: string[];
  /** Pause reasons by handset; the other handsets are not paused. Undefined: leaves all pauses unchanged. */
  paused?: Record<string, string>;
  strategy: (typeof queueStrategies)[number];
  /** How long a handset rings before the next one's turn. */
  ringTimeoutS: number;
  /** Break between two unanswered rounds of ringing, in seconds, at least 1; by default {@link RETRY_S}. */
  retryS?: number;
  /** Wrap-up time of a handset after each call. */
  wrapUpS: number;
  /** When queues share a free handset, the one with the higher weight is served first. */
  weight: number;
  /** Limit of waiting callers; 0 for none. */
  maxLength: number;
  /** Condition to let a caller in: none, a registered handset, or a free handset. */
  joinWhen: 'always' | 'registered' | 'free';
  /** Condition to let callers continue to wait. */
  stayWhen: 'always' | 'registered';
  /** By default silent. */
  sounds?: QueueSounds;
}

export const RETRY_S = 5;

/** Sounds of a queue besides ringing. */
export interface QueueSounds {
  /** Name of music created by {@link QueuePort.putMusic}; null for none. */
  music: string | null;
  /** Audio URLs, played in turn. `firstAfterS`: 0 for `everyS`. */
  periodic: { urls: string[]; everyS: number; firstAfterS: number } | null;
  /** Asterisk's own announcements in the caller's language, on joining and every `everyS` seconds. */
  standing: {
    everyS: number;
    /** `limit`: positions up to `positionLimit` only; `more`: beyond it, "more than" that number. */
    position: 'off' | 'on' | 'limit' | 'more';
    positionLimit: number;
    /** The expected wait, from half a minute. */
    holdTime: 'off' | 'on' | 'once';
    thanks: boolean;
  } | null;
}

export const NO_SOUNDS: QueueSounds = { music: null, periodic: null, standing: null };

export interface QueueSnapshot {
  id: number;
  strategy: string;
  weight: number;
  maxLength: number;
  members: QueueMember[];
  /** In order of position. */
  waiting: WaitingCaller[];
}

export interface QueueMember {
  handset: string;
  state: MemberState;
  paused: boolean;
  /** Empty when not paused, or without a reason. */
  pauseReason: string;
  /** End of its last queue call, to the second; null when there was none. */
  lastCallAt: number | null;
}

/** `unavailable`: no registered contact. `busy`: in a call of its own or on hold, so it is not rung. */
export type MemberState = 'free' | 'ringing' | 'busy' | 'unavailable';

export interface WaitingCaller {
  channelId: string;
  joinedAt: number;
  /** As handsets see them. */
  caller: { number: string; name: string };
}

/** A caller of a queue and one of its handsets that talks with or rings for the caller. */
export interface QueueTalk {
  channelId: string;
  queue: number;
  handset: string;
}

/**
 * Events of queues. `channelId`: the caller's. Events of one caller arrive in this order; after a lost link the listener reads
 * the state with {@link QueuePort.listQueues}, {@link QueuePort.listTalks} and {@link QueuePort.listRinging}.
 */
export type QueueEvent =
  /** `position` counts from 1; `waiting`: callers in the queue, this one included. */
  | (OfCaller & { type: 'queue_joined'; position: number; waiting: number; caller: { number: string; name: string } })
  /** A handset rings for the caller. */
  | (OfCaller & { type: 'queue_ringing'; handset: string })
  /** The handset stopped ringing without an answer. */
  | (OfCaller & { type: 'queue_ring_over'; handset: string })
  | (OfCaller & { type: 'queue_answered'; handset: string })
  /** The caller no longer waits: answered, hung up or removed. Raised before `queue_answered`. */
  | (OfCaller & { type: 'queue_caller_left'; waiting: number })
  | (OfCaller & { type: 'queue_talk_over'; handset: string; talkedMs: number })
  /** The order of the waiting callers after a move. */
  | { type: 'queue_order'; at: number; queue: number; channelIds: string[] }
  /** A handset joined a queue, or its state changed. */
  | { type: 'queue_member'; at: number; queue: number; member: QueueMember }
  | { type: 'queue_member_gone'; at: number; queue: number; handset: string };

interface OfCaller {
  at: number;
  queue: number;
  channelId: string;
}

export interface QueueVisit {
  channelId: string;
  /** Chosen by the gateway; identifies this stay in a queue among those of the same call. */
  visitId: string;
  queue: number;
  /** Longest wait, in seconds. */
  waitS: number;
  /** Key that takes the caller out of the queue. */
  exitKey: string | null;
  /** Rings each handset once and does not wait for busy handsets. */
  once: boolean;
  /** Records the talk under the visit's id. */
  record?: boolean;
  /** Number shown on the handsets; null for the caller's own. */
  shownNumber: string | null;
  /** Callers with a higher priority are served first; by default 0. */
  priority?: number;
  /** Two-letter code of the language of Asterisk's own announcements. By default the channel's. */
  language?: string;
  /**
   * A handset that must not ring for this caller for so many seconds, because it has just transferred the caller. Events may
   * still report that it rings and immediately that it stopped.
   */
  skip?: { handset: string; seconds: number } | undefined;
  /** Raises `talk_digit` also for keys that a handset sends in its audio stream (RFC 4733). */
  keys?: boolean;
  /** Plays ringing to the caller (the default) instead of the queue's music. */
  rings?: boolean;
}

/**
 * Asterisk's QUEUESTATUS, and further values: `EXITED`: by key; `BUSY`: no handset is available, but at least one is
 * registered, possibly paused (app_queue reports this as empty too); `UNKNOWN`: no such queue.
 */
export const queueResults = [
  ...['CONTINUE', 'TIMEOUT', 'FULL', 'JOINEMPTY', 'LEAVEEMPTY', 'JOINUNAVAIL', 'LEAVEUNAVAIL'],
  ...['WITHDRAW', 'EXITED', 'BUSY', 'UNKNOWN'],
] as const;

export type QueueResult = (typeof queueResults)[number];

/** First argument of `Stasis()` for a caller who returns from a queue, followed by the visit and the result. */
export const RESUMED = 'resume';

/** First argument of `Stasis()` for a handset that {@link QueuePort.takeTalk} took out of a talk, followed by the visit. */
export const TAKEN = 'taken';
