import { randomUUID } from 'node:crypto';
import { open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { invalid, Problem, tooLarge } from '../http/problem.js';
import { detectAudio, type DetectedAudio } from './sniff.js';
import { soxToSamples, SoxError } from './sox.js';
import { isPlayable, SAMPLE_RATE } from './wav.js';

export interface ConversionLimits {
  maxBytes: number;
  maxSeconds: number;
  /** Limit of one run of sox. */
  timeoutMs: number;
  /** Most conversions at the same time; others wait. */
  maxConcurrent: number;
}

export const defaultConversionLimits: ConversionLimits = {
  maxBytes: 20 * 1024 * 1024,
  maxSeconds: 600,
  timeoutMs: 30_000,
  maxConcurrent: 2,
};

/** Shorter audio is a click, not an announcement. */
const MIN_MS = 20;

/** Converts uploads to the format that Asterisk plays: 8 kHz, mono, 16 bit. */
export class AudioConverter {
  #busy = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(
    /** Folder of temporary files; each is removed after its conversion. */
    private readonly folder: string,
    readonly limits: ConversionLimits = defaultConversionLimits,
  ) {}

  /** Converts an upload to samples. Leaves no file behind.
   *
   * @param silent detail of the problem when the audio is empty
   * @throws {Problem} naming the field and the remedy when the upload is too large, too long, truncated, empty, or not audio
   */
  async convert(
    upload: Readable | AsyncIterable<Buffer>,
    field: string,
    silent = 'there is no sound in the file; record it again',
  ): Promise<Buffer> {
    const name = join(this.folder, randomUUID());
    const [received, converted] = [`${name}.upload`, `${name}.raw`];
    try {
      // Opened first: a stream that opens its file itself could do so after the cleanup of an aborted upload.
      const file = await open(received, 'wx');
      await pipeline(limitBytes(upload, this.limits.maxBytes, field), file.createWriteStream());
      const sniffed = await detectAudio(received);
      this.#refuseUnusable(sniffed, field);
      const samples =
        (await readPlayableSamples(received, sniffed)) ?? (await this.#sox(received, sniffed, converted, field));
      return this.#checkLength(samples, field, silent);
    } finally {
      await Promise.all([rm(received, { force: true }), rm(converted, { force: true })]);
    }
  }

  #refuseUnusable({ type, isTruncated, bytes }: DetectedAudio, field: string): void {
    if (bytes === 0) throw invalid([{ field, detail: 'the file is empty; choose a recording' }]);
    if (!type) {
      throw invalid([
        {
          field,
          detail: 'the content of the file is not a supported audio format; send WAV, MP3, Ogg Vorbis or FLAC',
        },
      ]);
    }
    if (isTruncated) throw truncatedProblem(field);
  }

  async #sox(input: string, { type = 'wav', wav }: DetectedAudio, output: string, field: string): Promise<Buffer> {
    const { maxSeconds, timeoutMs } = this.limits;
    const ignoreLength = wav?.lengthUnknown === true;
    const job = { input, type, ignoreLength, output, maxSeconds: maxSeconds + 1, timeoutMs };
    await this.#enter();
    try {
      await soxToSamples(job);
      const mixed = await readFile(output);
      if (wav?.channels === 1) return mixed;
      await soxToSamples({ ...job, firstChannel: true });
      const first = await readFile(output);
      return rmsOf(first) > CANCELLATION_RATIO * rmsOf(mixed) ? first : mixed;
    } catch (error) {
      throw asProblem(error, field);
    } finally {
      this.#leave();
    }
  }

  #checkLength(samples: Buffer, field: string, silent: string): Buffer {
    const seconds = samples.length / 2 / SAMPLE_RATE;
    if (seconds * 1000 < MIN_MS) throw invalid([{ field, detail: silent }]);
    if (seconds > this.limits.maxSeconds) {
      throw invalid([{ field, detail: `longer than ${this.limits.maxSeconds} seconds; cut it shorter` }]);
    }
    return samples;
  }

  async #enter(): Promise<void> {
    if (this.#busy >= this.limits.maxConcurrent) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#busy += 1;
  }

  /** Passes the slot to the next waiting conversion. */
  #leave(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#busy -= 1;
  }
}

/** Channels whose mix is weaker than one of them by this factor are in opposite phase and cancel each other out. */
const CANCELLATION_RATIO = 4;

/** Root mean square of the samples. */
function rmsOf(samples: Buffer): number {
  let sum = 0;
  for (let at = 0; at + 1 < samples.length; at += 2) sum += samples.readInt16LE(at) ** 2;
  return Math.sqrt(sum / Math.max(1, samples.length / 2));
}

async function* limitBytes(upload: AsyncIterable<unknown>, maxBytes: number, field: string): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of upload) {
    const piece = chunk as Buffer;
    bytes += piece.length;
    if (bytes > maxBytes) throw tooLarge(field, maxBytes);
    yield piece;
  }
}

/** The samples of a WAV file that needs no conversion, unchanged, so that uploading it again gives the same hash. */
async function readPlayableSamples(path: string, { wav: layout, bytes }: DetectedAudio): Promise<Buffer | undefined> {
  if (!layout || !isPlayable(layout)) return undefined;
  const available = bytes - layout.dataOffset;
  const length = layout.lengthUnknown ? available : layout.dataBytes;
  const file = await open(path);
  try {
    const { buffer } = await file.read(
      Buffer.alloc(length - (length % 2)),
      0,
      length - (length % 2),
      layout.dataOffset,
    );
    return buffer;
  } finally {
    await file.close();
  }
}

function asProblem(error: unknown, field: string): unknown {
  if (!(error instanceof SoxError)) return error;
  switch (error.reason) {
    case 'missing':
      return new Problem(
        503,
        'Cannot convert',
        'sox is not installed on the gateway; install it, or send 8 kHz mono 16-bit WAV',
      );
    case 'timeout':
      return invalid([{ field, detail: 'the conversion took too long; send a simpler format such as WAV' }]);
    case 'failed':
      if (/LOST_SYNC|EOF/.test(error.message)) return truncatedProblem(field);
      return invalid([
        { field, detail: 'the file is damaged or in an unsupported format; export it as 16-bit WAV and send that' },
      ]);
  }
}

function truncatedProblem(field: string): Problem {
  return invalid([{ field, detail: 'the end of the file is missing; export or upload it again' }]);
}
