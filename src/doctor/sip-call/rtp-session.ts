import { randomInt } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { decodeG711, encodeG711 } from '../../prompts/g711.js';
import { buildRtp, parseRtp } from './rtp-packet.js';
import { LAW_OF, type RemoteMedia } from './sdp.js';

const PACKET_MS = 20;
const PACKET_SAMPLES = 160;
/** A delayed gateway catches up at most this many packets at once. */
const MOST_AT_ONCE = 5;
const DIGIT_PACKETS = 5;
const PAUSE_PACKETS = 5;
/** RFC 4733, 2.5.1.4: the last packet of an event is sent three times. */
const END_COPIES = 3;
const END_BIT = 0x80;
const VOLUME = 10;
const KEYS = '0123456789*#ABCD';
/** More than any part of a test call lasts (10 s). */
const MOST_HEARD = 500;

interface Frame {
  payloadType: number;
  payload: Buffer;
  /** Of an event of several packets, all of which have the timestamp of the first one. */
  event?: 'first' | 'later' | 'last';
}

/** Audio of a test call (RFC 3550): sends alaw or ulaw and digits (RFC 4733), and keeps what it hears. */
export class RtpSession {
  readonly #ssrc = randomInt(2 ** 32);
  #sequence = randomInt(2 ** 15);
  #timestamp = randomInt(2 ** 31);
  #eventAt = 0;
  #remote: RemoteMedia | undefined;
  #timer: NodeJS.Timeout | undefined;
  #dueAt = 0;
  #frames: Frame[] = [];
  #onSent: () => void = () => undefined;
  #heard: Buffer[] = [];
  #digits = '';
  #lastEvent: number | undefined;

  private constructor(private readonly socket: Socket) {
    socket.on('message', (data) => this.#receive(data));
    // A packet that cannot be sent is one that is not heard.
    socket.on('error', () => undefined);
  }

  static async open(family: 'udp4' | 'udp6'): Promise<RtpSession> {
    const socket = createSocket(family);
    socket.bind(0);
    await once(socket, 'listening');
    return new RtpSession(socket);
  }

  get port(): number {
    return this.socket.address().port;
  }

  /** Sends silence from now on. */
  start(remote: RemoteMedia): void {
    this.#remote = remote;
    this.#dueAt = performance.now();
    this.#timer = setInterval(() => this.#tick(), PACKET_MS);
  }

  close(): void {
    clearInterval(this.#timer);
    this.#onSent();
    this.socket.close();
  }

  /** @param samples 8 kHz, mono, 16 bit. Resolves when they are sent */
  say(samples: Buffer): Promise<void> {
    const { payloadType, law } = this.#codec;
    const encoded = encodeG711(samples, law);
    const count = Math.floor(encoded.length / PACKET_SAMPLES);
    return this.#send(
      Array.from({ length: count }, (_, index) => ({
        payloadType,
        payload: encoded.subarray(index * PACKET_SAMPLES, (index + 1) * PACKET_SAMPLES),
      })),
    );
  }

  /** Resolves when they are sent. @throws Error when the other side takes no such digits */
  async press(keys: string): Promise<void> {
    const payloadType = this.#remote?.eventType;
    if (payloadType === undefined) throw new Error('Asterisk accepts no telephone-event in this call');
    const pause = Array.from({ length: PAUSE_PACKETS }, () => this.#silence);
    await this.#send(keys.split('').flatMap((key) => [...eventFrames(payloadType, KEYS.indexOf(key)), ...pause]));
  }

  /** What was heard since the last time. */
  takeHeard(): { samples: Buffer; digits: string } {
    const samples = decodeG711(Buffer.concat(this.#heard), this.#codec.law);
    const digits = this.#digits;
    this.#heard = [];
    this.#digits = '';
    return { samples, digits };
  }

  get #codec() {
    const payloadType = this.#remote?.payloadType ?? 8;
    return { payloadType, law: LAW_OF[payloadType] };
  }

  get #silence(): Frame {
    const { payloadType, law } = this.#codec;
    return { payloadType, payload: encodeG711(Buffer.alloc(PACKET_SAMPLES * 2), law) };
  }

  #send(frames: Frame[]): Promise<void> {
    return new Promise((resolve) => {
      this.#onSent = resolve;
      this.#frames = frames;
    });
  }

  #tick(): void {
    const now = performance.now();
    if (now - this.#dueAt > MOST_AT_ONCE * PACKET_MS) this.#dueAt = now;
    for (; this.#dueAt <= now; this.#dueAt += PACKET_MS) {
      this.#sendFrame(this.#frames.shift() ?? this.#silence);
      this.#timestamp += PACKET_SAMPLES;
      if (this.#frames.length === 0) this.#onSent();
    }
  }

  #sendFrame({ payloadType, payload, event }: Frame): void {
    if (this.#remote === undefined) return;
    if (event === 'first') this.#eventAt = this.#timestamp;
    for (let copy = 0; copy < (event === 'last' ? END_COPIES : 1); copy += 1) {
      this.#sequence += 1;
      const packet = buildRtp({
        payloadType,
        marker: event === 'first',
        sequence: this.#sequence,
        timestamp: event === undefined ? this.#timestamp : this.#eventAt,
        ssrc: this.#ssrc,
        payload,
      });
      this.socket.send(packet, this.#remote.port, this.#remote.host);
    }
  }

  #receive(data: Buffer): void {
    const packet = parseRtp(data);
    if (packet === undefined || this.#remote === undefined) return;
    const { payloadType, payload, timestamp } = packet;
    if (payloadType === this.#remote.payloadType && this.#heard.length < MOST_HEARD) this.#heard.push(payload);
    const isEnd = payloadType === this.#remote.eventType && ((payload[1] ?? 0) & END_BIT) !== 0;
    if (!isEnd || timestamp === this.#lastEvent) return;
    this.#lastEvent = timestamp;
    this.#digits += KEYS[payload[0] ?? KEYS.length] ?? '?';
  }
}

/** One pressed key: 100 ms. */
function eventFrames(payloadType: number, code: number): Frame[] {
  return Array.from({ length: DIGIT_PACKETS }, (_, index) => {
    const isLast = index === DIGIT_PACKETS - 1;
    const payload = Buffer.from([code, (isLast ? END_BIT : 0) | VOLUME, 0, 0]);
    payload.writeUInt16BE((index + 1) * PACKET_SAMPLES, 2);
    return { payloadType, payload, event: index === 0 ? 'first' : isLast ? 'last' : 'later' };
  });
}
