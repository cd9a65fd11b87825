import { randomBytes } from 'node:crypto';
import type { Clock } from '../lib/clock.js';
import { sha256Hex } from '../lib/sha256.js';
import { MINUTE_MS } from '../lib/time.js';
import type { PhoneGrant } from './phone-grant.js';

const LIFETIME_MS = 5 * MINUTE_MS;
const TOKEN_BYTES = 32;
/** With more of them, the oldest ones end early. */
const MAX_TOKENS = 10_000;

/**
 * Tokens that open an embedded phone: each once, within minutes. They are kept in memory only; after a restart of the gateway the page
 * needs another one.
 */
export class PhoneTokens {
  /** By hash, oldest first. */
  readonly #tokens = new Map<string, { grant: PhoneGrant; expiresAt: number }>();

  constructor(private readonly clock: Clock) {}

  issue(grant: PhoneGrant): { token: string; expiresAt: number } {
    const now = this.clock.now();
    for (const [hash, { expiresAt }] of this.#tokens) {
      if (now < expiresAt && this.#tokens.size < MAX_TOKENS) break;
      this.#tokens.delete(hash);
    }
    const token = randomBytes(TOKEN_BYTES).toString('base64url');
    const expiresAt = now + LIFETIME_MS;
    this.#tokens.set(sha256Hex(token), { grant, expiresAt });
    return { token, expiresAt };
  }

  /** @returns undefined for a token that is unknown, used or expired */
  redeem(token: string): PhoneGrant | undefined {
    const hash = sha256Hex(token);
    const found = this.#tokens.get(hash);
    this.#tokens.delete(hash);
    return found !== undefined && this.clock.now() < found.expiresAt ? found.grant : undefined;
  }
}
