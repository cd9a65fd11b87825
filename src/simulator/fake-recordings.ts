import { Readable } from 'node:stream';
import { AsteriskError } from '../asterisk/port.js';
import type { RecordedFile, RecordingEvent, RecordingPort } from '../asterisk/recording-port.js';
import type { Clock } from '../lib/clock.js';

const HEADER_BYTES = 44;
const BYTES_PER_MS = 16;

interface FakeRecording {
  /** The recorded bridge or channel; undefined for a talk in a queue. */
  of: string | undefined;
  startedAt: number;
  /** Undefined while recording. */
  endedAt: number | undefined;
  /** Asterisk died before it wrote the length into the header. */
  torn: boolean;
}

interface Hands {
  /** Runs a request like all others of the port, with the faults of the test. */
  request<T>(method: keyof RecordingPort, args: unknown[], carryOut: () => T): Promise<T>;
  /** @param id of a bridge or a channel */
  exists(id: string): boolean;
  /** @throws {AsteriskError} `conflict` for a channel in the dialplan */
  checkInApp(channelId: string): void;
  tell(event: RecordingEvent): void;
}

/** Recordings of silence with the duration of the talk. */
export class FakeRecordings implements RecordingPort {
  readonly #recordings = new Map<string, FakeRecording>();

  constructor(
    private readonly clock: Clock,
    private readonly hands: Hands,
  ) {}

  start({ recordingId, bridgeId }: { recordingId: string; bridgeId: string }): Promise<void> {
    return this.hands.request('start', [{ recordingId, bridgeId }], () => {
      if (!this.hands.exists(bridgeId)) throw new AsteriskError('gone', 'Bridge not found', 404);
      if (this.#recordings.has(recordingId)) return;
      this.begin(recordingId, bridgeId);
      this.hands.tell({ type: 'recording_started', at: this.clock.now(), recordingId });
    });
  }

  /** The caller says nothing. */
  startMessage(request: { recordingId: string; channelId: string; maxS: number; silenceS: number }): Promise<void> {
    return this.hands.request('startMessage', [request], () => {
      const { recordingId, channelId, maxS, silenceS } = request;
      if (!this.hands.exists(channelId)) throw new AsteriskError('gone', 'Channel not found', 404);
      if (this.#recordings.has(recordingId)) return;
      this.hands.checkInApp(channelId);
      this.begin(recordingId, channelId);
      const startedAt = this.clock.now();
      this.hands.tell({ type: 'recording_started', at: startedAt, recordingId });
      this.clock.wakeAt(startedAt + Math.min(maxS, silenceS) * 1000, () => this.#finish(recordingId));
    });
  }

  isRunning(recordingId: string): Promise<boolean> {
    return this.hands.request('isRunning', [recordingId], () => {
      const recording = this.#recordings.get(recordingId);
      return recording !== undefined && recording.endedAt === undefined;
    });
  }

  stop(recordingId: string): Promise<void> {
    return this.hands.request('stop', [recordingId], () => this.#finish(recordingId));
  }

  #finish(recordingId: string): void {
    const recording = this.#recordings.get(recordingId);
    if (recording === undefined || recording.endedAt !== undefined) return;
    const at = this.clock.now();
    recording.endedAt = at;
    this.hands.tell({ type: 'recording_finished', at, recordingId, durationMs: at - recording.startedAt });
  }

  list(): Promise<string[]> {
    return this.hands.request('list', [], () => [...this.#recordings.keys()]);
  }

  read(recordingId: string): Promise<RecordedFile> {
    return this.hands.request('read', [recordingId], () => {
      const recording = this.#recordings.get(recordingId);
      if (recording === undefined) throw new AsteriskError('gone', 'Recording not found', 404);
      const { startedAt, endedAt, torn } = recording;
      const samples = Buffer.alloc(((endedAt ?? this.clock.now()) - startedAt) * BYTES_PER_MS);
      const file = Buffer.concat([header(endedAt === undefined || torn ? 0 : samples.length), samples]);
      return { bytes: file.length, content: Readable.from([file]) };
    });
  }

  remove(recordingId: string): Promise<void> {
    return this.hands.request('remove', [recordingId], () => void this.#recordings.delete(recordingId));
  }

  // ---- other events in Asterisk ----

  /** @param of the recorded bridge or channel; undefined for a talk in a queue */
  begin(recordingId: string, of?: string): void {
    const startedAt = this.clock.now();
    this.#recordings.set(recordingId, { of, startedAt, endedAt: undefined, torn: false });
  }

  end(recordingId: string): void {
    const recording = this.#recordings.get(recordingId);
    if (recording) recording.endedAt ??= this.clock.now();
  }

  /** A recorded bridge or channel is gone. */
  gone(of: string): void {
    for (const [id, recording] of this.#recordings) if (recording.of === of) this.end(id);
  }

  /** The key that ends a message. */
  hash(channelId: string): void {
    for (const [id, recording] of this.#recordings) if (recording.of === channelId) this.#finish(id);
  }

  /** Asterisk died: files stay. */
  asteriskGone(): void {
    for (const recording of this.#recordings.values()) {
      recording.torn ||= recording.endedAt === undefined;
      recording.endedAt ??= this.clock.now();
    }
  }
}

/** WAV header for 8 kHz, mono, 16 bit, as Asterisk writes it. */
function header(dataBytes: number): Buffer {
  const bytes = Buffer.alloc(HEADER_BYTES);
  bytes.write('RIFF', 0, 'latin1');
  bytes.writeUInt32LE(dataBytes === 0 ? 0 : dataBytes + 36, 4);
  bytes.write('WAVEfmt ', 8, 'latin1');
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(8000, 24);
  bytes.writeUInt32LE(16_000, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36, 'latin1');
  bytes.writeUInt32LE(dataBytes, 40);
  return bytes;
}
