import { messageOf } from '../lib/error-message.js';
import { AmiConnection } from './ami/ami-connection.js';
import type { AmiEvent } from './ami/ami-connection.js';
import type { AmiAddress } from './ami/ami-address.js';
import { deadline } from './link.js';
import type { LinkContext } from './link.js';
import { AsteriskError } from './port.js';

/** How long after a login its event may take; `/readyz` waits 2 s for a check. */
const EVENT_MS = 1_000;

/**
 * Whether one AMI connection receives `SuccessfulAuth`. AMI does not tell a user its read classes, but every AMI login causes that event.
 * A connection keeps the classes and filters that it logged in with, so one test login for each connection is enough.
 */
export class SecurityEvents {
  readonly #stopped = new AbortController();
  #received = false;
  #notify: () => void = () => undefined;
  #testLogin: Promise<void> | undefined;

  constructor(
    private readonly address: AmiAddress,
    private readonly context: LinkContext,
  ) {}

  /** Takes an event of the connection. */
  note(event: AmiEvent): void {
    if (event.event !== 'SuccessfulAuth') return;
    this.#received = true;
    this.#notify();
  }

  /** @throws AsteriskError `unavailable` when the test login fails; the next call tries again. */
  async arrive(): Promise<boolean> {
    if (!this.#received) {
      this.#testLogin ??= this.#logIn();
      await this.#testLogin;
    }
    return this.#received;
  }

  /** Ends a test login that is under way. */
  stop(): void {
    this.#stopped.abort();
    this.#notify();
  }

  async #logIn(): Promise<void> {
    const connection = new AmiConnection(this.address, this.context);
    try {
      await connection.open('off', this.#stopped.signal);
      await this.#waitForEvent();
    } catch (error) {
      this.#testLogin = undefined;
      throw new AsteriskError('unavailable', `a second AMI login as ${this.address.user}: ${messageOf(error)}`);
    } finally {
      connection.close();
    }
  }

  #waitForEvent(): Promise<void> {
    if (this.#received || this.#stopped.signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const disarm = deadline(this.context.clock, EVENT_MS, resolve);
      this.#notify = () => {
        disarm();
        resolve();
      };
    });
  }
}
