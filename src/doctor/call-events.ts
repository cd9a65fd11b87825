import { AsteriskError, type AsteriskEvent, type AsteriskPort } from '../asterisk/port.js';
import type { Clock, Instant } from '../lib/clock.js';
import { SECOND_MS } from '../lib/time.js';

/** A number that no line has: the gateway takes test calls before it looks for one. */
export const DIALLED = '000';
export const DIGITS = '159';
/** How long a test call waits for each event. */
const EVENT_MS = 8 * SECOND_MS;

interface CallEventsOptions {
  asterisk: Pick<AsteriskPort, 'onEvent'>;
  /** Whether an event is about the call. */
  concerns: (event: AsteriskEvent) => boolean;
  clock: Clock;
  /** Gives the call up. */
  stop: AbortSignal;
}

/** The events of a test call, which waits for one after the other. */
export class CallEvents {
  readonly #events: AsteriskEvent[] = [];
  readonly #unsubscribe: () => void;
  #isClosed = false;
  #notify: () => void = () => undefined;

  constructor(private readonly options: CallEventsOptions) {
    const unsubscribe = options.asterisk.onEvent((event) => {
      if (event.type !== 'link_down' && !options.concerns(event)) return;
      this.#events.push(event);
      this.#notify();
    });
    const onStop = () => this.#notify();
    options.stop.addEventListener('abort', onStop);
    this.#unsubscribe = () => {
      unsubscribe();
      options.stop.removeEventListener('abort', onStop);
    };
  }

  /** The first event that matches, which is then used up. @throws Error when the call ends, or none comes in time */
  async until(otherwise: string, matches: (event: AsteriskEvent) => boolean): Promise<AsteriskEvent> {
    const { clock, stop } = this.options;
    const deadline = clock.now() + EVENT_MS;
    for (;;) {
      const found = this.#events.findIndex(matches);
      const [event] = found === -1 ? [] : this.#events.splice(found, 1);
      if (event !== undefined) return event;
      if (this.#events.some(({ type }) => type === 'link_down'))
        throw new AsteriskError('unavailable', 'the link to Asterisk was lost');
      if (stop.aborted) throw new Error('the gateway stops');
      if (this.#isClosed || this.#events.some(({ type }) => type === 'channel_gone'))
        throw new Error(`${otherwise}: the call has ended`);
      if (clock.now() >= deadline) throw new Error(`${otherwise} within ${EVENT_MS / SECOND_MS} s`);
      await this.#wait(deadline - clock.now(), true);
    }
  }

  /** Waits for the digits that a channel receives. @returns when the first one was received @throws Error when they are not these */
  async digits(expected: string, channelId: string): Promise<Instant> {
    let firstAt: Instant | undefined;
    let heard = '';
    while (heard.length < expected.length) {
      const event = await this.until(
        `heard "${heard}" of "${expected}"`,
        (one) => one.type === 'digit' && one.channelId === channelId,
      );
      if (event.type !== 'digit') continue;
      firstAt ??= event.at;
      heard += event.digit;
    }
    if (heard !== expected) throw new Error(`heard "${heard}" instead of "${expected}"`);
    return firstAt ?? this.options.clock.now();
  }

  wait(milliseconds: number): Promise<void> {
    return this.#wait(milliseconds, false);
  }

  close(): void {
    this.#isClosed = true;
    this.#unsubscribe();
    this.#notify();
  }

  /** @param untilEvent resolves at the next event, too */
  #wait(milliseconds: number, untilEvent: boolean): Promise<void> {
    const { clock } = this.options;
    return new Promise((resolve) => {
      const cancel = clock.wakeAt(clock.now() + milliseconds, resolve);
      if (!untilEvent) return;
      this.#notify = () => {
        cancel();
        resolve();
      };
    });
  }
}
