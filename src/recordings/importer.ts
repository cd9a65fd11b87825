import { messageOf } from '../lib/error-message.js';
import { AsteriskError } from '../asterisk/port.js';
import { discard, type RecordedFile, type RecordingPort } from '../asterisk/recording-port.js';
import type { Clock, Instant } from '../lib/clock.js';
import { logCall } from '../lib/log-call.js';
import type { Logger } from '../lib/logger.js';
import { HEADER_BYTES, readHeader, type RecordingFiles, type StoredRecording } from './files.js';
import { recordingIdOf, type RecordingStore } from './store.js';
import { flowIdOf } from '../kernel/ids.js';
import { MINUTE_MS } from '../lib/time.js';

/** Delay before an import: Asterisk closes the file a moment after the call. */
const SETTLE_MS = 500;
/** Interval of imports without an event. */
const MAX_INTERVAL_MS = MINUTE_MS;
/** A file without a length that has not grown for this long was left by a crash of Asterisk. */
const QUIET_MS = 30_000;
/** Sound of a message that is kept. Callers who hang up after the tone leave less. */
const LEAST_MESSAGE_MS = 500;
/** First pause after a failure; doubled each time, up to {@link MAX_INTERVAL_MS}. */
const RETRY_MS = 1000;

interface RecordingImporterOptions {
  recordings: RecordingPort;
  files: RecordingFiles;
  store: RecordingStore;
  /** The state of the call of a recording; undefined when there is no such call. */
  statusOf: (callId: string) => Promise<'running' | 'over' | undefined>;
  clock: Clock;
  logger: Logger;
  /** Overrides {@link QUIET_MS}. */
  quietMs?: number;
}

/**
 * Imports recordings from Asterisk: fetches the file, stores it, and only then removes it there. Each run starts from Asterisk's
 * list, so that a crash neither loses nor duplicates a recording. A recording is imported after its call has ended.
 */
export class RecordingImporter {
  /** Files without a length, by name: their size, and since when they have it. */
  readonly #unfinished = new Map<string, { bytes: number; since: Instant }>();
  #running: Promise<void> | undefined;
  #again = false;
  #failures = 0;
  #error: string | undefined;
  #cancel: () => void = () => undefined;
  #dueAt: Instant | undefined;
  #stopped = true;

  constructor(private readonly options: RecordingImporterOptions) {}

  /** Why recordings could not be imported, for people; undefined when all were. */
  get error(): string | undefined {
    return this.#error;
  }

  start(): void {
    this.#stopped = false;
    this.#wakeIn(SETTLE_MS);
  }

  /** Resolves when the running import has ended. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancel();
    this.#dueAt = undefined;
    await this.#running;
  }

  /** Schedules an import. Call when a call has ended, or Asterisk is connected again. */
  wake(): void {
    if (!this.#stopped) this.#wakeIn(SETTLE_MS);
  }

  /** Imports all recordings that Asterisk lists. */
  async runOnce(): Promise<void> {
    if (this.#running) {
      this.#again = true;
      return this.#running;
    }
    this.#running = this.#importAll().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  #wakeIn(ms: number): void {
    const { clock } = this.options;
    const at = clock.now() + ms;
    if (this.#dueAt !== undefined && this.#dueAt <= at) return;
    this.#cancel();
    this.#dueAt = at;
    this.#cancel = clock.wakeAt(at, () => {
      this.#dueAt = undefined;
      void this.runOnce();
    });
  }

