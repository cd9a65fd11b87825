import { AmiConnection } from './ami-connection.js';
import type { AmiEvent, AmiFields, AmiItem } from './ami-connection.js';
import type { AmiAddress } from './ami-address.js';
import type { LinkContext } from '../link.js';
import { AsteriskError } from '../port.js';
import { Reconnector } from '../reconnect.js';
import { SecurityEvents } from '../security-events.js';

/** The event classes that we read: hang-ups, queues, Asterisk's own state, and from where phones proved their passwords. */
const EVENT_MASK = 'system,call,agent,security';

interface AmiLinkEvents {
  up(): void;
  down(reason: string): void;
  event(event: AmiEvent): void;
}

/** AMI behind asterisk-manager: reconnects for ever, and every action settles within `timing.requestMs`. */
export class AmiLink {
  readonly #reconnector: Reconnector<AmiConnection>;
  readonly #eventMask: string;
  /** Of the current connection. */
  #security: SecurityEvents;

  /** @param name tells several links to one AMI apart in the log. */
  constructor(
    private readonly address: AmiAddress,
    private readonly context: LinkContext,
    events: AmiLinkEvents,
    { name = 'ami', eventMask = EVENT_MASK } = {},
  ) {
    this.#eventMask = eventMask;
    this.#security = new SecurityEvents(address, context);
    this.#reconnector = new Reconnector(name, (signal) => this.#open(signal), context, {
      up: (connection) => {
        const security = this.#renewSecurity();
        connection.onEvent((event) => {
          security.note(event);
          events.event(event);
        });
        events.up();
      },
      down: (reason) => events.down(reason),
    });
  }

  /** Why AMI is not usable; undefined when it is. */
  get trouble(): string | undefined {
    return this.#reconnector.trouble;
  }

  start(): void {
    this.#reconnector.start();
  }

  async stop(): Promise<void> {
    this.#security.stop();
    await this.#reconnector.stop();
  }

  /**
   * An action without an answer in time fails alone: a slow action is not a dead link. Pings find out when it is dead.
   *
   * @throws AsteriskError `refused` for `Response: Error` or a field that could inject a header; else `unavailable`.
   */
  async action(fields: AmiFields): Promise<AmiItem> {
    return this.#connection().action(fields);
  }

  /** The events that an action such as `QueueStatus` lists. @throws AsteriskError as {@link action}. */
  async list(fields: AmiFields): Promise<AmiEvent[]> {
    return this.#connection().list(fields);
  }

  /** Whether the user's classes and filters let `SuccessfulAuth` through; may log in a second time to find out. @throws AsteriskError */
  async receivesSecurityEvents(): Promise<boolean> {
    this.#connection();
    return this.#security.arrive();
  }

  #renewSecurity(): SecurityEvents {
    this.#security.stop();
    this.#security = new SecurityEvents(this.address, this.context);
    return this.#security;
  }

  #connection(): AmiConnection {
    const connection = this.#reconnector.current;
    if (connection === undefined) throw new AsteriskError('unavailable', `AMI: ${this.trouble ?? 'not connected'}`);
    return connection;
  }

  async #open(signal: AbortSignal): Promise<AmiConnection> {
    const connection = new AmiConnection(this.address, this.context);
    await connection.open(this.#eventMask, signal);
    return connection;
  }
}
