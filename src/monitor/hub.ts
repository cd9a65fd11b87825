import type { Clock } from '../lib/clock.js';
import { changedCalls, Feed } from './feed.js';
import { emptyState } from './present.js';
import type { State } from './protocol.js';
import { viewKey, type View } from './view.js';
import { defaultWatcherLimits, Watcher, type MonitorSocket, type WatcherLimits } from './watcher.js';

/** Publishing uses at most this share of the time: under load, several changes are published together. */
const BUSY_SHARE = 0.5;
const MIN_PAUSE_MS = 2;
const MAX_PAUSE_MS = 250;
const CHECK_MS = 500;

interface HubOptions {
  clock: Clock;
  /** The current state. */
  state: () => State;
  limits?: Partial<WatcherLimits> | undefined;
}

/**
 * Publishes the state to all watchers. Watchers of the same view share its messages. The first change is published at
 * once; changes that follow closely are published together.
 */
export class Hub {
  readonly #clock: Clock;
  readonly #limits: WatcherLimits;
  readonly #feeds = new Map<string, { feed: Feed; watchers: Set<Watcher> }>();
  readonly #state: () => State;
  /** The state that was published last. */
  #published = emptyState;
  #cancelPublish: (() => void) | undefined;
  #cancelCheck: () => void = () => undefined;
  #pauseUntil = 0;

  constructor({ clock, state, limits }: HubOptions) {
    this.#clock = clock;
    this.#state = state;
    this.#limits = { ...defaultWatcherLimits, ...limits };
  }

  start(): void {
    const check = () => {
      this.#checkWatchers();
      this.#cancelCheck = this.#clock.wakeAt(this.#clock.now() + CHECK_MS, check);
    };
    this.#cancelCheck = this.#clock.wakeAt(this.#clock.now() + CHECK_MS, check);
  }

  stop(): void {
    this.#cancelCheck();
    this.#cancelPublish?.();
    this.#cancelPublish = undefined;
  }

  get watcherCount(): number {
    return [...this.#feeds.values()].reduce((sum, { watchers }) => sum + watchers.size, 0);
  }

  /** Schedules the publication of a changed state. Without a watcher nothing is presented: the next one begins with the current state. */
  scheduleUpdate(): void {
    if (this.#cancelPublish || this.#feeds.size === 0) return;
    const now = this.#clock.now();
    // A longer pause means that the clock was set back.
    const at = Math.min(now + MAX_PAUSE_MS, Math.max(now, this.#pauseUntil));
    this.#cancelPublish = this.#clock.wakeAt(at, () => this.#publish());
  }

  /** Adds a watcher and sends it a snapshot. */
  join(socket: MonitorSocket, view: View): Watcher {
    const entry = this.#entry(view);
    const watcher = new Watcher(socket, entry.feed, this.#limits);
    entry.watchers.add(watcher);
    watcher.resync(this.#clock.now());
    return watcher;
  }

  /** Moves a watcher to another view and sends it a snapshot. */
  changeView(watcher: Watcher, view: View): void {
    if (!this.leave(watcher)) return;
    const entry = this.#entry(view);
    entry.watchers.add(watcher);
    watcher.follow(entry.feed, this.#clock.now());
  }

  resync(watcher: Watcher): void {
    watcher.resync(this.#clock.now());
  }

  sendBeat(watcher: Watcher): void {
    watcher.send(watcher.feed.beat(), this.#clock.now());
  }

  /** Removes a watcher. @returns false when it was not present */
  leave(watcher: Watcher): boolean {
    const key = viewKey(watcher.feed.view);
    const entry = this.#feeds.get(key);
    if (entry?.watchers.delete(watcher) !== true) return false;
    if (entry.watchers.size === 0) this.#feeds.delete(key);
    return true;
  }

  /** A new feed starts at the published state, so that all watchers of a view have the same one. */
  #entry(view: View) {
    if (this.#feeds.size === 0) this.#published = this.#state();
    const key = viewKey(view);
    const entry = this.#feeds.get(key) ?? {
      feed: new Feed(view, this.#published, () => this.#clock.now()),
      watchers: new Set<Watcher>(),
    };
    this.#feeds.set(key, entry);
    return entry;
  }

  #publish(): void {
    this.#cancelPublish = undefined;
    const startedAt = performance.now();
    const before = this.#published;
    this.#published = this.#state();
    const changed = changedCalls(before, this.#published);
    const now = this.#clock.now();
    for (const { feed, watchers } of this.#feeds.values()) {
      const delta = feed.advance(this.#published, changed);
      if (delta !== undefined) for (const watcher of watchers) watcher.send(delta, now);
    }
    const durationMs = performance.now() - startedAt;
    const pauseMs = Math.min(MAX_PAUSE_MS, Math.max(MIN_PAUSE_MS, durationMs * (1 / BUSY_SHARE - 1)));
    this.#pauseUntil = this.#clock.now() + pauseMs;
  }

  #checkWatchers(): void {
    const now = this.#clock.now();
    for (const { watchers } of [...this.#feeds.values()])
      for (const watcher of [...watchers]) if (!watcher.checkBacklog(now)) this.leave(watcher);
  }
}
