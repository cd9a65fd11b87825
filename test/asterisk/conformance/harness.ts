import type { AsteriskEvent, AsteriskPort, HandsetAccount } from '../../../src/asterisk/port.js';
import type { QueuePort } from '../../../src/asterisk/queue-port.js';

/** A party that called the gateway. */
export interface Caller {
  press(keys: string): Promise<void>;
  hangUp(): Promise<void>;
}

/** A handset with an operator. */
export interface Staffed {
  /** Presses keys in its conversation with this caller. */
  press(channelId: string, keys: string): Promise<void>;
  /** Ends its conversation with this caller. */
  hangUp(channelId: string): Promise<void>;
  unregister(): Promise<void>;
}

/** The surroundings of a port that the conformance suite needs: people with telephones, and control of the network. */
export interface ConformanceHarness {
  port: AsteriskPort & QueuePort;
  /** Media URIs: about half a second, at least five seconds, and a missing file. */
  media: { short: string; long: string; missing: string };
  /** Endpoints to dial, by the behaviour of the callee; the machine answers and speaks for six seconds; the one that announces sends progress and never rings; the last two are answered 403 and 404. */
  callees: Record<
    'answers' | 'machine' | 'busy' | 'declines' | 'ignores' | 'announces' | 'refusedByProvider' | 'noSuchNumber',
    string
  >;
  /** A place in the dialplan where a channel stays for at least a second. */
  place: { context: string; extension: string; priority: number };
  /** The number that `incomingCall` dials. */
  line: string;
  incomingCall(from: string): Promise<Caller>;
  /** The callee of an answered leg hangs up. */
  calleeHangsUp(channelId: string): Promise<void>;
  /** A phone registers this account; the returned function unregisters it. Throws when it is refused. */
  register(account: HandsetAccount): Promise<() => Promise<void>>;
  /** As `register`, with an operator at the phone. */
  staff(account: HandsetAccount, does: 'answers' | 'ignores' | 'refuses'): Promise<Staffed>;
  /** Breaks the connection and keeps it broken. */
  dropLink(): Promise<void>;
  restoreLink(): Promise<void>;
  restartAsterisk(): Promise<void>;
  /** Another process connects under the same application name. */
  takeOver(): Promise<void>;
  /** Waits until `look` returns a value, calling it again after each possible change. */
  until<T>(look: () => T | undefined, complaint: () => string): Promise<T>;
  /** Waits long enough for a late event to arrive. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

type EventOf<T extends AsteriskEvent['type']> = Extract<AsteriskEvent, { type: T }>;
type About<T extends AsteriskEvent['type']> = Partial<EventOf<T>>;

/** All events of a port, in order. */
export class EventLog {
  readonly #events: AsteriskEvent[] = [];

  constructor(private readonly harness: ConformanceHarness) {
    harness.port.onEvent((event) => this.#events.push(event));
  }

  get count(): number {
    return this.#events.length;
  }

  all<T extends AsteriskEvent['type']>(type: T, about: About<T> = {}): EventOf<T>[] {
    const wanted = Object.entries(about);
    return this.#events.filter(
      (event): event is EventOf<T> =>
        event.type === type &&
        wanted.every(([key, value]) => (event as unknown as Record<string, unknown>)[key] === value),
    );
  }

  /** Types of the events about one channel, in order; without the figures of its sound, which come from AMI at any time around its end. */
  of(channelId: string): string[] {
    return this.#events
      .filter(
        (event) => ('channelId' in event ? event.channelId : 'channel' in event && event.channel.id) === channelId,
      )
      .map(({ type }) => type)
      .filter((type) => type !== 'media_ended');
  }

  /** The first such event, or the `nth`, as soon as it arrives. */
  one<T extends AsteriskEvent['type']>(type: T, about: About<T> = {}, nth = 1): Promise<EventOf<T>> {
    return this.harness.until(
      () => this.all(type, about)[nth - 1],
      () => `no ${type} ${JSON.stringify(about)}; the last: ${JSON.stringify(this.#events.slice(-5))}`,
    );
  }

  entered(from: string): Promise<EventOf<'channel_entered'>> {
    return this.harness.until(
      () => this.all('channel_entered').find(({ channel }) => channel.caller.number === from),
      () => `no call from ${from} entered`,
    );
  }
}
