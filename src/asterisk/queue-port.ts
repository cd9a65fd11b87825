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
  /**
   * Makes this the music that queues can have, and no other. Who hears music that is changed or removed goes on hearing it.
   * @throws AsteriskError
   */
  putMusic(music: MusicAccount[]): Promise<void>;
  /** The queues that {@link putQueues} made, by id. @throws AsteriskError */
  listQueues(): Promise<QueueSnapshot[]>;
  /** Logs a handset in to a queue, not paused; does nothing when it is there. @throws AsteriskError */
  addMember(queue: number, handset: string): Promise<void>;
  /** Logs a handset out; does nothing when it is not there. @throws AsteriskError */
  removeMember(queue: number, handset: string): Promise<void>;
  /** `reason` undefined: paused no more. @throws AsteriskError `refused` when the handset is not in the queue */
  pauseMember(queue: number, handset: string, reason: string | undefined): Promise<void>;
  /** Who talks to a handset of a queue now. @throws AsteriskError */
  listTalks(): Promise<QueueTalk[]>;
  /** Which handsets ring for whom now. @throws AsteriskError */
  listRinging(): Promise<QueueTalk[]>;
  /**
   * Sends a channel of our application into a queue. It raises `channel_left`, and when it comes back `channel_entered`
   * with the arguments `resume`, the visit and a {@link QueueResult}. A caller who hangs up raises `channel_gone`.
   * @throws AsteriskError
   */
  enqueue(visit: QueueVisit): Promise<void>;
  /**
   * Takes a caller out of a queue, also one who talks to a handset by now: comes back as from {@link enqueue}, with the
   * result `WITHDRAW`. Does nothing when the caller is not there (any more). @throws AsteriskError
   */
  withdraw(visit: Pick<QueueVisit, 'channelId' | 'visitId' | 'queue'>): Promise<void>;
}

/** What a music may be called. */
export const MUSIC_NAME = /^[a-z0-9][a-z0-9_-]{0,39}$/;

/** Audio that is played one file after another, over and over. */
export interface MusicAccount {
  /** As {@link MUSIC_NAME}. */
  name: string;
  /** Addresses that Asterisk can fetch. */
  urls: string[];
}

export const queueStrategies = ['ringall', 'leastrecent', 'fewestcalls', 'random', 'rrmemory', 'linear'] as const;

export interface QueueAccount {
  id: number;
  /** Names of handsets; their order counts for `linear`. */
  handsets: string[];
  /** Who of them is paused, and why; without it everybody stays as it is. */
  paused?: Record<string, string>;
  strategy: (typeof queueStrategies)[number];
  /** How long a handset rings before the next one's turn. */
  ringTimeoutS: number;
  /** Peace for all handsets after a round of ringing that nobody answered, at least 1; by default {@link RETRY_S}. */
  retryS?: number;
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
  /** By default silent. */
  sounds?: QueueSounds;
}

export const RETRY_S = 5;

/** What is heard in a queue, besides ringing. */
export interface QueueSounds {
  /** Name of a music that {@link QueuePort.putMusic} made; null for none. */
  music: string | null;
  /** Audio by its address, one after the other in turn. `firstAfterS`: 0 for `everyS`. */
  periodic: { urls: string[]; everyS: number; firstAfterS: number } | null;
  /**
   * What Asterisk says itself, in the caller's language: on joining, and every so often.
   */
  standing: {
    everyS: number;
    /** `limit`: up to `positionLimit`; `more`: beyond it, that it is beyond it. */
    position: 'off' | 'on' | 'limit' | 'more';
    positionLimit: number;
    /** The expected wait, once there is one of at least half a minute. */
    holdTime: 'off' | 'on' | 'once';
    thanks: boolean;
  } | null;
}

export const SILENT: QueueSounds = { music: null, periodic: null, standing: null };

export interface QueueSnapshot {
  id: number;
  strategy: string;
  weight: number;
  maxLength: number;
  members: QueueMember[];
  /** First in line first. */
  waiting: WaitingCaller[];
}

export interface QueueMember {
  handset: string;
  state: MemberState;
  paused: boolean;
  /** Empty when not paused, or without a reason. */
  pauseReason: string;
  /** When its last call of a queue ended, to the second; null when it has had none. */
  lastCallAt: number | null;
}

/** `unavailable`: no registered contact. `busy`: in a call of its own, or on hold: not rung. */
export type MemberState = 'free' | 'ringing' | 'busy' | 'unavailable';

export interface WaitingCaller {
  channelId: string;
  joinedAt: number;
  /** As handsets see them. */
  caller: { number: string; name: string };
}

/** A caller of a queue and a handset of it: they talk, or it rings. */
export interface QueueTalk {
  channelId: string;
  queue: number;
  handset: string;
}

/**
 * What happens in queues, as Asterisk tells it. `channelId`: the caller's. Events of one caller come in this order; who
 * was away makes up for what was missed with {@link QueuePort.listQueues}, {@link QueuePort.listTalks} and {@link QueuePort.listRinging}.
 */
export type QueueEvent =
  /** `position` counts from 1; `waiting`: callers there now, this one included. */
  | (Happened & { type: 'queue_joined'; position: number; waiting: number; caller: { number: string; name: string } })
  /** A handset rings for the caller. */
  | (Happened & { type: 'queue_ringing'; handset: string })
  /** It rings no more, and nobody has answered there. */
  | (Happened & { type: 'queue_ring_over'; handset: string })
  | (Happened & { type: 'queue_answered'; handset: string })
  /** The caller no longer waits: answered, gone, sent away. Comes before `queue_answered`. */
  | (Happened & { type: 'queue_caller_left'; waiting: number })
  | (Happened & { type: 'queue_talk_over'; handset: string; talkedMs: number })
  /** A handset has come into a queue, or is otherwise than it was. */
  | { type: 'queue_member'; at: number; queue: number; member: QueueMember }
  | { type: 'queue_member_gone'; at: number; queue: number; handset: string };

interface Happened {
  at: number;
  queue: number;
  channelId: string;
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
  /** The talk is recorded, under the visit's id. */
  record?: boolean;
  /** Number that the handsets see; null for the caller's own. */
  shownNumber: string | null;
  /** Callers with more come before callers with less; by default 0. */
  priority?: number;
  /** Two letters: of what Asterisk says itself. By default the channel's. */
  language?: string;
  /**
   * A handset of the queue that does not ring for this caller for so long, because it has just transferred the caller.
   * Events may still say that it rings, and at once that it does not.
   */
  skip?: { handset: string; seconds: number } | undefined;
  /** The caller hears that it rings, which is the default; else the queue's music. */
  rings?: boolean;
}

/** In Asterisk's words (QUEUESTATUS) where it has one. `EXITED`: by key; `BUSY`: no handset can take the call now, and one is registered, be it paused (app_queue calls that empty as well); `UNKNOWN`: no such queue. */
export const queueResults = [
  ...['CONTINUE', 'TIMEOUT', 'FULL', 'JOINEMPTY', 'LEAVEEMPTY', 'JOINUNAVAIL', 'LEAVEUNAVAIL'],
  ...['WITHDRAW', 'EXITED', 'BUSY', 'UNKNOWN'],
] as const;

export type QueueResult = (typeof queueResults)[number];

/** First argument of `Stasis()` for a caller who comes back from a queue; then the visit, then the result. */
export const RESUMED = 'resume';
