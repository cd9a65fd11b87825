import type { Instant } from '../lib/clock.js';
import type { Feed } from './feed.js';

/** The port to the socket of a watcher. */
export interface MonitorSocket {
  /** Bytes that are sent but not yet transmitted. */
  readonly backlogBytes: number;
  send(message: Buffer): void;
  ping(): void;
  close(code: number, reason: string): void;
  /** Closes at once, without a close frame. */
  terminate(): void;
}

export interface WatcherLimits {
  /** With a larger backlog, a watcher gets no deltas, but a snapshot once the backlog is transmitted. */
  backlogBytes: number;
  /** A watcher with a backlog for this long is disconnected. */
  stalledMs: number;
}

export const defaultWatcherLimits: WatcherLimits = { backlogBytes: 262_144, stalledMs: 15_000 };

/**
 * A watcher of a feed. It is either following (gets each delta) or behind (gets nothing until its backlog is transmitted,
 * then a snapshot; disconnected after {@link WatcherLimits.stalledMs}). This bounds the memory of one watcher.
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

  /** Switches to another feed and sends its snapshot. */
  follow(feed: Feed, now: Instant): void {
    this.#feed = feed;
    this.resync(now);
  }

  resync(now: Instant): void {
    if (this.socket.backlogBytes > this.limits.backlogBytes) this.#behindSince ??= now;
    else if (!this.isBehind) this.socket.send(this.#feed.snapshot());
  }

  send(message: Buffer, now: Instant): void {
    if (this.isBehind) return;
    if (this.socket.backlogBytes > this.limits.backlogBytes) this.#behindSince = now;
    else this.socket.send(message);
  }

  /** Called periodically. @returns false when the watcher was disconnected because it reads nothing */
  checkBacklog(now: Instant): boolean {
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
