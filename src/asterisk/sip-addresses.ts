import { messageOf } from '../lib/error-message.js';
import { Emitter } from '../lib/emitter.js';
import type { AmiAddress } from './ami/ami-address.js';
import type { AmiEvent, AmiFields } from './ami/ami-connection.js';
import type { AriRequest } from './ari/ari-request.js';
import { addressesInUse } from './addresses-in-use.js';
import type { LinkContext } from './link.js';
import { SipBanList } from './sip-bans.js';
import { remoteOf, SipLogins, type FailedSipLogin } from './sip-logins.js';

interface SipLogin extends FailedSipLogin {
  succeeded: boolean;
}

/** The addresses from which SIP comes: who logs in there or fails to, which are in use, and which are banned. */
export class SipAddresses {
  readonly #logins: Emitter<SipLogin>;
  readonly #failures: SipLogins;
  readonly #bans: SipBanList;

  constructor(
    { app, ami }: { app: string; ami: AmiAddress },
    request: (request: AriRequest) => Promise<unknown>,
    private readonly links: { amiList(fields: AmiFields): Promise<AmiEvent[]> },
    context: LinkContext,
  ) {
    this.#logins = new Emitter((error) =>
      context.log.warn({ error: messageOf(error) }, 'a listener of SIP logins failed'),
    );
    this.#failures = new SipLogins(ami, context, (login) => this.#logins.emit({ ...login, succeeded: false }));
    this.#bans = new SipBanList(request, app);
  }

  /** Connects for failed logins, unless it is connected. */
  start(): void {
    this.#failures.start();
  }

  stop(): Promise<void> {
    return this.#failures.stop();
  }

  /** Handles an event of the gateway's own AMI connection. */
  fromAmi(event: AmiEvent): void {
    const remote = event.event === 'SuccessfulAuth' ? remoteOf(event) : undefined;
    if (remote) this.#logins.emit({ address: remote.address, isProven: true, succeeded: true });
  }

  /** Outcomes of logins of phones. */
  onLogin(listener: (login: SipLogin) => void): () => void {
    return this.#logins.on(listener);
  }

  /** Why failed logins are not reported; undefined when they are. */
  get loginError(): string | undefined {
    return this.#failures.error;
  }

  /** Replaces the addresses whose SIP requests are refused. @throws AsteriskError */
  putBans(addresses: readonly string[]): Promise<void> {
    return this.#bans.put(addresses);
  }

  /** IP addresses of registered phones and of these trunks. @throws AsteriskError */
  inUse(trunks: readonly string[]): Promise<string[]> {
    return addressesInUse((fields) => this.links.amiList(fields), trunks);
  }
}
