import { createHash, randomUUID } from 'node:crypto';
import type { Dirent } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from '../lib/logger.js';
import type { Database } from '../storage/database.js';
import { encodeG711, type G711 } from './g711.js';
import { durationMsOf, isPlayable, readWavLayout, samplesOf, encodeWav } from './wav.js';

export interface Audio {
  sha256: string;
  durationMs: number;
  /** Of the WAV file. */
  bytes: number;
}

/** `wav`, or raw G.711: file extensions by which Asterisk recognizes the format. */
export type MediaType = 'wav' | G711;

/** Folder of the shipped music, beside the folders of languages. */
const MUSIC_FOLDER = 'music';

/** Limit of encoded audio in memory. */
const MAX_CACHED_BYTES = 32 * 1024 * 1024;

/** Stores audio by its hash: immutable files `<sha256>.wav` in one folder, and a row for each. */
export class AudioStore {
  readonly #found = new Map<string, Audio>();
  /** Sound -> language -> hash. */
  readonly #shipped = new Map<string, Map<string, string>>();
  /** Shipped music -> hash. */
  readonly #music = new Map<string, string>();
  /** Hash -> WAV file of audio that is served from memory and not stored. */
  readonly #inMemory = new Map<string, Buffer>();
  /** Hash -> WAV file of another store, which is served until an instant. */
  readonly #lent = new Map<string, { audio: Audio; path: string; until: number }>();
  readonly #encoded = new Map<string, Buffer>();
  #encodedBytes = 0;

  constructor(
    private readonly options: {
      db: Database;
      /** Folder of the audio files. */
      folder: string;
      /** Folder of the shipped sounds: `<language>/<sound>.wav`. */
      soundsFolder: string;
      logger: Logger;
    },
  ) {}

  /** Folder of incomplete files; emptied at the start. */
  get temporaryFolder(): string {
    return join(this.options.folder, 'tmp');
  }

  /** Creates the folders, removes incomplete files of a crash, and adds the shipped sounds. */
  async start(): Promise<void> {
    await rm(this.temporaryFolder, { recursive: true, force: true });
    await mkdir(this.temporaryFolder, { recursive: true });
    for (const language of await foldersIn(this.options.soundsFolder)) {
      for (const file of await readdir(join(this.options.soundsFolder, language))) {
        if (file.endsWith('.wav')) await this.#addSound(language, file.slice(0, -'.wav'.length));
      }
    }
    for (const file of await filesIn(join(this.options.soundsFolder, MUSIC_FOLDER))) {
      const sha256 = await this.#addFile(join(this.options.soundsFolder, MUSIC_FOLDER, file));
      if (sha256 !== undefined) this.#music.set(file.slice(0, -'.wav'.length), sha256);
    }
  }

