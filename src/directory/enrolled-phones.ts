import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../lib/clock.js';
import { sha256Hex } from '../lib/sha256.js';
import { DAY_MS, MINUTE_MS } from '../lib/time.js';
import type { Database } from '../storage/database.js';
import type { EnrolledPhoneRow } from '../storage/schema.js';

const SECRET_BYTES = 24;
/** How long the address waits for the first request of its phone. */
const WAITS_MS = 7 * DAY_MS;
/** A phone whose answer was lost asks again from the same address, still without its login. */
const REPEATS_MS = 2 * MINUTE_MS;

export interface EnrolledPhone {
  handset: string;
  /** Twelve lower-case hexadecimal digits. */
  mac: string;
  createdAt: number;
  /** When the phone fetched its settings for the first time; null: not yet. */
  boundAt: number | null;
  fetchedAt: number | null;
  /** How the phone names itself. */
  device: string;
}

/** What a phone sends. */
export interface Visit {
  secret: string;
  mac: string;
  address: string;
  device: string;
  /** Of HTTP Basic. */
  login: { user: string; password: string } | undefined;
}

/**
 * Phones that fetch their settings at an address of their own, one for each handset. The secret in the address is exchanged once: the first
 * request with the MAC address of the enrolled phone gets settings with a login for all later ones. The database has only hashes, and the
 * login follows from the password of the handset, so a new password locks the phone out.
 */
export class EnrolledPhones {
  constructor(
    private readonly db: Database,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  /** Replaces a former phone of the handset. @returns the secret, which cannot be read again */
  async enrol(handset: string, mac: string): Promise<string> {
    const secret = randomBytes(SECRET_BYTES).toString('base64url');
    const row = { mac, secret_sha256: sha256Hex(secret), created_at: this.clock.now() };
    const unused = { bound_at: null, bound_address: '', fetched_at: null, device: '' };
    await this.db
      .insertInto('enrolled_phones')
      .values({ handset, ...row, ...unused })
      .onConflict((conflict) => conflict.column('handset').doUpdateSet({ ...row, ...unused }))
      .execute();
    return secret;
  }

  async withdraw(handset: string): Promise<boolean> {
    const { numDeletedRows } = await this.db
      .deleteFrom('enrolled_phones')
      .where('handset', '=', handset)
      .executeTakeFirst();
    return numDeletedRows > 0n;
  }

  async of(handset: string): Promise<EnrolledPhone | undefined> {
    const row = await this.db
      .selectFrom('enrolled_phones')
      .selectAll()
      .where('handset', '=', handset)
      .executeTakeFirst();
    return row && present(row);
  }

  /** The handset whose address has that secret; undefined for an unknown or expired one. */
  async find(secret: string): Promise<EnrolledPhone | undefined> {
    const row = await this.#rowOf(secret);
    return row && present(row);
  }

  /**
   * Decides whether a phone gets its settings, and binds the address to it.
   *
   * @param sipPassword of the handset
   * @returns the login for later requests; `login`: the phone has to send it; `refused`: another phone
   */
  async admit(
    visit: Visit,
    sipPassword: string,
  ): Promise<{ user: string; password: string } | 'login needed' | 'refused'> {
    const row = await this.#rowOf(visit.secret);
    if (row?.mac !== visit.mac) return 'refused';
    const login = loginOf(row, sipPassword);
    const now = this.clock.now();
    if (row.bound_at === null) {
      // Of two requests at once, one binds the address.
      const { numUpdatedRows } = await this.db
        .updateTable('enrolled_phones')
        .set({ bound_at: now, bound_address: visit.address, fetched_at: now, device: visit.device })
        .where('secret_sha256', '=', row.secret_sha256)
        .where('bound_at', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows > 0n ? login : 'login needed';
    }
    const isRepeated = now - row.bound_at < REPEATS_MS && row.bound_address === visit.address && !visit.login;
    if (!isRepeated && !isSame(visit.login, login)) return 'login needed';
    await this.db
      .updateTable('enrolled_phones')
      // A login ends the time of repeated first requests.
      .set({ fetched_at: now, device: visit.device, bound_address: visit.login ? '' : row.bound_address })
      .where('secret_sha256', '=', row.secret_sha256)
      .execute();
    return login;
  }

  async #rowOf(secret: string): Promise<EnrolledPhoneRow | undefined> {
    const row = await this.db
      .selectFrom('enrolled_phones')
      .selectAll()
      .where('secret_sha256', '=', sha256Hex(secret))
      .executeTakeFirst();
    const isExpired = row?.bound_at === null && this.clock.now() - row.created_at >= WAITS_MS;
    return isExpired ? undefined : row;
  }
}

/** When an address without a request expires. */
export function expiryOf({ createdAt }: Pick<EnrolledPhone, 'createdAt'>): number {
  return createdAt + WAITS_MS;
}

function loginOf({ mac, secret_sha256: secret }: EnrolledPhoneRow, sipPassword: string) {
  const password = createHmac('sha256', sipPassword).update(`provisioning ${mac} ${secret}`).digest('hex').slice(0, 32);
  return { user: mac, password };
}

function isSame(given: Visit['login'], expected: { user: string; password: string }): boolean {
  if (given?.user.toLowerCase() !== expected.user) return false;
  return timingSafeEqual(Buffer.from(sha256Hex(given.password)), Buffer.from(sha256Hex(expected.password)));
}

function present(row: EnrolledPhoneRow): EnrolledPhone {
  const { handset, mac, created_at: createdAt, bound_at: boundAt, fetched_at: fetchedAt, device } = row;
  return { handset, mac, createdAt, boundAt, fetchedAt, device };
}
