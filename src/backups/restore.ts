import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { messageOf } from '../lib/error-message.js';
import { readBackup, type ReadOptions } from './archive-reader.js';
import { BackupError, isDiskFull } from './backup-error.js';
import { megabytes } from './create.js';
import { DATABASE, FOLDERS, type Head, type Manifest } from './format.js';
import { RESTORING } from './restoring.js';
import { syncFolder } from './sync-folder.js';
import { diskSpace } from '../lib/disk-space.js';
import { fileExists } from '../lib/file-exists.js';

interface RestoreOptions extends Pick<ReadOptions, 'file' | 'keys' | 'knownSchemas'> {
  /** Is created, or must be empty. */
  dataDir: string;
}

/** What a file system or a mount may put into an empty folder. */
const NEUTRAL = new Set(['lost+found', RESTORING]);

/**
 * Restores a backup into an empty data folder. Everything is unpacked into a folder beside its place first, and moved when all checksums match, the
 * database last. An interrupted restore is repeated by the next one; until then the gateway does not start.
 *
 * @throws {BackupError}
 */
export async function restoreBackup(options: RestoreOptions): Promise<Manifest> {
  const { dataDir } = options;
  const staging = path.join(dataDir, RESTORING);
  await prepareFolder(dataDir);
  try {
    const manifest = await unpack(options, staging);
    await move(staging, dataDir);
    return manifest;
  } catch (error) {
    await clear(dataDir);
    throw isDiskFull(error) ? full(dataDir, error) : error;
  }
}

/** Creates the folder, and removes what an interrupted restore left. @throws {BackupError} when it has other files */
async function prepareFolder(dataDir: string): Promise<void> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const names = await readdir(dataDir);
  const own = names.includes(RESTORING) ? new Set<string>([...NEUTRAL, ...FOLDERS, DATABASE]) : NEUTRAL;
  const other = names.find((name) => !own.has(name));
  if (other !== undefined)
    throw new BackupError(
      'not_empty',
      `${dataDir} is not empty (${other}): nothing was restored. Choose a new folder with --data DIR, or move its content away`,
    );
  if (names.includes(RESTORING)) await clear(dataDir);
}

async function clear(dataDir: string): Promise<void> {
  for (const name of [DATABASE, ...FOLDERS, RESTORING])
    await rm(path.join(dataDir, name), { recursive: true, force: true });
}

async function unpack({ file, keys, knownSchemas }: RestoreOptions, staging: string): Promise<Manifest> {
  await mkdir(staging, { mode: 0o700 });
  const folders = new Set([staging]);
  const manifest = await readBackup({
    file,
    keys,
    knownSchemas,
    onHead: (head) => refuseSmallDisk(staging, head),
    async onMember(name, content) {
      const target = path.join(staging, name);
      await mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
      folders.add(path.dirname(target));
      await pipeline(content, createWriteStream(target, { flags: 'wx', mode: 0o600, flush: true }));
    },
  });
  for (const folder of folders) await syncFolder(folder);
  return manifest;
}

/** The database comes last: without it nothing else counts. */
async function move(staging: string, dataDir: string): Promise<void> {
  for (const name of [...FOLDERS, DATABASE]) {
    if (await fileExists(path.join(staging, name))) await rename(path.join(staging, name), path.join(dataDir, name));
  }
  await syncFolder(dataDir);
  await rm(staging, { recursive: true });
  await syncFolder(dataDir);
}

async function refuseSmallDisk(folder: string, { content_bytes }: Head): Promise<void> {
  const { freeBytes } = await diskSpace(folder);
  if (freeBytes >= content_bytes) return;
  throw new BackupError(
    'no_space',
    `the backup needs ${megabytes(content_bytes)}, and the disk of ${path.dirname(folder)} has ${megabytes(freeBytes)} left: free space, or choose another disk`,
  );
}

function full(dataDir: string, cause: unknown): BackupError {
  return new BackupError(
    'no_space',
    `the disk of ${dataDir} is full, nothing was restored: free space, or choose another disk (${messageOf(cause)})`,
    { cause },
  );
}