  /** Stores samples (8 kHz, mono, 16 bit). The file is complete before it can be found. */
  async add(samples: Buffer): Promise<Audio> {
    const wav = encodeWav(samples);
    const sha256 = createHash('sha256').update(wav).digest('hex');
    const audio = { sha256, durationMs: durationMsOf(samples), bytes: wav.length };
    if (!(await exists(this.#path(sha256)))) {
      const temporary = join(this.temporaryFolder, randomUUID());
      try {
        await writeFile(temporary, wav, { flag: 'wx', flush: true });
        await rename(temporary, this.#path(sha256));
      } catch (error) {
        await rm(temporary, { force: true });
        throw error;
      }
    }
    await this.options.db
      .insertInto('audio')
      .values({ sha256, duration_ms: audio.durationMs, bytes: audio.bytes, created_at: Date.now() })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    this.#found.set(sha256, audio);
    return audio;
  }

  /** Serves samples (8 kHz, mono, 16 bit) from memory while this process runs; they are never stored. */
  serveFromMemory(samples: Buffer): Audio {
    const wav = encodeWav(samples);
    const sha256 = createHash('sha256').update(wav).digest('hex');
    const audio = { sha256, durationMs: durationMsOf(samples), bytes: wav.length };
    this.#inMemory.set(sha256, wav);
    this.#found.set(sha256, audio);
    return audio;
  }

  /** Serves a WAV file (8 kHz, mono, 16 bit) of another store until an instant; it is never stored here. */
  lend(audio: Audio, path: string, until: number): void {
    for (const [sha256, lent] of this.#lent) if (lent.until <= Date.now()) this.#takeBack(sha256);
    this.#lent.set(audio.sha256, { audio, path, until });
  }

  async find(sha256: string): Promise<Audio | undefined> {
    const lent = this.#lent.get(sha256);
    if (lent !== undefined && lent.until > Date.now()) return lent.audio;
    const known = this.#found.get(sha256);
    if (known) return known;
    const row = await this.options.db.selectFrom('audio').where('sha256', '=', sha256).selectAll().executeTakeFirst();
    if (!row || !(await exists(this.#path(sha256)))) return undefined;
    const audio = { sha256, durationMs: row.duration_ms, bytes: row.bytes };
    this.#found.set(sha256, audio);
    return audio;
  }

  /** All audio except the shipped sounds. */
  async listUploaded(): Promise<{ sha256: string; unusedSince: number | null }[]> {
    const spoken = [...this.#shipped.values()].flatMap((languages) => [...languages.values()]);
    const shipped = new Set([...spoken, ...this.#music.values()]);
    const rows = await this.options.db.selectFrom('audio').select(['sha256', 'unused_since']).execute();
    return rows
      .filter(({ sha256 }) => !shipped.has(sha256))
      .map(({ sha256, unused_since }) => ({ sha256, unusedSince: unused_since }));
  }

  /** Stores since when the audio is unused; null: it is in use. */
  async markUnused(sha256: string, since: number | null): Promise<void> {
    await this.options.db.updateTable('audio').set({ unused_since: since }).where('sha256', '=', sha256).execute();
  }

  async remove(sha256: string): Promise<void> {
    this.#found.delete(sha256);
    this.#forgetEncoded(sha256);
    await this.options.db.deleteFrom('audio').where('sha256', '=', sha256).execute();
    await rm(this.#path(sha256), { force: true });
  }

  /** The shipped audio of a sound, by language. */
  findShipped(sound: string): ReadonlyMap<string, string> {
    return this.#shipped.get(sound) ?? new Map<string, string>();
  }

  /** The hash of shipped music; undefined when there is no such music. */
  findShippedMusic(sound: string): string | undefined {
    return this.#music.get(sound);
  }

  get allShippedMusic(): string[] {
    return [...this.#music.keys()].sort();
  }

  get shippedSounds(): string[] {
    return [...this.#shipped.keys()].sort();
  }

  /** The bytes to serve; undefined when there is no such audio. */
  async readMedia(sha256: string, type: MediaType): Promise<Buffer | undefined> {
    if (!(await this.find(sha256))) return undefined;
    const key = `${sha256}.${type}`;
    const cached = this.#encoded.get(key);
    if (cached) return cached;
    const wav = await this.readWav(sha256);
    const bytes = type === 'wav' ? wav : encodeG711(samplesOf(wav), type);
    this.#cache(key, bytes);
    return bytes;
  }

  /** The WAV file, read anew. @throws Error when it cannot be read */
  async readWav(sha256: string): Promise<Buffer> {
    return this.#inMemory.get(sha256) ?? readFile(this.#lent.get(sha256)?.path ?? this.#path(sha256));
  }

  #takeBack(sha256: string): void {
    this.#lent.delete(sha256);
    this.#forgetEncoded(sha256);
  }

  #forgetEncoded(sha256: string): void {
    for (const key of [...this.#encoded.keys()].filter((one) => one.startsWith(sha256))) {
      this.#encodedBytes -= this.#encoded.get(key)?.length ?? 0;
      this.#encoded.delete(key);
    }
  }

  #cache(key: string, bytes: Buffer): void {
    if (this.#encoded.has(key)) return;
    this.#encoded.set(key, bytes);
    this.#encodedBytes += bytes.length;
    for (const [oldest, old] of this.#encoded) {
      if (this.#encodedBytes <= MAX_CACHED_BYTES) break;
      this.#encoded.delete(oldest);
      this.#encodedBytes -= old.length;
    }
  }

  async #addSound(language: string, sound: string): Promise<void> {
    const sha256 = await this.#addFile(join(this.options.soundsFolder, language, `${sound}.wav`));
    if (sha256 === undefined) return;
    const languages = this.#shipped.get(sound) ?? new Map<string, string>();
    this.#shipped.set(sound, languages.set(language, sha256));
  }

  /** Stores a shipped file; undefined when Asterisk could not play it. */
  async #addFile(file: string): Promise<string | undefined> {
    const bytes = await readFile(file);
    const layout = readWavLayout(bytes);
    if (!layout || !isPlayable(layout)) {
      this.options.logger.error({ file }, 'a shipped sound is not an 8 kHz mono 16-bit WAV file and was skipped');
      return undefined;
    }
    return (await this.add(bytes.subarray(layout.dataOffset, layout.dataOffset + layout.dataBytes))).sha256;
  }

  #path(sha256: string): string {
    return join(this.options.folder, `${sha256}.wav`);
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

async function foldersIn(folder: string): Promise<string[]> {
  return (await entriesIn(folder))
    .filter((entry) => entry.isDirectory() && /^[a-z]{2}$/.test(entry.name))
    .map(({ name }) => name);
}

async function filesIn(folder: string): Promise<string[]> {
  return (await entriesIn(folder)).map(({ name }) => name).filter((name) => name.endsWith('.wav'));
}

async function entriesIn(folder: string): Promise<Dirent[]> {
  return readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  });
}
