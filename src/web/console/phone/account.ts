import { MINUTE_MS } from '../../../lib/time.js';
import { api } from '../api/client.js';
import type { Account, PhoneEvent } from './phone-state.js';

/** An account is renewed after this share of its life, so that a late timer of a hidden tab does no harm. */
const RENEWED_AFTER = 1 / 3;

/** Also the shortest time between two accounts, when the clock of this computer is wrong. */
const RETRY_MS = MINUTE_MS;

interface AccountSourceParts {
  handset: string;
  report: (event: PhoneEvent) => void;
  /** Takes an account while the SIP client runs. */
  renew: (account: Account) => void;
  /** Whether an account is still needed. */
  isInUse: () => boolean;
}

/** The short-lived SIP account of the operator's handset. */
export class AccountSource {
  readonly #parts: AccountSourceParts;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: AccountSourceParts) {
    this.#parts = parts;
  }

  /** Reports `account_received` or `account_failed`, and keeps the account renewed. */
  async fetch(): Promise<void> {
    const outcome = await this.#request();
    if (outcome.ok) this.#parts.report({ type: 'account_received', account: accountOf(outcome.data) });
    else this.#parts.report({ type: 'account_failed', isFinal: outcome.status >= 400 && outcome.status < 500 });
    if (outcome.ok) this.#renewLater(outcome.data.expires_at);
  }

  async #renew(): Promise<void> {
    if (!this.#parts.isInUse()) return;
    const outcome = await this.#request();
    if (outcome.ok) this.#parts.renew(accountOf(outcome.data));
    // A refusal shows at the next registration.
    if (outcome.ok) this.#renewLater(outcome.data.expires_at);
    else this.#schedule(RETRY_MS);
  }

  #request() {
    return api.post('/api/v1/handsets/{name}/browser-phone', { path: { name: this.#parts.handset } });
  }

  #renewLater(expiresAt: string): void {
    this.#schedule(Math.max(RETRY_MS, (Date.parse(expiresAt) - Date.now()) * RENEWED_AFTER));
  }

  #schedule(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#renew(), ms);
  }
}

type Answer = Pick<Account, 'user' | 'password'> & { authorization_user: string; ice_servers: RTCIceServer[] };

function accountOf({ user, authorization_user, password, ice_servers }: Answer): Account {
  return { user, authorizationUser: authorization_user, password, iceServers: ice_servers };
}
