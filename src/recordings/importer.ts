import { messageOf } from '../lib/error-message.js';
import { AsteriskError } from '../asterisk/port.js';
import { discard, type RecordedFile, type RecordingPort } from '../asterisk/recording-port.js';
import type { Clock, Instant } from '../lib/clock.js';
import type { Logger } from '../lib/logger.js';
import { HEADER_BYTES, labelOf, type RecordingFiles, type StoredFile } from './files.js';
import { recordingIdOf, type RecordingStore } from './store.js';
import { flowIdOf } from '../kernel/ids.js';
import { MINUTE_MS } from '../lib/time.js';

/** Asterisk closes the file a moment after the call. */
const SETTLE_MS = 500;
/** Also when nothing seems to have happened. */
const LOOK_EVERY_MS = MINUTE_MS;
/** A file that tells no length and has not grown for so long: Asterisk died over it. */
const QUIET_MS = 30_000;
/** After a failure: doubled each time, up to {@link LOOK_EVERY_MS}. */
const RETRY_MS = 1000;

interface RecordingImporterOptions {
  recordings: RecordingPort;
  files: RecordingFiles;
  store: RecordingStore;
  /** What became of the call of a recording. */
  statusOf: (flowId: string) => Promise<'running' | 'over' | undefined>;
  clock: Clock;
  logger: Logger;
  /** How long a file without a length has to stay as it is. */
  quietMs?: number;
}

/**
 * Takes recordings over from Asterisk: fetches the file, keeps it, and only then removes it there. What is to be done is
 * what Asterisk lists, so that nothing is lost or doubled by a crash. A recording is left alone until its call is over.
 */
export class RecordingImporter {
  /** Files without a length: their size, and since when. */
  readonly #growing = new Map<string, { bytes: number; since: Instant }>();
  #looking: Promise<void> | undefined;
  #again = false;
  #failures = 0;
  #trouble: string | undefined;
  #cancel: () => void = () => undefined;
  #dueAt: Instant | undefined;
  #stopped = true;

  constructor(private readonly options: RecordingImporterOptions) {}

  /** Why recordings stay in Asterisk, in words; undefined when none has to. */
  get trouble(): string | undefined {
    return this.#trouble;
  }

  start(): void {
    this.#stopped = false;
    this.#wakeIn(SETTLE_MS);
  }

  /** What is being fetched is fetched to its end. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancel();
    this.#dueAt = undefined;
    await this.#looking;
  }

  /** A call is over, or Asterisk is back. */
  wake(): void {
    if (!this.#stopped) this.#wakeIn(SETTLE_MS);
  }

  /** Looks through all that Asterisk has, once. */
  async look(): Promise<void> {
    if (this.#looking) {
      this.#again = true;
      return this.#looking;
    }
    this.#looking = this.#lookThrough().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  #wakeIn(ms: number): void {
    const { clock } = this.options;
    const at = clock.now() + ms;
    if (this.#dueAt !== undefined && this.#dueAt <= at) return;
    this.#cancel();
    this.#dueAt = at;
    this.#cancel = clock.wakeAt(at, () => {
      this.#dueAt = undefined;
      void this.look();
    });
  }

