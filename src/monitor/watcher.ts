import type { Instant } from '../lib/clock.js';
import type { Feed } from './feed.js';

/** A watcher's socket, as far as the monitor knows one. */
export interface MonitorSocket {
  /** Bytes that were sent and that nobody has taken yet. */
  readonly backlogBytes: number;
  send(message: Buffer): void;
  ping(): void;
  close(code: number, reason: string): void;
  /** At once, without a word. */
  terminate(): void;
}

export interface WatcherLimits {
  /** With more than this not taken, a watcher gets no deltas, but a snapshot once it has caught up. */
  backlogBytes: number;
  /** One that has not caught up for so long is dropped. */
  stalledMs: number;
}

export const defaultWatcherLimits: WatcherLimits = { backlogBytes: 262_144, stalledMs: 15_000 };

/**
 * One who watches. States: `following` (gets each delta) and `behind` (takes slower than is sent: gets nothing until what
 * was sent is taken, then a snapshot; dropped after a while). What is kept for one watcher is thereby bounded.
 */
export class Watcher {
  #feed: Feed;
  #behindSince: Instant | undefined;

  constructor(
    readonly socket: MonitorSocket,
    feed: Feed,
    private readonly limits: WatcherLimits,
  ) {
    this.#feed = feed;
  }

  get feed(): Feed {
    return this.#feed;
  }

  get isBehind(): boolean {
    return this.#behindSince !== undefined;
  }

  /** From now on what this feed shows, beginning with all of it. */
  follow(feed: Feed, now: Instant): void {
    this.#feed = feed;
    this.resync(now);
  }

  resync(now: Instant): void {
    if (this.socket.backlogBytes > this.limits.backlogBytes) this.#behindSince ??= now;
    else if (!this.isBehind) this.socket.send(this.#feed.snapshot());
  }

  deliver(message: Buffer, now: Instant): void {
    if (this.isBehind) return;
    if (this.socket.backlogBytes > this.limits.backlogBytes) this.#behindSince = now;
    else this.socket.send(message);
  }

  /** Called now and then. False: this watcher takes nothing and was dropped. */
  tend(now: Instant): boolean {
    if (this.#behindSince === undefined) return true;
    if (this.socket.backlogBytes === 0) {
      this.#behindSince = undefined;
      this.socket.send(this.#feed.snapshot());
    } else if (now - this.#behindSince >= this.limits.stalledMs) {
      this.socket.terminate();
      return false;
    }
    return true;
  }
}
