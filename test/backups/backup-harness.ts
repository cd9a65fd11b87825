import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createBackup, type CreateOptions } from '../../src/backups/create.js';
import { openDatabase } from '../../src/storage/database.js';
import { writeMeta } from '../../src/storage/meta.js';
import { migrations } from '../../src/storage/migrations.js';

/** Files of a data folder, and what a backup leaves out. */
const FILES: Record<string, string | Buffer> = {
  'audio/aa.wav': 'a prompt',
  'recordings/01/r_01aa.wav': randomBytes(700_000),
  'recordings/02/r_02bb.wav': '',
  'secrets/api-token': 'a token',
  'secrets/handset-Jana': 'a password',
};
const LEFT_OUT = ['audio/tmp/half', 'recordings/tmp/half', 'logs/gateway.log', 'run/ready', 'installation.json'];

export const knownSchemas = Object.keys(migrations);

/** A data folder with a database, and room for backups of it. */
export class BackupHarness {
  private constructor(readonly dir: string) {}

  static async make(): Promise<BackupHarness> {
    const harness = new BackupHarness(await mkdtemp(path.join(os.tmpdir(), 'cordboard-backups-')));
    await harness.fill(harness.dataDir);
    return harness;
  }

  get dataDir(): string {
    return this.path('data');
  }

  path(name: string): string {
    return path.join(this.dir, name);
  }

  async fill(dataDir: string): Promise<void> {
    for (const [name, content] of [...Object.entries(FILES), ...LEFT_OUT.map((left) => [left, 'left out'] as const)])
      await write(path.join(dataDir, name), content);
    const db = await openDatabase(path.join(dataDir, 'cordboard.db'));
    await writeMeta(db, 'greeting', 'hello');
    await db.destroy();
  }

  backup(name: string, options: Partial<CreateOptions> = {}) {
    return createBackup({ dataDir: this.dataDir, target: this.path(name), ...options });
  }

  /** The content of the files of a folder, by their names; without the database. */
  async contentOf(folder: string): Promise<Record<string, string>> {
    const names = (await readdir(this.path(folder), { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile() && !entry.name.startsWith('cordboard.db'))
      .map((entry) => path.relative(this.path(folder), path.join(entry.parentPath, entry.name)));
    const contents = names
      .sort()
      .map(async (name) => [name, (await readFile(path.join(this.path(folder), name))).toString('base64')]);
    return Object.fromEntries((await Promise.all(contents)) as [string, string][]);
  }

  remove(): Promise<void> {
    return rm(this.dir, { recursive: true, force: true });
  }
}

/** What {@link BackupHarness.contentOf} finds in a restored folder. */
export const restoredContent = Object.fromEntries(
  Object.entries(FILES).map(([name, content]) => [name, Buffer.from(content).toString('base64')]),
);

async function write(file: string, content: string | Buffer): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, content);
}
