import type { IncomingMessage } from 'node:http';
import type { Instant } from '../lib/clock.js';
import { addressOf } from './address.js';
import { Problem } from './problem.js';

/** Receives the outcomes of logins, by address. */
export interface LoginReports {
  /** A client at this address sent a wrong password or token. */
  failed(address: string): void;
  /** A client at this address proved its identity. */
  proved(address: string): void;
}

/** What the server asks and reports about the addresses of its clients; implemented by bans/. */
export interface AddressBans extends LoginReports {
  /** When the ban of this address ends, null for one without an end; undefined when it is not banned. */
  bannedUntil(address: string): Instant | null | undefined;
}

/** Refuses requests of banned addresses, before anything else is done for them. @throws {Problem} 403 */
export function refuseBanned(
  request: IncomingMessage,
  bans: AddressBans | undefined,
  proxies: number | undefined,
): void {
  const until = bans?.bannedUntil(addressOf(request, proxies));
  if (until === undefined) return;
  const end = until === null ? 'until somebody lifts the ban' : `until ${new Date(until).toISOString()}`;
  throw new Problem(
    403,
    'Forbidden',
    `your address is banned ${end}: too many wrong passwords or tokens came from it`,
    {
      code: 'address_banned',
      headers: { connection: 'close' },
    },
  );
}
