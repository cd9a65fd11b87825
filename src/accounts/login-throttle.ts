import { z } from 'zod';
import type { Clock } from '../lib/clock.js';
import type { SharedCount, SharedCounts } from '../shared-state/counts.js';
import { Lockout } from './lockout.js';

/** Wrong passwords before the first waiting time, for one login and from one address. */
const FREE_FAILURES = { login: 5, address: 50 };
const MAX_PLACES = 10_000;

/** A password check. It counts as a failure from its start, so that concurrent attempts count as well. */
interface Attempt {
  succeed(): void;
  /** The password was not checked. */
  cancel(): void;
}

/**
 * Limits attempts to guess passwords. Unknown logins count like known ones. For an address with an earlier successful login,
 * only failures from that address count for the login: guesses from elsewhere do not lock the operator out.
 */
export class LoginThrottle {
  readonly #byLogin: Lockout;
  readonly #byAddress: Lockout;
  readonly #places = new Set<string>();

  readonly #sharedPlaces: SharedCount | undefined;

  /** @param shared counts of all gateways; undefined: there are no others */
  constructor(clock: Clock, shared?: Pick<SharedCounts, 'of'>) {
    this.#byLogin = new Lockout(clock, FREE_FAILURES.login, shared?.of('failed_logins'));
    this.#byAddress = new Lockout(clock, FREE_FAILURES.address, shared?.of('failed_logins_by_address'));
    this.#sharedPlaces = shared?.of('login_places');
    this.#sharedPlaces?.onAdded((place) => this.#rememberPlace(place));
    this.#sharedPlaces?.keep({
      schema: z.string(),
      save: () => [...this.#places].reverse(),
      restore: (place) => this.#rememberPlace(place),
    });
  }

  /** Remaining waiting time in milliseconds; 0 for none. */
  waitMs(login: string, address: string): number {
    return Math.max(this.#byLogin.waitMs(this.#keyOf(login, address)), this.#byAddress.waitMs(address));
  }

  /** Whether this login has succeeded from this address before. */
  isKnown(login: string, address: string): boolean {
    return this.#places.has(placeOf(login, address));
  }

  beginAttempt(login: string, address: string): Attempt {
    const key = this.#keyOf(login, address);
    this.#byLogin.recordFailure(key);
    this.#byAddress.recordFailure(address);
    return {
      succeed: () => {
        this.#byLogin.clear(key);
        this.#byAddress.removeFailure(address);
        this.#rememberPlace(placeOf(login, address));
        this.#sharedPlaces?.add(placeOf(login, address));
      },
      cancel: () => {
        this.#byLogin.removeFailure(key);
        this.#byAddress.removeFailure(address);
      },
    };
  }

  /** Ends the waiting time of a login, after an authorized password change. */
  clearLogin(login: string): void {
    this.#byLogin.clear(login);
  }

  #keyOf(login: string, address: string): string {
    const place = placeOf(login, address);
    return this.#places.has(place) ? place : login;
  }

  #rememberPlace(place: string): void {
    this.#places.delete(place);
    this.#places.add(place);
    const oldest = this.#places.values().next();
    if (this.#places.size > MAX_PLACES && oldest.done !== true) this.#places.delete(oldest.value);
  }
}

/** Unambiguous, because a login contains no space. */
function placeOf(login: string, address: string): string {
  return `${login} ${address}`;
}
