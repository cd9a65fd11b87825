import type { AsteriskEvent, AsteriskPort } from '../asterisk/port.js';
import { RESUMED, type QueuePort } from '../asterisk/queue-port.js';
import type { Clock } from '../lib/clock.js';
import { Emitter } from '../lib/emitter.js';
import type { Logger } from '../lib/logger.js';
import { nothingSeen, type LiveState, type Sighting } from './live-state.js';
import { see } from './reducer.js';
import { flowIdOf } from '../kernel/ids.js';

/** After a listing that Asterisk refused, with the link still up. */
const AGAIN_MS = 5_000;

interface QueueWatchOptions {
  asterisk: AsteriskPort & Pick<QueuePort, 'listQueues' | 'listTalks' | 'listRinging'>;
  clock: Clock;
  logger: Logger;
}

/**
 * Keeps the live picture: what Asterisk tells of its queues, what flows tell of their calls. After each connect the
 * picture is made anew from what Asterisk lists.
 */
export class QueueWatch {
  readonly #options: QueueWatchOptions;
  readonly #changes: Emitter<LiveState>;
  #picture = nothingSeen;
  /** What came while a listing was under way, which may or may not know of it. */
  #meanwhile: Sighting[] | undefined;
  #unsubscribe: (() => void) | undefined;
  #cancelRetry: () => void = () => undefined;

  constructor(options: QueueWatchOptions) {
    this.#options = options;
    this.#changes = new Emitter((error) => options.logger.error({ err: error }, 'a watcher of the queues failed'));
  }

  get picture(): LiveState {
    return this.#picture;
  }

  /** Called after each change. Returns the function that ends it. */
  onChange(listener: (picture: LiveState) => void): () => void {
    return this.#changes.on(listener);
  }

  start(): void {
    this.#unsubscribe = this.#options.asterisk.onEvent((event) => this.#take(event));
    if (this.#options.asterisk.usable) void this.#list();
  }

  stop(): void {
    this.#unsubscribe?.();
    this.#cancelRetry();
    this.#meanwhile = undefined;
  }

  saw(sighting: Sighting): void {
    this.#meanwhile?.push(sighting);
    const before = this.#picture;
    this.#picture = see(before, sighting);
    if (this.#picture !== before) this.#changes.emit(this.#picture);
  }

  #take(event: AsteriskEvent): void {
    switch (event.type) {
      case 'link_up':
        void this.#list();
        return;
      case 'link_down':
      case 'replaced':
        this.#meanwhile = undefined;
        this.#cancelRetry();
        this.saw({ type: 'out_of_reach' });
        return;
      case 'channel_entered':
        if (event.args[0] === RESUMED) this.saw({ type: 'back', id: flowIdOf(event.channel.id) });
        return;
      case 'queue_joined':
      case 'queue_ringing':
      case 'queue_ring_over':
      case 'queue_answered':
      case 'queue_caller_left':
      case 'queue_talk_over':
      case 'queue_member':
      case 'queue_member_gone':
        this.saw(event);
        return;
      default:
    }
  }

  async #list(): Promise<void> {
    const meanwhile: Sighting[] = [];
    this.#meanwhile = meanwhile;
    const { asterisk, clock, logger } = this.#options;
    try {
      const [queues, talks, rings] = await Promise.all([
        asterisk.listQueues(),
        asterisk.listTalks(),
        asterisk.listRinging(),
      ]);
      // Another connect, or its loss, has come in between.
      if (this.#meanwhile !== meanwhile) return;
      this.#meanwhile = undefined;
      this.saw({ type: 'listed', at: clock.now(), queues, talks, rings });
      for (const sighting of meanwhile) this.saw(sighting);
    } catch (error) {
      if (this.#meanwhile !== meanwhile) return;
      this.#meanwhile = undefined;
      logger.warn({ err: error }, 'the queues could not be listed');
      this.#cancelRetry = clock.wakeAt(clock.now() + AGAIN_MS, () => void this.#list());
    }
  }
}
