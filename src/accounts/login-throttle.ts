import type { Clock } from '../lib/clock.js';
import { Lockout } from './lockout.js';

/** Wrong passwords for one login, and from one address, before one has to wait. */
const FREE_FAILURES = { login: 5, address: 50 };
const MOST_PLACES = 10_000;

/** One try of a password; it counts as a failure from its beginning, so that many at once are counted, too. */
interface Attempt {
  right(): void;
  /** It was not looked at. */
  dropped(): void;
}

/**
 * Who may try a password now. Logins that nobody has are counted like others. At an address from which somebody has logged
 * in before, only failures from there count for them: a stranger who guesses elsewhere does not lock them out.
 */
export class LoginThrottle {
  readonly #byLogin: Lockout;
  readonly #byAddress: Lockout;
  readonly #places = new Set<string>();

  constructor(clock: Clock) {
    this.#byLogin = new Lockout(clock, FREE_FAILURES.login);
    this.#byAddress = new Lockout(clock, FREE_FAILURES.address);
  }

  /** How long to wait, in milliseconds; 0 when there is no need. */
  waitMs(login: string, address: string): number {
    return Math.max(this.#byLogin.waitMs(this.#keyOf(login, address)), this.#byAddress.waitMs(address));
  }

  /** Somebody has logged in with that name from that address before. */
  knows(login: string, address: string): boolean {
    return this.#places.has(placeOf(login, address));
  }

  attempt(login: string, address: string): Attempt {
    const key = this.#keyOf(login, address);
    this.#byLogin.failed(key);
    this.#byAddress.failed(address);
    return {
      right: () => {
        this.#byLogin.forget(key);
        this.#byAddress.takeBack(address);
        this.#know(placeOf(login, address));
      },
      dropped: () => {
        this.#byLogin.takeBack(key);
        this.#byAddress.takeBack(address);
      },
    };
  }

  /** Somebody with the right to do so vouches for the login. */
  forgive(login: string): void {
    this.#byLogin.forget(login);
  }

  #keyOf(login: string, address: string): string {
    const place = placeOf(login, address);
    return this.#places.has(place) ? place : login;
  }

  #know(place: string): void {
    this.#places.delete(place);
    this.#places.add(place);
    const oldest = this.#places.values().next();
    if (this.#places.size > MOST_PLACES && oldest.done !== true) this.#places.delete(oldest.value);
  }
}

/** A login has no space. */
function placeOf(login: string, address: string): string {
  return `${login} ${address}`;
}
