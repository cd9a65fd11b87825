import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { constants, createGzip } from 'node:zlib';
import { messageOf } from '../lib/error-message.js';
import { version } from '../lib/version.js';
import type { DriverName } from '../storage/sqlite/drivers.js';
import { ArchiveWriter } from './archive-writer.js';
import { BackupError, isDiskFull } from './backup-error.js';
import { listContentFiles, type ContentFile } from './content-files.js';
import { encryptionStage, unchanged, type Encryption } from './encryption.js';
import { DATABASE, folderOf, FORMAT_VERSION, HEAD, MANIFEST, type Head, type Manifest } from './format.js';
import { partialFolder } from './names.js';
import { readSnapshotFacts, takeSnapshot, type SnapshotFacts } from './snapshot.js';
import { syncFolder } from './sync-folder.js';
import { diskSpace } from '../lib/disk-space.js';
import { fileExists } from '../lib/file-exists.js';

/** `database`: the copy of the database is made. `files`: the archive is written. Bytes of the present step. */
export interface BackupProgress {
  step: 'database' | 'files';
  done: number;
  total: number;
}

export interface CreateOptions {
  dataDir: string;
  /** Path of the backup, which must not exist. */
  target: string;
  encryption?: Encryption | undefined;
  driver?: DriverName | undefined;
  onProgress?: ((progress: BackupProgress) => void) | undefined;
}

/**
 * Makes a backup of a data folder in one file, also while a gateway runs with it. The file gets its name when it is complete and synced to
 * the disk; until then everything is in a hidden folder beside it, which an error removes.
 *
 * @throws {BackupError}
 */
export async function createBackup(options: CreateOptions): Promise<Manifest> {
  const { target } = options;
  const folder = partialFolder(target);
  try {
    await refuseExisting(target);
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return await create(options, folder);
  } catch (error) {
    if (error instanceof BackupError) throw error;
    if (!isDiskFull(error))
      throw new BackupError('failed', `the backup could not be made: ${messageOf(error)}`, { cause: error });
    throw new BackupError(
      'no_space',
      `the disk of ${path.dirname(target)} is full: no backup was made. Free space, or choose another disk`,
      { cause: error },
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function create({ dataDir, target, encryption, driver, onProgress }: CreateOptions, folder: string) {
  const database = path.join(dataDir, DATABASE);
  const databaseBytes = await databaseSize(database);
  await refuseSmallDisk(folder, databaseBytes, await listContentFiles(dataDir));
  const snapshot = path.join(folder, DATABASE);
  await takeSnapshot({
    source: database,
    target: snapshot,
    driver,
    onProgress: (done) => onProgress?.({ step: 'database', done: Math.min(done, databaseBytes), total: databaseBytes }),
  });
  const facts = await readSnapshotFacts(snapshot, driver);
  const archive = path.join(folder, 'archive');
  const manifest = await writeArchive(archive, { snapshot, dataDir, facts, encryption, onProgress });
  await rename(archive, target);
  await syncFolder(path.dirname(target));
  return manifest;
}

interface ArchiveOptions extends Pick<CreateOptions, 'dataDir' | 'encryption' | 'onProgress'> {
  snapshot: string;
  facts: SnapshotFacts;
}

async function writeArchive(file: string, options: ArchiveOptions): Promise<Manifest> {
  const { encryption } = options;
  const encrypt = encryption === undefined ? unchanged : await encryptionStage(encryption);
  const writer = new ArchiveWriter();
  const added = addMembers(writer, options);
  added.catch((error: unknown) => writer.fail(error as Error));
  // Recordings hardly shrink, and the database shrinks to a fifth at any level: the fastest one takes the least from calls.
  const gzip = createGzip({ level: constants.Z_BEST_SPEED });
  const stored = createWriteStream(file, { flags: 'wx', mode: 0o600, flush: true });
  await pipeline(writer.bytes, gzip, encrypt, stored);
  return added;
}

async function addMembers(writer: ArchiveWriter, options: ArchiveOptions): Promise<Manifest> {
  const { snapshot, dataDir, facts, onProgress } = options;
  const files = await listContentFiles(dataDir);
  const contents = [{ name: DATABASE, file: snapshot, bytes: (await stat(snapshot)).size }, ...files];
  const total = sum(contents);
  let done = 0;
  const onBytes = (bytes: number) => {
    done += bytes;
    onProgress?.({ step: 'files', done, total });
  };
  const head: Head = {
    format: FORMAT_VERSION,
    product_version: version,
    schema: facts.schema,
    created_at: new Date().toISOString(),
    content_bytes: total,
  };
  await writer.addText(HEAD, `${JSON.stringify(head)}\n`);
  for (const content of contents) await writer.addFile(content, onBytes);
  const { members } = writer;
  const count = (folder: ReturnType<typeof folderOf>) => members.filter(({ name }) => folderOf(name) === folder).length;
  const counts = {
    calls: facts.calls,
    audio: count('audio'),
    recordings: count('recordings'),
    secrets: count('secrets'),
  };
  const manifest: Manifest = { ...head, counts, members };
  await writer.addText(MANIFEST, `${JSON.stringify(manifest)}\n`);
  writer.end();
  return manifest;
}

async function refuseExisting(target: string): Promise<void> {
  if (await fileExists(target))
    throw new BackupError('failed', `${target} exists already: choose another name, or remove it`);
}

/** Size of the database with its log. @throws {BackupError} without a database */
async function databaseSize(database: string): Promise<number> {
  const sizes = await Promise.all(
    [database, `${database}-wal`].map((file) =>
      stat(file).then(
        ({ size }) => size,
        () => undefined,
      ),
    ),
  );
  const [own, log = 0] = sizes;
  if (own === undefined)
    throw new BackupError('failed', `${path.dirname(database)} is not a data folder: it has no ${DATABASE}`);
  return own + log;
}

/**
 * Requires room for the copy of the database and for an archive that compression does not make smaller: the disk may be that of the running
 * gateway, which cannot store calls when it is full.
 */
async function refuseSmallDisk(folder: string, databaseBytes: number, files: ContentFile[]): Promise<void> {
  const needed = 2 * databaseBytes + sum(files);
  const { freeBytes } = await diskSpace(folder);
  if (freeBytes >= needed) return;
  throw new BackupError(
    'no_space',
    `a backup can take ${megabytes(needed)}, and the disk of ${path.dirname(folder)} has ${megabytes(freeBytes)} left: free space, or choose another disk`,
  );
}

function sum(files: Pick<ContentFile, 'bytes'>[]): number {
  return files.reduce((total, { bytes }) => total + bytes, 0);
}

export function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1e6)} MB`;
}
