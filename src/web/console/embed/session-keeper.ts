import { HOUR_MS, MINUTE_MS } from '../../../lib/time.js';
import type { ConsoleSession } from '../../session.js';

const RENEWED_EVERY_MS = 3 * MINUTE_MS;
/** A session lives for twelve hours at most; it is replaced before. */
const REPLACED_AFTER_MS = 11 * HOUR_MS;
/** How long the page may take to send a token before it is asked again. */
const ASKED_EVERY_MS = 15_000;

/**
 * The session of an embedded phone: opened by a token of the page, kept in memory only, renewed while the frame is open. It does not use
 * the console's client, whose requests it authenticates.
 */
export class SessionKeeper {
  readonly #listeners: ((token: string) => void)[] = [];
  #token = '';
  #openedAt = 0;
  #asking: ReturnType<typeof setInterval> | undefined;
  #renewing: ReturnType<typeof setInterval> | undefined;

  /**
   * @param origin of the page around the frame
   * @param askForToken the page must send another token
   */
  constructor(
    private readonly origin: string,
    private readonly askForToken: () => void,
  ) {
    addEventListener('pagehide', ({ persisted }) => {
      if (!persisted && this.#token !== '') void this.#request('DELETE', '/api/v1/phone-session');
    });
  }

  /** @param listener receives the bearer token of the present session, and of those that replace it */
  onSession(listener: (token: string) => void): void {
    this.#listeners.push(listener);
    if (this.#token !== '') listener(this.#token);
  }

  /** Asks the page for a token until one opens a session. */
  ask(): void {
    if (this.#asking !== undefined) return;
    this.#asking = setInterval(() => this.askForToken(), ASKED_EVERY_MS);
    this.askForToken();
  }

  /** @returns false when the token is used, expired or not for this page; another one is asked for then */
  async open(token: string): Promise<boolean> {
    const opened = (await this.#request('POST', '/api/v1/phone-sessions', { token, origin: this.origin })) as
      { token: string } | undefined;
    if (opened === undefined) {
      this.ask();
      return false;
    }
    this.#token = opened.token;
    this.#openedAt = Date.now();
    clearInterval(this.#asking);
    this.#asking = undefined;
    clearInterval(this.#renewing);
    this.#renewing = setInterval(() => void this.#renew(), RENEWED_EVERY_MS);
    for (const listener of this.#listeners) listener(opened.token);
    return true;
  }

  /** What the phone knows about its operator. */
  async facts(): Promise<ConsoleSession | undefined> {
    return (await this.#request('GET', '/phone-frame/session')) as ConsoleSession | undefined;
  }

  async #renew(): Promise<void> {
    await this.#request('POST', '/api/v1/phone-session/renewal');
    if (Date.now() - this.#openedAt > REPLACED_AFTER_MS) this.ask();
  }

  /** @returns the body of the response; undefined when the request failed */
  async #request(method: string, path: string, body?: object): Promise<unknown> {
    const headers: Record<string, string> = {};
    if (this.#token !== '') headers['authorization'] = `Bearer ${this.#token}`;
    if (body !== undefined) headers['content-type'] = 'application/json';
    try {
      const init = { method, headers, keepalive: method !== 'GET' };
      const response = await fetch(path, body === undefined ? init : { ...init, body: JSON.stringify(body) });
      if (response.status === 401) this.ask();
      return response.ok && response.status !== 204 ? ((await response.json()) as unknown) : undefined;
    } catch {
      return undefined;
    }
  }
}