  async #lookThrough(): Promise<void> {
    this.#again = false;
    const failed: string[] = [];
    let waiting = 0;
    try {
      const names = await this.options.recordings.list();
      for (const name of this.#growing.keys()) if (!names.includes(name)) this.#growing.delete(name);
      for (const name of names) {
        if (this.#stopped && failed.length > 0) break;
        const outcome = await this.#take(name);
        if (outcome === 'later') waiting += 1;
        else if (outcome !== 'done') failed.push(outcome);
      }
    } catch (error) {
      failed.push(messageOf(error));
    }
    if (waiting > 0) this.options.logger.debug({ waiting }, 'recordings whose calls are not over');
    this.#goOn(failed);
  }

  #goOn(failed: string[]): void {
    this.#failures = failed.length === 0 ? 0 : this.#failures + 1;
    this.#trouble = failed[0] === undefined ? undefined : `${failed.length} wait in Asterisk: ${failed[0]}`;
    if (this.#stopped) return;
    const growing = this.#growing.size > 0 ? (this.options.quietMs ?? QUIET_MS) : LOOK_EVERY_MS;
    const retry = failed.length === 0 ? growing : Math.min(LOOK_EVERY_MS, RETRY_MS * 2 ** (this.#failures - 1));
    this.#wakeIn(this.#again ? SETTLE_MS : retry);
  }

  /** @returns `later` when it is not finished; else `done`, or what went wrong */
  async #take(name: string): Promise<string> {
    const { recordings, files, store, statusOf, clock, logger } = this.options;
    try {
      const id = recordingIdOf(name);
      const row = await store.find(id);
      const isDone = row !== undefined && (row.deleted_at !== null || (await files.has(id)));
      if (!isDone) {
        if ((await statusOf(flowIdOf(name))) === 'running') return 'later';
        const kept = await this.#keep(name, await recordings.read(name));
        if (kept === undefined) return 'later';
        if (kept !== 'none') {
          await store.add(name, kept, clock.now());
          logger.info({ recording: id, durationMs: kept.durationMs }, 'a recording was taken over');
        }
      }
      await recordings.remove(name);
      this.#growing.delete(name);
      return 'done';
    } catch (error) {
      if (error instanceof AsteriskError && error.reason === 'gone') return 'done';
      logger.warn({ err: error, name }, 'a recording could not be taken over');
      return messageOf(error);
    }
  }

  /** Keeps the file once it is finished; undefined before, `none` when it has no content. */
  async #keep(name: string, recorded: RecordedFile): Promise<StoredFile | 'none' | undefined> {
    try {
      const samples = await this.#samplesOf(name, recorded);
      return typeof samples === 'object' ? await this.options.files.keep(recordingIdOf(name), samples) : samples;
    } finally {
      discard(recorded);
    }
  }

  /** The file's content, once it is finished; undefined before, `none` when it has none. */
  async #samplesOf(
    name: string,
    { bytes, content }: RecordedFile,
  ): Promise<AsyncIterable<Buffer> | 'none' | undefined> {
    const iterator = (content as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
    const start = await startOf(iterator);
    const told = labelOf(start);
    const isClosed = told !== undefined && told.dataBytes > 0 && told.dataOffset + told.dataBytes === bytes;
    const isFinished = isClosed || this.#isQuiet(name, bytes);
    if (isFinished && bytes > HEADER_BYTES) return chained(start, { [Symbol.asyncIterator]: () => iterator }, bytes);
    return isFinished ? 'none' : undefined;
  }

  #isQuiet(name: string, bytes: number): boolean {
    const { clock, quietMs = QUIET_MS } = this.options;
    const before = this.#growing.get(name);
    const since = before?.bytes === bytes ? before.since : clock.now();
    this.#growing.set(name, { bytes, since });
    return clock.now() - since >= quietMs;
  }
}

/** So much that the header is in it, if there is one. */
async function startOf(iterator: AsyncIterator<Buffer>): Promise<Buffer> {
  let start = Buffer.alloc(0);
  while (start.length < HEADER_BYTES) {
    const next = await iterator.next();
    if (next.done === true) break;
    start = Buffer.concat([start, next.value]);
  }
  return start;
}

/** @throws when it breaks off before all bytes have come */
async function* chained(first: Buffer, rest: AsyncIterable<Buffer>, bytes: number): AsyncIterable<Buffer> {
  let left = bytes - first.length;
  yield first;
  for await (const chunk of rest) {
    left -= chunk.length;
    yield chunk;
  }
  if (left !== 0) throw new AsteriskError('unavailable', 'the file broke off');
}
