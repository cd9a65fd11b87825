import { AmiConnection } from './ami-connection.js';
import type { AmiEvent, AmiFields, AmiItem } from './ami-connection.js';
import type { AmiAddress } from './ami-address.js';
import { permitted, type LinkContext } from '../link.js';
import { AsteriskError } from '../port.js';
import { Reconnector } from '../reconnect.js';
import { SecurityEvents } from '../security-events.js';

/** The subscribed event classes: hang-ups, queues, Asterisk's own state, authentications of phones, and keys in a queue's talks. */
const EVENT_MASK = 'system,call,agent,security,dtmf';

interface AmiLinkEvents {
  up(): void;
  down(reason: string): void;
  event(event: AmiEvent): void;
}

/** AMI over asterisk-manager: always reconnects, and every action settles within `timing.requestMs`. */
export class AmiLink {
  readonly #reconnector: Reconnector<AmiConnection>;
  readonly #eventMask: string;
  /** Belongs to the current connection. */
  #security: SecurityEvents;

  /** @param name identifies the link in the log. */
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
          security.onEvent(event);
          events.event(event);
        });
        events.up();
      },
      down: (reason) => events.down(reason),
    });
  }

  /** Reason why AMI is down; undefined when it is up. */
  get error(): string | undefined {
    return this.#reconnector.error;
  }

  start(): void {
    this.#reconnector.start();
  }

  async stop(): Promise<void> {
    this.#security.stop();
    await this.#reconnector.stop();
  }

  /**
   * A timeout fails only its action: a slow action does not mean a dead link. Pings detect that.
   *
   * @throws AsteriskError `refused` for `Response: Error` or a field that could inject a header; else `unavailable`.
   */
  async action(fields: AmiFields): Promise<AmiItem> {
    await permitted(this.context);
    return this.#connection().action(fields);
  }

  /** The events of a listing action such as `QueueStatus`. @throws AsteriskError as {@link action}. */
  async list(fields: AmiFields): Promise<AmiEvent[]> {
    await permitted(this.context);
    return this.#connection().list(fields);
  }

  /** True when the user's classes and filters let `SuccessfulAuth` through; may need a test login. @throws AsteriskError */
  async receivesSecurityEvents(): Promise<boolean> {
    this.#connection();
    return this.#security.areReceived();
  }

  #renewSecurity(): SecurityEvents {
    this.#security.stop();
    this.#security = new SecurityEvents(this.address, this.context);
    return this.#security;
  }

  #connection(): AmiConnection {
    const connection = this.#reconnector.current;
    if (connection === undefined) throw new AsteriskError('unavailable', `AMI: ${this.error ?? 'not connected'}`);
    return connection;
  }

  async #open(signal: AbortSignal): Promise<AmiConnection> {
    await permitted(this.context);
    const connection = new AmiConnection(this.address, this.context);
    await connection.open(this.#eventMask, signal);
    return connection;
  }
}
