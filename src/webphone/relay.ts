import type { RawData, WebSocket } from 'ws';
import type { Clock } from '../lib/clock.js';
import { readSipFrame } from './sip-frame.js';

/** Above this much that nobody has taken, the other side is read no further. */
const BACKLOG_BYTES = 131_072;

export const closeCodes = { normal: 1000, goingAway: 1001, notText: 1003, refused: 1008 } as const;

export interface RelayLimits {
  /** How often both sides are asked whether they are there; who has not answered by the next time is cut off. */
  beatMs: number;
  /** By then Asterisk has to have let the phone in. */
  proveMs: number;
  /** Messages of the browser: at once, and then each second. */
  burst: number;
  perSecond: number;
}

export const defaultRelayLimits: RelayLimits = { beatMs: 20_000, proveMs: 30_000, burst: 100, perSecond: 20 };

/**
 * One browser and its connection to Asterisk: whole SIP messages go to and fro. The browser is cut off when it sends anything else,
 * too much, in the name of no handset, or is let in by Asterisk too late or never.
 */
export class Relay {
  #proven = false;
  #budget: number;
  #cancelBeat: () => void = () => undefined;
  #cancelProof: () => void = () => undefined;
  readonly #silent = new Set<WebSocket>();

  constructor(
    private readonly browser: WebSocket,
    private readonly asterisk: WebSocket,
    private readonly around: {
      clock: Clock;
      limits: RelayLimits;
      isHandset: (name: string) => boolean;
      /** Why a browser was cut off; holds nothing that it sent. */
      onRefused: (why: string) => void;
      /** Asterisk has let the phone in. */
      onProven?: () => void;
    },
  ) {
    this.#budget = around.limits.burst;
  }

  /** Resolves when both sides are closed. */
  async run(): Promise<void> {
    const { browser, asterisk } = this;
    const { clock, limits } = this.around;
    browser.on('message', (data, isBinary) => this.#fromBrowser(data, isBinary));
    asterisk.on('message', (data) => this.#fromAsterisk(data));
    this.#cancelProof = clock.wakeAt(clock.now() + limits.proveMs, () => this.#refuse('not let in in time'));
    this.#armBeat();
    const ends = [this.#end(browser, asterisk, closeCodes.normal), this.#end(asterisk, browser, closeCodes.goingAway)];
    await Promise.race(ends);
    this.#cancelProof();
    await Promise.all(ends);
    this.#cancelBeat();
  }

  #end(side: WebSocket, other: WebSocket, code: number): Promise<void> {
    side.on('error', () => side.terminate());
    side.on('pong', () => this.#silent.delete(side));
    return new Promise((resolve) => {
      side.once('close', () => {
        // Of a side that is not read the goodbye would come behind everything that nobody wants any more.
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
      this.close(closeCodes.notText, 'SIP is text here');
      return;
    }
    this.#budget -= 1;
    if (this.#budget < 0) {
      this.#refuse('too many messages');
      return;
    }
    const text = (data as Buffer).toString();
    const frame = readSipFrame(text);
    if (frame.type === 'bad') this.#refuse(frame.why);
    else if (frame.type === 'request' && !frame.withinCall && !this.around.isHandset(frame.from))
      this.#refuse('not a handset for browsers');
    else if (frame.type !== 'keep_alive') pass(text, this.browser, this.asterisk);
  }

  #fromAsterisk(data: RawData): void {
    const text = (data as Buffer).toString();
    if (!this.#proven && /^(?:SIP\/2\.0 2|[A-Z]+ sip)/.test(text)) {
      this.#proven = true;
      this.#cancelProof();
      this.around.onProven?.();
    }
    pass(text, this.asterisk, this.browser);
  }

  #refuse(why: string): void {
    this.around.onRefused(why);
    this.close(closeCodes.refused, why);
  }

  #armBeat(): void {
    const { clock, limits } = this.around;
    this.#cancelBeat = clock.wakeAt(clock.now() + limits.beatMs, () => this.#beat());
  }

  #beat(): void {
    const { beatMs, burst, perSecond } = this.around.limits;
    if (this.#silent.size > 0) {
      this.terminate();
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

/** Reads no further from one side than the other takes. */
function pass(text: string, from: WebSocket, to: WebSocket): void {
  if (to.readyState !== to.OPEN) return;
  to.send(text, (error) => {
    if (!error && from.isPaused && to.bufferedAmount <= BACKLOG_BYTES) from.resume();
  });
  if (to.bufferedAmount > BACKLOG_BYTES && !from.isPaused) from.pause();
}
