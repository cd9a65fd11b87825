import { messageOf } from '../lib/error-message.js';
import { RecentMap } from '../lib/recent-map.js';
import { MINUTE_MS, SECOND_MS } from '../lib/time.js';
import { AmiConnection, textOf, type AmiEvent } from './ami/ami-connection.js';
import type { AmiAddress } from './ami/ami-address.js';
import type { LinkContext } from './link.js';

/** The AMI user that receives failed logins has the name of the gateway's user with this ending, and the same password. */
const USER_ENDING = '-logins';
const EVENT_MASK = 'security';
const CLOSED_RETRY_MS = 2 * SECOND_MS;
/** Asterisk logs each refused login. */
const REFUSED_RETRY_MS = MINUTE_MS;
const MOST_LOGINS = 10_000;
/** One login of a phone can cause several events. */
const SAME_LOGIN_MS = SECOND_MS;
/** Above this many events within the time, a flood of forged packets, no events are received for a while. */
const FLOOD = { events: 5000, withinMs: 10 * SECOND_MS, pauseMs: 10 * SECOND_MS };

const REMOTE = /^IPV[46]\/([A-Z]+)\/([0-9.]+|[0-9a-f:]+)\/\d+$/i;

/** Transport and address of a security event of SIP; undefined for other events. */
export function remoteOf(event: AmiEvent): { transport: string; address: string } | undefined {
  if (textOf(event, 'service') !== 'PJSIP') return undefined;
  const [, transport, address] = REMOTE.exec(textOf(event, 'remoteaddress')) ?? [];
  return transport === undefined || address === undefined ? undefined : { transport, address };
}

/** A failed login. `isProven`: the client has this address. The source of a UDP packet can be forged. */
export interface FailedSipLogin {
  address: string;
  isProven: boolean;
}

/** Finds failed SIP logins among security events. */
export class FailedSipLogins {
  readonly #lastAt = new RecentMap<string, number>(MOST_LOGINS);

  constructor(private readonly now: () => number) {}

  read(event: AmiEvent): FailedSipLogin | undefined {
    if (event.event !== 'ChallengeResponseFailed' && event.event !== 'InvalidAccountID') return undefined;
    const remote = remoteOf(event);
    if (remote === undefined || !this.#isNew(`${remote.address} ${textOf(event, 'sessionid')}`)) return undefined;
    return { address: remote.address, isProven: remote.transport !== 'UDP' };
  }

  #isNew(login: string): boolean {
    const now = this.now();
    if (now - (this.#lastAt.get(login) ?? -Infinity) < SAME_LOGIN_MS) return false;
    this.#lastAt.set(login, now);
    return true;
  }
}

/** The AMI connection that receives failed SIP logins. Separate, so that a flood of them delays nothing else. */
export class SipLogins {
  readonly #address: AmiAddress;
  readonly #failed: FailedSipLogins;
  #stopped = new AbortController();
  #connection: AmiConnection | undefined;
  #opening: Promise<void> = Promise.resolve();
  #cancel: () => void = () => undefined;
  #error: string | undefined;
  #events = 0;
  #countedSince = 0;

  constructor(
    address: AmiAddress,
    private readonly context: LinkContext,
    private readonly onFailed: (login: FailedSipLogin) => void,
  ) {
    this.#address = { ...address, user: `${address.user}${USER_ENDING}` };
    this.#failed = new FailedSipLogins(() => context.clock.now());
  }

  /** Why failed logins are not received; undefined when they are. */
  get error(): string | undefined {
    return this.#error;
  }

  start(): void {
    if (this.#connection !== undefined) return;
    if (this.#stopped.signal.aborted) this.#stopped = new AbortController();
    this.#cancel();
    this.#opening = this.#open().catch((error: unknown) => this.#retry(messageOf(error), REFUSED_RETRY_MS));
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    this.#cancel();
    this.#connection?.close();
    await this.#opening;
    this.#cancel();
  }

  async #open(): Promise<void> {
    const connection = new AmiConnection(this.#address, this.context);
    this.#connection = connection;
    await connection.open(EVENT_MASK, this.#stopped.signal);
    connection.onEvent((event) => this.#onEvent(event));
    connection.onClosed((reason) => this.#retry(reason, CLOSED_RETRY_MS));
    this.#error = undefined;
  }

  #retry(reason: string, waitMs: number): void {
    this.#connection = undefined;
    if (this.#stopped.signal.aborted) return;
    this.#error = `AMI as ${this.#address.user}: ${reason}`;
    const { clock } = this.context;
    this.#cancel = clock.wakeAt(clock.now() + waitMs, () => this.start());
  }

  #onEvent(event: AmiEvent): void {
    const now = this.context.clock.now();
    if (now - this.#countedSince > FLOOD.withinMs) {
      this.#countedSince = now;
      this.#events = 0;
    }
    this.#events += 1;
    if (this.#events === FLOOD.events) this.#pause();
    const login = this.#failed.read(event);
    if (login !== undefined) this.onFailed(login);
  }

  #pause(): void {
    const { clock, log } = this.context;
    const listen = (EventMask: string) =>
      this.#connection?.action({ Action: 'Events', EventMask }).catch((error: unknown) => {
        log.warn({ error: messageOf(error) }, 'failed SIP logins are not received');
        this.#connection?.close('its events could not be set');
      });
    log.warn({ events: FLOOD.events }, 'a flood of failed SIP logins: they are not counted for a while');
    void listen('off');
    this.#cancel = clock.wakeAt(clock.now() + FLOOD.pauseMs, () => void listen(EVENT_MASK));
  }
}
