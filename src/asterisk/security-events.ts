import { messageOf } from '../lib/error-message.js';
import { AmiConnection } from './ami/ami-connection.js';
import type { AmiEvent } from './ami/ami-connection.js';
import type { AmiAddress } from './ami/ami-address.js';
import { deadline } from './link.js';
import type { LinkContext } from './link.js';
import { AsteriskError } from './port.js';

/** How long to wait for the event of a login (ms); `/readyz` allows 2 s for a check. */
const EVENT_MS = 1_000;

/**
 * Checks whether an AMI connection receives `SuccessfulAuth`. AMI does not report a user's read classes, but every AMI login
 * raises that event. A connection keeps the classes and filters of its login, so one test login per connection is enough.
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

  /** Handles an event of the connection. */
  onEvent(event: AmiEvent): void {
    if (event.event !== 'SuccessfulAuth') return;
    this.#received = true;
    this.#notify();
  }

  /** Performs the test login if necessary. @throws AsteriskError `unavailable` when it fails; the next call retries. */
  async areReceived(): Promise<boolean> {
    if (!this.#received) {
      this.#testLogin ??= this.#logIn();
      await this.#testLogin;
    }
    return this.#received;
  }

  /** Aborts a running test login. */
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
