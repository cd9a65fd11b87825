import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { Emitter } from '../../../src/lib/emitter.js';
import { recognise, Recogniser, sameSound, type Heard } from './recogniser.js';
import { RtpTimeline, type PlacedAudio } from './rtp-timeline.js';
import { parseRtp, type RtpPacket } from './rtp.js';

const LOOPBACK = '127.0.0.1';
const SAMPLES_PER_MS = 8;
/** How often a live ear checks whether the sender fell silent (ms). */
const SILENCE_CHECK_MS = 60;
/** Checks without a packet after which silence is assumed; two, so that a busy test process is not mistaken for a silent sender. */
const SILENT_CHECKS = 2;
/** Packets after a missing one wait for it until this many have come (40 ms). */
const MAX_WAITING = 2;

/**
 * Listens on its own UDP port for the audio of one call. {@link Ear.pcm} and {@link Ear.heard} return the recording;
 * during the call, {@link Ear.onChange} reports each sound as soon as it is certain (80 ms).
 */
export class Ear {
  readonly #audio: PlacedAudio[] = [];
  readonly #timeline = new RtpTimeline();
  readonly #live = new Recogniser();
  readonly #changes: Emitter<void>;
  readonly #waiting: PlacedAudio[] = [];
  readonly #events: RtpPacket[] = [];
  #socket: Socket | undefined;
  #silenceTimer: NodeJS.Timeout | undefined;
  #checksWithoutPacket = 0;
  #packets = 0;

  readonly #isLive: boolean;

  /** @param options `live: false` skips recognition during the call, for dozens of calls at once */
  constructor({ live = true, onError = (error: unknown): void => console.error(error) } = {}) {
    this.#isLive = live;
    this.#changes = new Emitter(onError);
  }

  /** Binds a free port. */
  async open(): Promise<this> {
    const socket = createSocket({ type: 'udp4', recvBufferSize: 262_144 });
    this.#socket = socket;
    socket.on('message', (data) => this.#receive(data));
    socket.bind(0, LOOPBACK);
    await once(socket, 'listening');
    if (this.#isLive) this.#silenceTimer = setInterval(() => this.#checkSilence(), SILENCE_CHECK_MS);
    return this;
  }

  /** Stops listening; the recording stays. May be called twice. */
  async close(): Promise<void> {
    clearInterval(this.#silenceTimer);
    const socket = this.#socket;
    this.#socket = undefined;
    if (socket === undefined) return;
    const closed = once(socket, 'close');
    socket.close();
    await closed;
    this.#flush(0);
    this.#changes.emit();
  }

  /** The address to put into an SDP. @throws before {@link Ear.open} */
  get address(): { host: string; port: number } {
    if (this.#socket === undefined) throw new Error('The ear is not open');
    return { host: LOOPBACK, port: this.#socket.address().port };
  }

  /** RTP packets received, digits and comfort noise included. */
  get packets(): number {
    return this.#packets;
  }

  /** Packets that the sender counted and that never came. */
  get lost(): number {
    return this.#timeline.lost;
  }

  /** Time (ms since 1970) of the first and the latest audio packet; undefined without any. */
  get arrivals(): { firstMs: number; lastMs: number } | undefined {
    const [first, last] = [this.#audio[0], this.#audio.at(-1)];
    return first && last && { firstMs: first.arrivedAtMs, lastMs: last.arrivedAtMs };
  }

  /** RFC 4733 packets received: digits from the far end. */
  get telephoneEvents(): readonly RtpPacket[] {
    return this.#events;
  }

  /** All audio received, from the first packet on; gaps are silence. 8 kHz. */
  pcm(): Int16Array {
    const whole = new Int16Array(this.#timeline.end);
    for (const { at, samples } of this.#audio) whole.set(samples, at);
    return whole;
  }

  /** The sounds heard so far, recognised with all packets in place; times count from the first packet. */
  heard(): Heard[] {
    return recognise(this.pcm());
  }

  /** Sounds heard so far, as they were recognised live; the last one is still growing. */
  get liveSounds(): readonly Heard[] {
    return this.#live.segments;
  }

  /** Calls back whenever {@link Ear.liveSounds} has grown, and once at the end. Returns the unsubscribe function. */
  onChange(listener: () => void): () => void {
    return this.#changes.on(listener);
  }

  /** Sends RTP from the port on which the ear listens, as phones do. */
  send(packet: Uint8Array, to: { host: string; port: number }): void {
    this.#socket?.send(packet, to.port, to.host);
  }

  #receive(data: Buffer): void {
    const packet = parseRtp(data);
    if (packet === undefined) return;
    this.#packets += 1;
    this.#checksWithoutPacket = 0;
    const placed = this.#timeline.place(packet, Date.now());
    if (placed === undefined) {
      this.#events.push(packet);
      return;
    }
    this.#audio.push(placed);
    if (!this.#isLive) return;
    this.#waiting.push(placed);
    this.#waiting.sort((a, b) => a.at - b.at);
    this.#flush(MAX_WAITING);
  }

  /** Passes the live recogniser the next packet in time, or skips a gap once more than `patience` packets wait. */
  #flush(patience: number): void {
    const [before] = this.#live.segments.slice(-1);
    while (this.#waiting[0] && (this.#waiting[0].at <= this.#live.samples || this.#waiting.length > patience)) {
      const { at, samples } = this.#waiting.shift()!;
      this.#hearSilenceUntil(at);
      this.#live.push(samples.subarray(Math.min(samples.length, this.#live.samples - at)));
    }
    const after = this.#live.segments.at(-1);
    if (after && (before === undefined || before !== after || !sameSound(before, after))) this.#changes.emit();
  }

  #hearSilenceUntil(at: number): void {
    if (at > this.#live.samples) this.#live.push(new Int16Array(at - this.#live.samples));
  }

  #checkSilence(): void {
    if (this.#audio.length === 0) return;
    this.#checksWithoutPacket += 1;
    if (this.#checksWithoutPacket <= SILENT_CHECKS) return;
    this.#flush(0);
    const before = this.#live.segments.length;
    this.#hearSilenceUntil(this.#timeline.expectedAt(Date.now()) - SILENCE_CHECK_MS * SAMPLES_PER_MS);
    if (this.#live.segments.length !== before) this.#changes.emit();
  }
}
