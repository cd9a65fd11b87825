import { decodeG711 } from './g711.js';
import type { RtpPacket } from './rtp.js';

/**
 * Places RTP audio in time. Within one stream (SSRC) the sender's timestamps are used, so a briefly busy receiver
 * records no gap; where they are implausible (a new stream, a jump that the wall clock did not
 * see) the time of arrival is used.
 */

const SAMPLES_PER_MS = 8;
/** A jump of the timestamps that differs this much from the time of arrival is ignored (2 s). */
const MAX_DRIFT_SAMPLES = 2000 * SAMPLES_PER_MS;

export interface PlacedAudio {
  /** First sample's place, counted in samples from the first packet's first. */
  at: number;
  samples: Int16Array;
  arrivedAtMs: number;
}

interface Stream {
  ssrc: number;
  /** Timestamp, sequence number and place of the latest packet in order. */
  timestamp: number;
  sequence: number;
  at: number;
  length: number;
}

const signed32 = (value: number) => value | 0;
const signed16 = (value: number) => (value << 16) >> 16;

export class RtpTimeline {
  #firstArrivalMs: number | undefined;
  #stream: Stream | undefined;
  #end = 0;
  /** Missing packets, by sequence numbers; a late one is subtracted again. */
  lost = 0;

  /** Samples from the first packet's first to the end of the latest. */
  get end(): number {
    return this.#end;
  }

  /** The place of a sample that arrives now. */
  expectedAt(nowMs: number): number {
    return this.#firstArrivalMs === undefined ? 0 : Math.round((nowMs - this.#firstArrivalMs) * SAMPLES_PER_MS);
  }

  /** Undefined when the packet carries no G.711: digits (RFC 4733), comfort noise. */
  place(packet: RtpPacket, arrivedAtMs: number): PlacedAudio | undefined {
    const type = packet.payloadType;
    if (type !== 0 && type !== 8) {
      this.#skip(packet);
      return undefined;
    }
    this.#firstArrivalMs ??= arrivedAtMs;
    const samples = decodeG711(packet.payload, type);
    const at = this.#placeOf(packet, this.expectedAt(arrivedAtMs), samples.length);
    this.#end = Math.max(this.#end, at + samples.length);
    return { at, samples, arrivedAtMs };
  }

  #skip(packet: RtpPacket): void {
    const stream = this.#stream;
    if (stream?.ssrc !== packet.ssrc) return;
    const ahead = signed16(packet.sequence - stream.sequence);
    if (ahead <= 0) return;
    this.lost += ahead - 1;
    stream.sequence = packet.sequence;
  }

  #placeOf(packet: RtpPacket, byArrival: number, length: number): number {
    const { ssrc, timestamp, sequence } = packet;
    const stream = this.#stream;
    if (stream?.ssrc !== ssrc) {
      const at = stream === undefined ? 0 : Math.max(byArrival, this.#end);
      this.#stream = { ssrc, timestamp, sequence, at, length };
      return at;
    }
    const ahead = signed16(sequence - stream.sequence);
    const byTimestamp = stream.at + signed32(timestamp - stream.timestamp);
    // A sender that starts again with another sequence number is not late, whatever the number is.
    const restarted = Math.abs(byTimestamp - byArrival) > MAX_DRIFT_SAMPLES;
    if (ahead <= 0 && !restarted) {
      this.lost = Math.max(0, this.lost - 1);
      return Math.max(0, byTimestamp);
    }
    if (ahead > 0) this.lost += ahead - 1;
    const isNext = byTimestamp === stream.at + stream.length;
    const isPlausible = byTimestamp >= stream.at && Math.abs(byTimestamp - byArrival) <= MAX_DRIFT_SAMPLES;
    const at = isNext || isPlausible ? byTimestamp : Math.max(byArrival, this.#end);
    this.#stream = { ssrc, timestamp, sequence, at, length };
    return at;
  }
}
