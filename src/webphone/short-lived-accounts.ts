import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../lib/clock.js';
import { MINUTE_MS } from '../lib/time.js';
import { readDigest, responseOf, withAccount } from './digest.js';

/** The phone renews its account long before. */
const LIFETIME_MS = 30 * MINUTE_MS;

/** Who uses a handset in a browser. */
export interface PhoneHolder {
  handset: string;
  /** Id of the operator. */
  operator: number;
  /** Id of the session of an embedded phone. */
  session?: string | undefined;
}

export interface ShortLivedAccount extends PhoneHolder {
  expiresAt: number;
}

export interface IssuedAccount {
  /** User name for Asterisk's challenge. */
  authorizationUser: string;
  password: string;
  expiresAt: number;
  /** The operator already has a valid account of this handset. */
  isRenewal: boolean;
}

interface ShortLivedAccountsOptions {
  clock: Clock;
  /** The permanent SIP password of a handset; undefined when there is none in use. */
  passwordOf: (handset: string) => string | undefined;
  /** Whether the handset is (still) for browsers and belongs to the operator, and the session is open. */
  isHolder: (holder: PhoneHolder) => boolean;
}

/**
 * SIP credentials that live half an hour, for browsers of operators. They are valid only on `/ws`: the relay verifies them and answers
 * Asterisk's challenge with the permanent password, which no browser gets. The user name contains the holder and the expiry, and the
 * password is derived from it and the permanent password, so nothing is stored, and a new permanent password ends them all.
 */
export class ShortLivedAccounts {
  /** The newest account of each handset. */
  readonly #issued = new Map<string, ShortLivedAccount>();

  constructor(private readonly options: ShortLivedAccountsOptions) {}

  /** @returns undefined when the handset has no password yet */
  issue(holder: PhoneHolder): IssuedAccount | undefined {
    const permanent = this.options.passwordOf(holder.handset);
    if (permanent === undefined) return undefined;
    const now = this.options.clock.now();
    const former = this.#issued.get(holder.handset);
    const isRenewal = former !== undefined && now < former.expiresAt && former.operator === holder.operator;
    const account = { ...holder, expiresAt: now + LIFETIME_MS };
    this.#issued.set(holder.handset, account);
    const authorizationUser = userNameOf(account);
    return {
      authorizationUser,
      password: passwordFor(authorizationUser, permanent),
      expiresAt: account.expiresAt,
      isRenewal,
    };
  }

  /**
   * Replaces valid short-lived credentials in a request by those of the handset.
   *
   * @returns undefined when the request has none that are valid; it is then Asterisk's to decide
   */
  admit(message: string): { message: string; account: ShortLivedAccount } | undefined {
    const digest = readDigest(message);
    const user = digest?.fields.get('username') ?? '';
    const account = readUserName(user);
    if (digest === undefined || account === undefined || !this.isValid(account)) return undefined;
    const permanent = this.options.passwordOf(account.handset);
    if (permanent === undefined) return undefined;
    const expected = responseOf(digest, { user, password: passwordFor(user, permanent) });
    if (expected === undefined || !isSame(expected, digest.fields.get('response') ?? '')) return undefined;
    return { message: withAccount(message, digest, { user: account.handset, password: permanent }), account };
  }

  isValid(account: ShortLivedAccount): boolean {
    return this.options.clock.now() < account.expiresAt && this.options.isHolder(account);
  }
}

/** `~` is in no handset's name. */
function userNameOf({ handset, operator, expiresAt, session = '' }: ShortLivedAccount): string {
  return [handset, operator, expiresAt.toString(36), session].join('~');
}

function readUserName(user: string): ShortLivedAccount | undefined {
  const [, handset, operator, expiry, session] =
    /^([\w.-]{1,64})~(\d{1,15})~([0-9a-z]{1,10})~([\w-]{0,64})$/.exec(user) ?? [];
  if (handset === undefined || expiry === undefined) return undefined;
  const expiresAt = parseInt(expiry, 36);
  return { handset, operator: Number(operator), expiresAt, session: session === '' ? undefined : session };
}

function passwordFor(user: string, permanent: string): string {
  return createHmac('sha256', permanent).update(`browser phone ${user}`).digest('base64url');
}

function isSame(expected: string, given: string): boolean {
  return expected.length === given.length && timingSafeEqual(Buffer.from(expected), Buffer.from(given));
}
