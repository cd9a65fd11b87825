import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { AudioStore } from '../../src/prompts/audio-store.js';
import { audioRoutes } from '../../src/prompts/audio-routes.js';
import type { PromptCatalogue } from '../../src/prompts/catalogue.js';
import { AudioConverter, defaultConversionLimits, type ConversionLimits } from '../../src/prompts/convert.js';
import { musicRoutes } from '../../src/prompts/music-routes.js';
import { MusicService } from '../../src/prompts/music-service.js';
import { PromptResolver } from '../../src/prompts/resolve.js';
import { promptRoutes } from '../../src/prompts/routes.js';
import { shippedSoundRoutes } from '../../src/prompts/shipped-routes.js';
import { PromptService, type Usage } from '../../src/prompts/service.js';
import { ConfigStore } from '../../src/company/store/config-store.js';
import { Emitter } from '../../src/lib/emitter.js';
import { CompanyStore, type CompanyChanged } from '../../src/company/store/company-store.js';
import { readKnownSounds } from '../../src/company/lint/known-sounds.js';
import { CompanyMusic } from '../../src/company/music-catalogue.js';
import { CompanyCatalogue } from '../../src/company/prompt-catalogue.js';
import { createLogger } from '../../src/lib/logger.js';
import { openDatabase, type Database } from '../../src/storage/database.js';
import { startServer, type TestServer } from '../http/http-harness.js';

const run = promisify(execFile);

export interface PromptHarness {
  folder: string;
  db: Database;
  audio: AudioStore;
  converter: AudioConverter;
  companies: CompanyStore;
  catalogue: PromptCatalogue;
  resolver: PromptResolver;
  service: PromptService;
  music: MusicService;
  usages: Map<number, Usage[]>;
  http: TestServer;
  close(options?: { keepFolder: boolean }): Promise<void>;
}

/** The prompts module on a database and folder of its own; the files `sounds/<language>/<sound>.wav` are shipped sounds. */
export async function openPromptHarness(
  options: { folder?: string; limits?: Partial<ConversionLimits>; shipped?: string[] } = {},
): Promise<PromptHarness> {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'cordboard-prompts-')));
  const soundsFolder = join(folder, 'sounds');
  for (const [index, file] of (options.shipped ?? []).entries()) {
    await mkdir(join(soundsFolder, file, '..'), { recursive: true });
    await tone(join(soundsFolder, file), { hz: 300 + 100 * index, seconds: 0.5 });
  }
  const db = await openDatabase(join(folder, 'cordboard.db'));
  const logger = createLogger({ level: 'silent' });
  const audio = new AudioStore({ db, folder: join(folder, 'audio'), soundsFolder, logger });
  await audio.start();
  const converter = new AudioConverter(audio.temporaryFolder, { ...defaultConversionLimits, ...options.limits });
  const companies = new CompanyStore({
    store: new ConfigStore(db),
    lint: { knownSounds: await readKnownSounds(soundsFolder) },
    hasAudio: async (sha256) => (await audio.find(sha256)) !== undefined,
    changed: new Emitter<CompanyChanged>(() => undefined),
  });
  await companies.load();
  const catalogue = new CompanyCatalogue(companies);
  const usages = new Map<number, Usage[]>();
  const service = new PromptService({ catalogue, audio, converter, usages: (id) => usages.get(id) ?? [] });
  const music = new MusicService({ catalogue: new CompanyMusic(companies), audio, converter });
  const resolver = new PromptResolver({ catalogue, audio, publicUrl: 'http://127.0.0.1:8080' });
  const http = await startServer([
    ...promptRoutes(service),
    ...audioRoutes(service, audio),
    ...musicRoutes(music),
    ...shippedSoundRoutes(audio, (language, sound) => (sound === 'hello' ? `hello in ${language}` : undefined)),
  ]);
  const close = async ({ keepFolder } = { keepFolder: false }) => {
    await http.stop();
    await db.destroy();
    if (!keepFolder) await rm(folder, { recursive: true });
  };
  return { folder, db, audio, converter, companies, catalogue, resolver, service, music, usages, http, close };
}

/** Writes a sine to a file; the extension of the name sets the format. */
export async function tone(
  path: string,
  {
    hz = 440,
    seconds = 1,
    rate = 8000,
    channels = 1,
  }: { hz?: number; seconds?: number; rate?: number; channels?: number } = {},
): Promise<Buffer> {
  await run('sox', [
    '-n',
    '-r',
    String(rate),
    '-c',
    String(channels),
    '-b',
    '16',
    path,
    'synth',
    String(seconds),
    'sine',
    String(hz),
    'gain',
    '-6',
  ]);
  return readFile(path);
}

/** The number of rising zero crossings per second: the pitch of a sine. */
export function pitchOf(samples: Buffer): number {
  const values = Array.from({ length: Math.floor(samples.length / 2) }, (_, index) => samples.readInt16LE(2 * index));
  const threshold = values.reduce((peak, value) => Math.max(peak, Math.abs(value)), 0) / 4;
  // A rise goes from well below zero to well above it: the noise that a codec adds before and after the tone has none.
  const rises: number[] = [];
  let isLow = false;
  for (const [index, value] of values.entries()) {
    if (value < -threshold) isLow = true;
    else if (isLow && value > threshold) {
      rises.push(index);
      isLow = false;
    }
  }
  const [first = 0, last = 0] = [rises[0], rises.at(-1)];
  return last === first ? 0 : ((rises.length - 1) * 8000) / (last - first);
}
