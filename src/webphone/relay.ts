import type { RawData, WebSocket } from 'ws';
import type { Clock } from '../lib/clock.js';
import type { ShortLivedAccount, ShortLivedAccounts } from './short-lived-accounts.js';
import { readSipFrame } from './sip-frame.js';

/** With a larger backlog on one side, the relay stops reading from the other side. */
const BACKLOG_BYTES = 131_072;

/** A challenge that is not only the renewal of an old one. */
const WRONG_PASSWORD = /^SIP\/2\.0 401 (?![^]*stale=true)/i;

export const sipCloseCodes = { normal: 1000, goingAway: 1001, notText: 1003, policyViolation: 1008 } as const;

export interface RelayLimits {
  /** Interval of pings to both sides; a side that has not answered by the next ping is disconnected. */
  beatMs: number;
  /** Asterisk must accept the phone within this time. */
  loginTimeoutMs: number;
  /** Rate limit of the browser's messages: bucket size, and messages per second. */
  burst: number;
  perSecond: number;
}

export const defaultRelayLimits: RelayLimits = { beatMs: 20_000, loginTimeoutMs: 30_000, burst: 100, perSecond: 20 };

/**
 * Relays whole SIP messages between one browser and Asterisk. It disconnects the browser when it sends anything else or too much, when
 * a request names no handset, and when Asterisk does not accept the phone in time.
 */
export class Relay {
  #authenticated = false;
  /** The last request had credentials. */
  #sentCredentials = false;
  #budget: number;
  /** The last account that the browser has proved, when it is a short-lived one. */
  #account: ShortLivedAccount | undefined;
  #cancelBeat: () => void = () => undefined;
  #cancelLoginTimeout: () => void = () => undefined;
  readonly #silent = new Set<WebSocket>();

  constructor(
    private readonly browser: WebSocket,
    private readonly asterisk: WebSocket,
    private readonly options: {
      clock: Clock;
      limits: RelayLimits;
      isHandset: (name: string) => boolean;
      /** Without them, only the permanent passwords of handsets are accepted. */
      accounts?: Pick<ShortLivedAccounts, 'admit' | 'isValid'> | undefined;
      /** Called with the reason when the browser is disconnected; the reason contains nothing of its messages. */
      onRejected: (why: string) => void;
      /** Called when Asterisk has accepted the phone. */
      onAuthenticated?: () => void;
      /** Called when Asterisk has rejected the phone's password. */
      onWrongPassword?: () => void;
    },
  ) {
    this.#budget = options.limits.burst;
  }

  /** Resolves when both sides are closed. */
  async run(): Promise<void> {
    const { browser, asterisk } = this;
    const { clock, limits } = this.options;
    browser.on('message', (data, isBinary) => this.#fromBrowser(data, isBinary));
    asterisk.on('message', (data) => this.#fromAsterisk(data));
    this.#cancelLoginTimeout = clock.wakeAt(clock.now() + limits.loginTimeoutMs, () =>
      this.#reject('no login in time'),
    );
    this.#armBeat();
    const ends = [
      this.#end(browser, asterisk, sipCloseCodes.normal),
      this.#end(asterisk, browser, sipCloseCodes.goingAway),
    ];
    await Promise.race(ends);
    this.#cancelLoginTimeout();
    await Promise.all(ends);
    this.#cancelBeat();
  }

  #end(side: WebSocket, other: WebSocket, code: number): Promise<void> {
    side.on('error', () => side.terminate());
    side.on('pong', () => this.#silent.delete(side));
    return new Promise((resolve) => {
      side.once('close', () => {
        // A paused side would read the close frame only after its whole backlog.
        if (other.isPaused) other.terminate();
        else other.close(code);
        resolve();
      });
    });
  }

  close(code: number, reason: string): void {
    this.browser.close(code, reason);
  }

  terminate(): void {
    this.browser.terminate();
    this.asterisk.terminate();
  }

  #fromBrowser(data: RawData, isBinary: boolean): void {
    if (isBinary) {
      this.close(sipCloseCodes.notText, 'send SIP as text');
      return;
    }
    this.#budget -= 1;
    if (this.#budget < 0) {
      this.#reject('too many messages');
      return;
    }
    const text = (data as Buffer).toString();
    const frame = readSipFrame(text);
    if (frame.type === 'bad') this.#reject(frame.why);
    else if (frame.type === 'request' && !frame.withinCall && !this.#mayUse(frame.from))
      this.#reject('the From is not a handset for browsers');
    else if (frame.type === 'request') this.#forwardRequest(text);
    else if (frame.type === 'response') forward(text, this.browser, this.asterisk);
  }

  /** After a login with a short-lived account, its handset is the only one. */
  #mayUse(handset: string): boolean {
    return this.options.isHandset(handset) && (this.#account === undefined || this.#account.handset === handset);
  }

  #forwardRequest(text: string): void {
    const admitted = this.options.accounts?.admit(text);
    if (admitted !== undefined) this.#account = admitted.account;
    this.#sentCredentials = /^authorization[ \t]*:/im.test(text);
    forward(admitted?.message ?? text, this.browser, this.asterisk);
  }

  #fromAsterisk(data: RawData): void {
    const text = (data as Buffer).toString();
    if (!this.#authenticated && /^(?:SIP\/2\.0 2|[A-Z]+ sip)/.test(text)) {
      this.#authenticated = true;
      this.#cancelLoginTimeout();
      this.options.onAuthenticated?.();
    }
    if (this.#sentCredentials && WRONG_PASSWORD.test(text)) {
      this.#sentCredentials = false;
      this.options.onWrongPassword?.();
    }
    forward(text, this.asterisk, this.browser);
  }

  #reject(why: string): void {
    this.options.onRejected(why);
    this.close(sipCloseCodes.policyViolation, why);
  }

  #armBeat(): void {
    const { clock, limits } = this.options;
    this.#cancelBeat = clock.wakeAt(clock.now() + limits.beatMs, () => this.#beat());
  }

  #beat(): void {
    const { beatMs, burst, perSecond } = this.options.limits;
    if (this.#silent.size > 0) {
      this.terminate();
      return;
    }
    if (this.#account !== undefined && this.options.accounts?.isValid(this.#account) === false) {
      this.#reject('the account has ended');
      return;
    }
    this.#budget = Math.min(burst, this.#budget + (perSecond * beatMs) / 1000);
    for (const side of [this.browser, this.asterisk]) {
      if (side.readyState === side.CLOSED) continue;
      this.#silent.add(side);
      if (side.readyState === side.OPEN) side.ping();
    }
    this.#armBeat();
  }
}

/** Forwards a message and pauses the sender while the receiver has a large backlog. */
function forward(text: string, from: WebSocket, to: WebSocket): void {
  if (to.readyState !== to.OPEN) return;
  to.send(text, (error) => {
    if (!error && from.isPaused && to.bufferedAmount <= BACKLOG_BYTES) from.resume();
  });
  if (to.bufferedAmount > BACKLOG_BYTES && !from.isPaused) from.pause();
}
