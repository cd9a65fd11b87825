import { randomInt } from 'node:crypto';
import { encodeG711 } from './g711.js';
import { buildRtp } from './rtp.js';

/** The audio that a test phone sends: silence or the given samples, 50 packets a second, and RFC 4733 digits. */

const PACKET_MS = 20;
const PACKET_SAMPLES = 160;
/** A delayed phone catches up at most this many packets at once. */
const MAX_BURST = 5;
/** RFC 4733, 2.5.1.4: the last packet of an event is sent three times. */
const END_REPEATS = 3;
const EVENT_VOLUME = 10;
const EVENT_CODES = '0123456789*#ABCD';

interface Digit {
  code: number;
  /** Timestamp of its first packet: all its packets carry it. */
  startedAt: number | undefined;
  sentMs: number;
  durationMs: number;
  done(): void;
}

export interface SenderOptions {
  codec: 0 | 8;
  telephoneEventType: number | undefined;
  /** Sends nothing during silence. */
  suppressesSilence?: boolean;
  send(packet: Uint8Array): void;
}

export class RtpSender {
  readonly #options: SenderOptions;
  readonly #ssrc = randomInt(2 ** 32);
  #sequence = randomInt(2 ** 15);
  #timestamp = randomInt(2 ** 31);
  #timer: NodeJS.Timeout | undefined;
  #nextAtMs = 0;
  #speech: Int16Array = new Int16Array();
  #repeats = false;
  #spoken = 0;
  readonly #digits: Digit[] = [];

  constructor(options: SenderOptions) {
    this.#options = options;
  }

  start(): void {
    this.#nextAtMs = performance.now();
    this.#timer ??= setInterval(() => this.#tick(), PACKET_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
    for (const digit of this.#digits.splice(0)) digit.done();
  }

  /** Sends these samples once, or repeatedly, from now on instead of silence. */
  say(samples: Int16Array, { repeats = false } = {}): void {
    this.#speech = samples;
    this.#repeats = repeats;
    this.#spoken = 0;
  }

  /** Resolves when the digit was sent, or at once when the sender stops. */
  digit(key: string, durationMs: number): Promise<void> {
    const code = EVENT_CODES.indexOf(key);
    if (code === -1 || key.length !== 1) throw new RangeError(`"${key}" is no key of a telephone`);
    if (this.#options.telephoneEventType === undefined) throw new Error('The far end takes no RFC 4733 digits');
    return new Promise((done) => {
      this.#digits.push({ code, startedAt: undefined, sentMs: 0, durationMs, done });
    });
  }

  #tick(): void {
    const now = performance.now();
    if (now - this.#nextAtMs > MAX_BURST * PACKET_MS) this.#nextAtMs = now;
    for (; this.#nextAtMs <= now; this.#nextAtMs += PACKET_MS) {
      const [digit] = this.#digits;
      if (digit === undefined) this.#sendAudio();
      else this.#sendDigit(digit);
      this.#timestamp += PACKET_SAMPLES;
    }
  }

  #sendAudio(): void {
    const { codec, suppressesSilence = false } = this.#options;
    if (suppressesSilence && !this.#repeats && this.#spoken >= this.#speech.length) return;
    const frame = new Int16Array(PACKET_SAMPLES);
    if (this.#repeats && this.#spoken >= this.#speech.length) this.#spoken = 0;
    frame.set(this.#speech.subarray(this.#spoken, this.#spoken + PACKET_SAMPLES));
    this.#spoken += PACKET_SAMPLES;
    this.#send(codec, this.#timestamp, encodeG711(frame, codec), false);
  }

  #sendDigit(digit: Digit): void {
    const isFirst = digit.startedAt === undefined;
    digit.startedAt ??= this.#timestamp;
    digit.sentMs += PACKET_MS;
    const isLast = digit.sentMs >= digit.durationMs;
    const duration = digit.sentMs * (PACKET_SAMPLES / PACKET_MS);
    const payload = Uint8Array.of(digit.code, (isLast ? 0x80 : 0) | EVENT_VOLUME, duration >> 8, duration & 0xff);
    for (let copy = 0; copy < (isLast ? END_REPEATS : 1); copy += 1) {
      this.#send(this.#options.telephoneEventType!, digit.startedAt, payload, isFirst);
    }
    if (!isLast) return;
    this.#digits.shift();
    digit.done();
  }

  #send(payloadType: number, timestamp: number, payload: Uint8Array, marker: boolean): void {
    this.#sequence += 1;
    this.#options.send(
      buildRtp({ payloadType, marker, sequence: this.#sequence, timestamp, ssrc: this.#ssrc, payload }),
    );
  }
}
