import type { Clock } from '../lib/clock.js';
import { Feed } from './feed.js';
import { emptyState } from './present.js';
import type { State } from './protocol.js';
import { viewKey, type View } from './view.js';
import { defaultWatcherLimits, Watcher, type MonitorSocket, type WatcherLimits } from './watcher.js';

/** Telling takes at most this share of the time: under load, changes are told together. */
const BUSY_SHARE = 0.5;
const MIN_PAUSE_MS = 10;
const MAX_PAUSE_MS = 250;
const TEND_MS = 500;

interface HubOptions {
  clock: Clock;
  /** All that there is to show now. */
  state: () => State;
  limits?: Partial<WatcherLimits> | undefined;
}

/**
 * Shows the state to all who watch. Watchers of the same view share its messages, each of which is written once. A
 * first change is told at once; those that follow closely are told together.
 */
export class Hub {
  readonly #clock: Clock;
  readonly #limits: WatcherLimits;
  readonly #feeds = new Map<string, { feed: Feed; watchers: Set<Watcher> }>();
  readonly #state: () => State;
  /** What was told last. */
  #told = emptyState;
  #cancelTell: (() => void) | undefined;
  #cancelTend: () => void = () => undefined;
  #pauseUntil = 0;

  constructor({ clock, state, limits }: HubOptions) {
    this.#clock = clock;
    this.#state = state;
    this.#limits = { ...defaultWatcherLimits, ...limits };
  }

  start(): void {
    const tend = () => {
      this.#tend();
      this.#cancelTend = this.#clock.wakeAt(this.#clock.now() + TEND_MS, tend);
    };
    this.#cancelTend = this.#clock.wakeAt(this.#clock.now() + TEND_MS, tend);
  }

  stop(): void {
    this.#cancelTend();
    this.#cancelTell?.();
    this.#cancelTell = undefined;
  }

  get watching(): number {
    return [...this.#feeds.values()].reduce((sum, { watchers }) => sum + watchers.size, 0);
  }

  /** There is something new to show. */
  changed(): void {
    if (this.#cancelTell) return;
    const now = this.#clock.now();
    // No pause is longer, unless the clock was set back.
    const at = Math.min(now + MAX_PAUSE_MS, Math.max(now, this.#pauseUntil));
    this.#cancelTell = this.#clock.wakeAt(at, () => this.#tell());
  }

  /** Begins with a snapshot. */
  join(socket: MonitorSocket, view: View): Watcher {
    const entry = this.#entry(view);
    const watcher = new Watcher(socket, entry.feed, this.#limits);
    entry.watchers.add(watcher);
    watcher.resync(this.#clock.now());
    return watcher;
  }

  /** Another view, beginning with a snapshot of it. */
  change(watcher: Watcher, view: View): void {
    if (!this.leave(watcher)) return;
    const entry = this.#entry(view);
    entry.watchers.add(watcher);
    watcher.follow(entry.feed, this.#clock.now());
  }

  resync(watcher: Watcher): void {
    watcher.resync(this.#clock.now());
  }

  beat(watcher: Watcher): void {
    watcher.deliver(watcher.feed.beat(), this.#clock.now());
  }

  /** False when it was not here (any more). */
  leave(watcher: Watcher): boolean {
    const key = viewKey(watcher.feed.view);
    const entry = this.#feeds.get(key);
    if (entry?.watchers.delete(watcher) !== true) return false;
    if (entry.watchers.size === 0) this.#feeds.delete(key);
    return true;
  }

  /** Shows what was told last: a newcomer is where all others of its view are. */
  #entry(view: View) {
    const key = viewKey(view);
    const entry = this.#feeds.get(key) ?? {
      feed: new Feed(view, this.#told, () => this.#clock.now()),
      watchers: new Set<Watcher>(),
    };
    this.#feeds.set(key, entry);
    return entry;
  }

  #tell(): void {
    this.#cancelTell = undefined;
    const startedAt = performance.now();
    this.#told = this.#state();
    const now = this.#clock.now();
    for (const { feed, watchers } of this.#feeds.values()) {
      const delta = feed.advance(this.#told);
      if (delta !== undefined) for (const watcher of watchers) watcher.deliver(delta, now);
    }
    const tookMs = performance.now() - startedAt;
    const pauseMs = Math.min(MAX_PAUSE_MS, Math.max(MIN_PAUSE_MS, tookMs * (1 / BUSY_SHARE - 1)));
    this.#pauseUntil = this.#clock.now() + pauseMs;
  }

  #tend(): void {
    const now = this.#clock.now();
    for (const { watchers } of [...this.#feeds.values()])
      for (const watcher of [...watchers]) if (!watcher.tend(now)) this.leave(watcher);
  }
}