  async #importAll(): Promise<void> {
    this.#again = false;
    const failed: string[] = [];
    let waiting = 0;
    try {
      const names = await this.options.recordings.list();
      for (const name of this.#unfinished.keys()) if (!names.includes(name)) this.#unfinished.delete(name);
      for (const name of names) {
        if (this.#stopped && failed.length > 0) break;
        const outcome = await logCall(flowIdOf(name), () => this.#importOne(name));
        if (outcome === 'later') waiting += 1;
        else if (outcome !== 'done') failed.push(outcome);
      }
    } catch (error) {
      failed.push(messageOf(error));
    }
    if (waiting > 0) this.options.logger.debug({ waiting }, 'recordings of calls in progress');
    this.#scheduleNext(failed);
  }

  #scheduleNext(failed: string[]): void {
    this.#failures = failed.length === 0 ? 0 : this.#failures + 1;
    this.#error = failed[0] === undefined ? undefined : `${failed.length} wait in Asterisk: ${failed[0]}`;
    if (this.#stopped) return;
    const growing = this.#unfinished.size > 0 ? (this.options.quietMs ?? QUIET_MS) : MAX_INTERVAL_MS;
    const retry = failed.length === 0 ? growing : Math.min(MAX_INTERVAL_MS, RETRY_MS * 2 ** (this.#failures - 1));
    this.#wakeIn(this.#again ? SETTLE_MS : retry);
  }

  /** Imports one recording. @returns `later` when it is not finished, `done`, or the error message */
  async #importOne(name: string): Promise<string> {
    const { recordings, files, store, statusOf, clock, logger } = this.options;
    try {
      const id = recordingIdOf(name);
      const row = await store.find(id);
      const isDone = row !== undefined && (row.deleted_at !== null || (await files.has(id)));
      if (!isDone) {
        if ((await statusOf(flowIdOf(name))) === 'running') return 'later';
        const kept = await this.#keep(name, await recordings.read(name));
        if (kept === undefined) return 'later';
        if (kept !== 'none' && (await this.#isEmptyMessage(name))) {
          await files.remove(id);
          await store.noteEmpty(name, clock.now());
        } else if (kept !== 'none') {
          await store.add(name, kept, clock.now());
          logger.info({ recording: id, durationMs: kept.durationMs }, 'imported a recording');
        }
      }
      await recordings.remove(name);
      this.#unfinished.delete(name);
      return 'done';
    } catch (error) {
      if (error instanceof AsteriskError && error.reason === 'gone') return 'done';
      logger.warn({ err: error, name }, 'could not import a recording');
      return messageOf(error);
    }
  }

  async #isEmptyMessage(name: string): Promise<boolean> {
    const { store, files } = this.options;
    return (await store.isMessage(name)) && (await files.soundMs(recordingIdOf(name))) < LEAST_MESSAGE_MS;
  }

  /** Keeps the file once it is finished; undefined before, `none` when it has no content. */
  async #keep(name: string, recorded: RecordedFile): Promise<StoredRecording | 'none' | undefined> {
    try {
      const samples = await this.#samplesOf(name, recorded);
      return typeof samples === 'object' ? await this.options.files.store(recordingIdOf(name), samples) : samples;
    } finally {
      discard(recorded);
    }
  }

  /** The content of a finished file; undefined when it is not finished, `none` when it has no samples. */
  async #samplesOf(
    name: string,
    { bytes, content }: RecordedFile,
  ): Promise<AsyncIterable<Buffer> | 'none' | undefined> {
    const iterator = (content as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
    const start = await readStart(iterator);
    const header = readHeader(start);
    const isClosed = header !== undefined && header.dataBytes > 0 && header.dataOffset + header.dataBytes === bytes;
    const isFinished = isClosed || this.#isQuiet(name, bytes);
    if (isFinished && bytes > HEADER_BYTES) return joinChunks(start, { [Symbol.asyncIterator]: () => iterator }, bytes);
    return isFinished ? 'none' : undefined;
  }

  #isQuiet(name: string, bytes: number): boolean {
    const { clock, quietMs = QUIET_MS } = this.options;
    const before = this.#unfinished.get(name);
    const since = before?.bytes === bytes ? before.since : clock.now();
    this.#unfinished.set(name, { bytes, since });
    return clock.now() - since >= quietMs;
  }
}

/** Reads at least the header, unless the file is shorter. */
async function readStart(iterator: AsyncIterator<Buffer>): Promise<Buffer> {
  let start = Buffer.alloc(0);
  while (start.length < HEADER_BYTES) {
    const next = await iterator.next();
    if (next.done === true) break;
    start = Buffer.concat([start, next.value]);
  }
  return start;
}

/** Joins the start and the rest of a file. @throws {AsteriskError} when the file ends before `bytes` */
async function* joinChunks(first: Buffer, rest: AsyncIterable<Buffer>, bytes: number): AsyncIterable<Buffer> {
  let left = bytes - first.length;
  yield first;
  for await (const chunk of rest) {
    left -= chunk.length;
    yield chunk;
  }
  if (left !== 0) throw new AsteriskError('unavailable', 'the download of the file was interrupted');
}
