import type { AsteriskEvent, AsteriskPort } from '../asterisk/port.js';
import { RESUMED, type QueuePort } from '../asterisk/queue-port.js';
import type { Clock } from '../lib/clock.js';
import { Emitter } from '../lib/emitter.js';
import type { Logger } from '../lib/logger.js';
import { emptyLiveState, type LiveState, type LiveStateChange, type LiveStateEvent } from './live-state.js';
import { reduce } from './reducer.js';
import { flowIdOf } from '../kernel/ids.js';

/** Delay before a failed listing is repeated, while the link is up. */
const RETRY_MS = 5_000;

interface LiveStateTrackerOptions {
  asterisk: AsteriskPort & Pick<QueuePort, 'listQueues' | 'listTalks' | 'listRinging'>;
  clock: Clock;
  logger: Logger;
}

/**
 * Maintains the live state from Asterisk's queue events and from the summaries of flows. After each connect it rebuilds
 * the queues from Asterisk's listing.
 */
export class LiveStateTracker {
  readonly #options: LiveStateTrackerOptions;
  readonly #changes: Emitter<LiveStateChange>;
  #state = emptyLiveState;
  /** Events that arrived during a listing, which may or may not include them. */
  #pending: LiveStateEvent[] | undefined;
  #unsubscribe: (() => void) | undefined;
  #cancelRetry: () => void = () => undefined;

  constructor(options: LiveStateTrackerOptions) {
    this.#options = options;
    this.#changes = new Emitter((error) => options.logger.error({ err: error }, 'a listener of the live state failed'));
  }

  get state(): LiveState {
    return this.#state;
  }

  /** Calls the listener after each change. @returns the function that unsubscribes */
  onChange(listener: (change: LiveStateChange) => void): () => void {
    return this.#changes.on(listener);
  }

  start(): void {
    this.#unsubscribe = this.#options.asterisk.onEvent((event) => this.#onEvent(event));
    if (this.#options.asterisk.usable) void this.#resync();
  }

  stop(): void {
    this.#unsubscribe?.();
    this.#cancelRetry();
    this.#pending = undefined;
  }

  apply(event: LiveStateEvent): void {
    this.#pending?.push(event);
    const before = this.#state;
    this.#state = reduce(before, event);
    if (this.#state !== before) this.#changes.emit({ state: this.#state, event });
  }

  #onEvent(event: AsteriskEvent): void {
    switch (event.type) {
      case 'link_up':
        void this.#resync();
        return;
      case 'link_down':
      case 'replaced':
        this.#pending = undefined;
        this.#cancelRetry();
        this.apply({ type: 'link_lost' });
        return;
      case 'channel_entered':
        if (event.args[0] === RESUMED) this.apply({ type: 'left_queues', id: flowIdOf(event.channel.id) });
        return;
      case 'queue_joined':
      case 'queue_ringing':
      case 'queue_ring_over':
      case 'queue_answered':
      case 'queue_caller_left':
      case 'queue_talk_over':
      case 'queue_order':
      case 'queue_member':
      case 'queue_member_gone':
        this.apply(event);
        return;
      default:
    }
  }

  async #resync(): Promise<void> {
    const pending: LiveStateEvent[] = [];
    this.#pending = pending;
    const { asterisk, clock, logger } = this.#options;
    try {
      const [queues, talks, rings] = await Promise.all([
        asterisk.listQueues(),
        asterisk.listTalks(),
        asterisk.listRinging(),
      ]);
      // The link was lost or established again during the listing.
      if (this.#pending !== pending) return;
      this.#pending = undefined;
      this.apply({ type: 'listed', at: clock.now(), queues, talks, rings });
      for (const event of pending) this.apply(event);
    } catch (error) {
      if (this.#pending !== pending) return;
      this.#pending = undefined;
      logger.warn({ err: error }, 'listing the queues failed, retrying in 5 s');
      this.#cancelRetry = clock.wakeAt(clock.now() + RETRY_MS, () => void this.#resync());
    }
  }
}
