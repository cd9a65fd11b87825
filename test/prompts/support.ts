import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { AudioStore } from '../../src/prompts/audio-store.js';
import { audioRoutes } from '../../src/prompts/audio-routes.js';
import { Catalogue, type ConfigStore } from '../../src/prompts/catalogue.js';
import { Converter, defaultConversionLimits, type ConversionLimits } from '../../src/prompts/convert.js';
import { PromptResolver } from '../../src/prompts/resolve.js';
import { promptRoutes } from '../../src/prompts/routes.js';
import { PromptService, type Usage } from '../../src/prompts/service.js';
import { createLogger } from '../../src/lib/logger.js';
import { openDatabase, type Database } from '../../src/storage/database.js';
import { startServer, type TestServer } from '../http/support.js';

const run = promisify(execFile);

/** The table `config_items` as the prompts see it. */
export class TestConfigStore implements ConfigStore {
  constructor(private readonly db: Database) {}

  async list(section: string): Promise<{ key: string; body: unknown }[]> {
    const rows = await this.db.selectFrom('config_items').where('section', '=', section).selectAll().execute();
    return rows.map(({ key, body }) => ({ key, body: JSON.parse(body) as unknown }));
  }

  async get(section: string, key: string): Promise<unknown> {
    return (await this.list(section)).find((item) => item.key === key)?.body;
  }

  async put(section: string, key: string, body: unknown): Promise<void> {
    await this.db
      .insertInto('config_items')
      .values({ section, key, position: 0, body: JSON.stringify(body) })
      .onConflict((conflict) => conflict.columns(['section', 'key']).doUpdateSet({ body: JSON.stringify(body) }))
      .execute();
  }

  async remove(section: string, key: string): Promise<void> {
    await this.db.deleteFrom('config_items').where('section', '=', section).where('key', '=', key).execute();
  }
}

export interface Studio {
  folder: string;
  db: Database;
  audio: AudioStore;
  converter: Converter;
  catalogue: Catalogue;
  resolver: PromptResolver;
  service: PromptService;
  usages: Map<number, Usage[]>;
  http: TestServer;
  close(options?: { keepFolder: boolean }): Promise<void>;
}

/** Everything about prompts, on a database and in a folder of its own; `sounds/<language>/<sound>.wav` are shipped. */
export async function openStudio(
  options: { folder?: string; limits?: Partial<ConversionLimits>; shipped?: string[] } = {},
): Promise<Studio> {
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
  const converter = new Converter(audio.temporaryFolder, { ...defaultConversionLimits, ...options.limits });
  const catalogue = new Catalogue(new TestConfigStore(db), db);
  const usages = new Map<number, Usage[]>();
  const service = new PromptService({ catalogue, audio, converter, usages: (id) => usages.get(id) ?? [] });
  const resolver = new PromptResolver({ catalogue, audio, publicUrl: 'http://127.0.0.1:8080' });
  const http = await startServer([...promptRoutes(service), ...audioRoutes(service, audio)]);
  const close = async ({ keepFolder } = { keepFolder: false }) => {
    await http.stop();
    await db.destroy();
    if (!keepFolder) await rm(folder, { recursive: true });
  };
  return { folder, db, audio, converter, catalogue, resolver, service, usages, http, close };
}

/** Writes a sine to a file; the name's ending says the format. */
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

/** How many times a second the wave rises through zero: the pitch of a sine. */
export function pitchOf(samples: Buffer): number {
  let rises = 0;
  for (let at = 2; at + 1 < samples.length; at += 2)
    if (samples.readInt16LE(at - 2) < 0 && samples.readInt16LE(at) >= 0) rises += 1;
  return rises / (samples.length / 2 / 8000);
}
