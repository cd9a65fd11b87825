import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { readWavLayout } from '../prompts/wav.js';

/** Size of the WAV header that Asterisk writes. */
export const HEADER_BYTES = 44;
/** 8 kHz, mono, 16 bit. */
const BYTES_PER_MS = 16;

/** The position of the samples in a WAV file, by its header. */
interface WavHeader {
  dataOffset: number;
  /** 0 until Asterisk has closed the file. */
  dataBytes: number;
}

/** 20 ms. */
const FRAME_BYTES = 320;
/** Average magnitude of a frame that is silence: half of what Asterisk takes for silence, so that quiet callers are kept. */
const SILENCE = 128;

export interface StoredRecording {
  bytes: number;
  durationMs: number;
  sha256: string;
}

/** Reads the header of a WAV file. Undefined when the header is incomplete or not WAV. */
export function readHeader(start: Buffer): WavHeader | undefined {
  const layout = readWavLayout(start);
  return layout && { dataOffset: layout.dataOffset, dataBytes: layout.dataBytes };
}

/**
 * Stores recordings as files `<id>.wav`, in folders by the first two digits of their ids. A file is either complete and synced to
 * the disk, or absent; it is never read into memory as a whole.
 */
export class RecordingFiles {
  readonly #temporary: string;

  constructor(private readonly folder: string) {
    this.#temporary = join(folder, 'tmp');
  }

  /** Creates the folders, and removes incomplete files of a crash. */
  async start(): Promise<void> {
    await rm(this.#temporary, { recursive: true, force: true });
    await mkdir(this.#temporary, { recursive: true });
  }

  /** The path of the file of a recording, whether it exists or not. */
  pathOf(id: string): string {
    return join(this.folder, subfolderOf(id), `${id}.wav`);
  }

  async has(id: string): Promise<boolean> {
    return stat(this.pathOf(id)).then(
      (found) => found.isFile(),
      () => false,
    );
  }

  /** Stores a WAV file, replacing an existing one. Repairs a header without a length. */
  async store(id: string, content: AsyncIterable<Buffer>): Promise<StoredRecording> {
    const temporary = join(this.#temporary, randomUUID());
    try {
      const file = await open(temporary, 'wx+');
      let bytes: number;
      try {
        bytes = await write(file, content);
        await repairHeader(file, bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      const sha256 = await hashOf(temporary);
      const shelf = join(this.folder, subfolderOf(id));
      await mkdir(shelf, { recursive: true });
      await rename(temporary, this.pathOf(id));
      await syncFolder(shelf);
      return { bytes, durationMs: Math.round((bytes - HEADER_BYTES) / BYTES_PER_MS), sha256 };
    } finally {
      await rm(temporary, { force: true });
    }
  }

  /** How much of a stored recording is louder than silence (ms). */
  async soundMs(id: string): Promise<number> {
    let frames = 0;
    let rest = Buffer.alloc(0);
    for await (const chunk of createReadStream(this.pathOf(id), { start: HEADER_BYTES })) {
      const samples = Buffer.concat([rest, chunk as Buffer]);
      const whole = samples.length - (samples.length % FRAME_BYTES);
      for (let from = 0; from < whole; from += FRAME_BYTES) if (isSound(samples, from)) frames += 1;
      rest = samples.subarray(whole);
    }
    return (frames * FRAME_BYTES) / BYTES_PER_MS;
  }

  /** The bytes from `first` to `last`, both included. */
  read(id: string, first: number, last: number): Readable {
    return createReadStream(this.pathOf(id), { start: first, end: last });
  }

  async remove(id: string): Promise<void> {
    await rm(this.pathOf(id), { force: true });
  }

  /** The ids of the files that were last changed before an instant. */
  async list(before: number): Promise<string[]> {
    const files = await readdir(this.folder, { recursive: true });
    const ids = files.flatMap((path) => /^[0-9a-f]{2}\/(r_[0-9a-f]+)\.wav$/.exec(path)?.[1] ?? []);
    const found = await Promise.all(ids.map(async (id) => ({ id, at: (await stat(this.pathOf(id))).mtimeMs })));
    return found.filter(({ at }) => at < before).map(({ id }) => id);
  }
}

/** @param from offset of the frame */
function isSound(samples: Buffer, from: number): boolean {
  let sum = 0;
  for (let at = from; at < from + FRAME_BYTES; at += 2) sum += Math.abs(samples.readInt16LE(at));
  return sum / (FRAME_BYTES / 2) > SILENCE;
}

function subfolderOf(id: string): string {
  return id.replace(/^r_/, '').slice(0, 2);
}

async function write(file: FileHandle, content: AsyncIterable<Buffer>): Promise<number> {
  let bytes = 0;
  for await (const chunk of content) {
    await file.writeFile(chunk);
    bytes += chunk.length;
  }
  return bytes;
}

/** Writes the lengths that Asterisk did not write because it crashed. */
async function repairHeader(file: FileHandle, bytes: number): Promise<void> {
  const start = Buffer.alloc(HEADER_BYTES);
  await file.read(start, 0, HEADER_BYTES, 0);
  const header = readHeader(start);
  if (header === undefined) throw new Error('a recording is not a WAV file of Asterisk');
  const dataBytes = bytes - header.dataOffset;
  if (header.dataBytes === dataBytes) return;
  const lengths = Buffer.alloc(8);
  lengths.writeUInt32LE(bytes - 8, 0);
  lengths.writeUInt32LE(dataBytes, 4);
  await file.write(lengths, 0, 4, 4);
  await file.write(lengths, 4, 4, header.dataOffset - 4);
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
