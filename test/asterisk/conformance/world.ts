import type { AsteriskEvent, AsteriskPort, HandsetAccount } from '../../../src/asterisk/port.js';
import type { QueuePort } from '../../../src/asterisk/queue-port.js';

/** A party that called us. */
export interface Caller {
  press(keys: string): Promise<void>;
  hangUp(): Promise<void>;
}

/** A handset that somebody sits at. */
export interface Staffed {
  /** Ends its talk with this caller. */
  hangUp(channelId: string): Promise<void>;
  unregister(): Promise<void>;
}

/** What the conformance suite needs around a port: people with telephones, and hands on the network. */
export interface World {
  port: AsteriskPort & QueuePort;
  /** Media URIs: about half a second, at least five seconds, and a file that is not there. */
  media: { short: string; long: string; missing: string };
  /** Endpoints to dial, by what their owner does; the machine answers and speaks for six seconds; the last two are answered 403 and 404. */
  callees: Record<
    'answers' | 'machine' | 'busy' | 'declines' | 'ignores' | 'refusedByProvider' | 'noSuchNumber',
    string
  >;
  /** Somewhere in the dialplan where a channel stays for at least a second. */
  place: { context: string; extension: string; priority: number };
  /** The number that `incomingCall` dials. */
  line: string;
  incomingCall(from: string): Promise<Caller>;
  /** The callee of a leg that was answered hangs up. */
  calleeHangsUp(channelId: string): Promise<void>;
  /** A phone registers that account; the returned function takes the registration back. Throws when it is refused. */
  register(account: HandsetAccount): Promise<() => Promise<void>>;
  /** As `register`, with somebody there. */
  staff(account: HandsetAccount, does: 'answers' | 'ignores' | 'refuses'): Promise<Staffed>;
  /** Breaks the connection and keeps it broken. */
  dropLink(): Promise<void>;
  restoreLink(): Promise<void>;
  restartAsterisk(): Promise<void>;
  /** Another process connects under our application's name. */
  takeOver(): Promise<void>;
  /** Waits until `look` gives something, looking again whenever something may have changed. */
  until<T>(look: () => T | undefined, complaint: () => string): Promise<T>;
  /** Lets so much time pass that a late event would have come. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

type EventOf<T extends AsteriskEvent['type']> = Extract<AsteriskEvent, { type: T }>;
type About<T extends AsteriskEvent['type']> = Partial<EventOf<T>>;

/** Everything that a port told, in order. */
export class EventLog {
  readonly #events: AsteriskEvent[] = [];

  constructor(private readonly world: World) {
    world.port.onEvent((event) => this.#events.push(event));
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

  /** Types of all events about one channel, in order. */
  of(channelId: string): string[] {
    return this.#events
      .filter(
        (event) => ('channelId' in event ? event.channelId : 'channel' in event && event.channel.id) === channelId,
      )
      .map(({ type }) => type);
  }

  /** The first such event, or the `nth`, as soon as it is there. */
  one<T extends AsteriskEvent['type']>(type: T, about: About<T> = {}, nth = 1): Promise<EventOf<T>> {
    return this.world.until(
      () => this.all(type, about)[nth - 1],
      () => `no ${type} ${JSON.stringify(about)}; the last: ${JSON.stringify(this.#events.slice(-5))}`,
    );
  }

  entered(from: string): Promise<EventOf<'channel_entered'>> {
    return this.world.until(
      () => this.all('channel_entered').find(({ channel }) => channel.caller.number === from),
      () => `no call from ${from} entered`,
    );
  }
}
