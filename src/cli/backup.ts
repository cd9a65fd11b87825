import { createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { readBackup } from '../backups/archive-reader.js';
import { BackupError } from '../backups/backup-error.js';
import { NOT_OF_POSTGRES } from '../backups/backups.js';
import { createBackup, type BackupProgress } from '../backups/create.js';
import type { DecryptionKeys, Encryption } from '../backups/encryption.js';
import { fileExists } from '../lib/file-exists.js';
import type { Manifest } from '../backups/format.js';
import { restoreBackup } from '../backups/restore.js';
import { syncFolder } from '../backups/sync-folder.js';
import { migrations } from '../storage/migrations.js';
import { CommandError, EXIT, UsageError, type Terminal } from './command.js';
import { Gateway } from './gateway.js';

const POLL_MS = 500;
const knownSchemas = Object.keys(migrations);

export interface BackupOptions extends DecryptionKeys {
  /** Backs up this folder without a gateway. */
  data?: string | undefined;
  recipient?: string | undefined;
}

const running = z.object({
  name: z.string(),
  step: z.enum(['database', 'files']),
  done_bytes: z.number(),
  total_bytes: z.number(),
});
const listed = z.object({
  backups: z.array(z.object({ name: z.string(), bytes: z.number() })),
  running: running.nullable(),
  last_failure: z.object({ message: z.string() }).nullable(),
});

/** `cordboard backup`: by the running gateway, or with `--data` straight from a folder. */
export async function backup(file: string | undefined, options: BackupOptions, terminal: Terminal): Promise<number> {
  refusePostgres(terminal);
  if (options.data !== undefined) return backupFolder(file, options, options.data, terminal);
  if (options.passphraseFile !== undefined || options.recipient !== undefined)
    throw new UsageError(
      'the gateway encrypts its backups by its own settings (BACKUP_PASSPHRASE_FILE, BACKUP_RECIPIENT); these options need --data DIR',
    );
  const gateway = await Gateway.of(terminal);
  const { name, bytes } = await makeAtGateway(gateway, terminal);
  if (file === undefined) {
    terminal.out(`${name}\n`);
    return EXIT.ok;
  }
  await download(gateway, name, bytes, file);
  terminal.out(`${file}\n`);
  return EXIT.ok;
}

/** `cordboard backup --check`. */
export async function checkBackup(file: string, keys: DecryptionKeys, terminal: Terminal): Promise<number> {
  const manifest = await failing(() =>
    readBackup({
      file,
      keys,
      knownSchemas,
      async onMember(_name, content) {
        for await (const chunk of content) void chunk;
      },
    }),
  );
  terminal.out(`${file} is complete and undamaged: ${summary(manifest)}\n`);
  return EXIT.ok;
}

/** @throws when the settings name a database that these commands do not have */
function refusePostgres({ env }: Terminal): void {
  if (env['DATABASE_URL']) throw new CommandError(NOT_OF_POSTGRES);
}

/** `cordboard restore`. */
export async function restore(
  file: string,
  { data, ...keys }: DecryptionKeys & { data?: string | undefined },
  terminal: Terminal,
): Promise<number> {
  refusePostgres(terminal);
  const dataDir = path.resolve(data ?? terminal.env['CORDBOARD_DATA'] ?? 'data');
  const manifest = await failing(() => restoreBackup({ file, dataDir, keys, knownSchemas }));
  terminal.out(
    `Restored into ${dataDir}: ${summary(manifest)}\nThe first start closes the calls of the time of the backup. For the same installation on another machine first run cordboard adopt.\n`,
  );
  return EXIT.ok;
}

async function backupFolder(
  file: string | undefined,
  { passphraseFile, recipient }: BackupOptions,
  data: string,
  terminal: Terminal,
): Promise<number> {
  if (file === undefined) throw new UsageError('cordboard backup --data DIR needs a FILE');
  const target = path.resolve(file);
  const report = progressReport(terminal);
  const manifest = await failing(() =>
    createBackup({
      dataDir: path.resolve(data),
      target,
      encryption: encryptionOf(passphraseFile, recipient),
      onProgress: report,
    }),
  );
  terminal.out(`${file}: ${summary(manifest)}\n`);
  return EXIT.ok;
}

function encryptionOf(passphraseFile: string | undefined, recipient: string | undefined): Encryption | undefined {
  if (passphraseFile !== undefined && recipient !== undefined)
    throw new UsageError('one of --passphrase-file and --recipient, not both');
  if (passphraseFile !== undefined) return { passphraseFile };
  return recipient === undefined ? undefined : { recipient };
}

/** Waits until the backup is made. */
async function makeAtGateway(gateway: Gateway, terminal: Terminal): Promise<{ name: string; bytes: number }> {
  const { name } = running.parse(JSON.parse(await gateway.request('POST', '/api/v1/backups')));
  const report = progressReport(terminal);
  for (;;) {
    const state = listed.parse(JSON.parse(await gateway.request('GET', '/api/v1/backups')));
    if (state.running?.name === name) {
      const { step, done_bytes, total_bytes } = state.running;
      report({ step, done: done_bytes, total: total_bytes });
      await delay(POLL_MS);
      continue;
    }
    const made = state.backups.find((each) => each.name === name);
    if (made !== undefined) return made;
    throw new CommandError(state.last_failure?.message ?? 'the gateway stopped before the backup was made');
  }
}

/** The file gets its name when it is complete. */
async function download(gateway: Gateway, name: string, bytes: number, file: string): Promise<void> {
  const part = `${file}.partial`;
  try {
    if (await fileExists(file)) throw new CommandError(`${file} exists already: choose another name, or remove it`);
    await pipeline(
      await gateway.download(`/api/v1/backups/${name}`),
      createWriteStream(part, { mode: 0o600, flush: true }),
    );
    const { size } = await stat(part);
    if (size !== bytes) throw new CommandError(`the download of ${name} was cut off: try again`);
    await rename(part, file);
    await syncFolder(path.dirname(path.resolve(file)));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new CommandError(`${file} cannot be written: ${message}. The gateway has stored the backup as ${name}`);
  } finally {
    await rm(part, { force: true });
  }
}

/** Prints each tenth of a step that takes long. */
function progressReport(terminal: Terminal): (progress: BackupProgress) => void {
  let last = '';
  return ({ step, done, total }) => {
    const tenths = total === 0 ? 0 : Math.floor((done / total) * 10);
    const line = `${step}: ${tenths}0 %`;
    if (tenths === 0 || line === last) return;
    last = line;
    terminal.error(`${line}\n`);
  };
}

function summary({ created_at, product_version, counts, members }: Manifest): string {
  const megabytes = Math.ceil(members.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6);
  return `${counts.calls} calls, ${counts.recordings} recordings, ${counts.audio} audio files, ${counts.secrets} secrets, ${megabytes} MB, of ${created_at}, version ${product_version}`;
}

async function failing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof BackupError ? new CommandError(error.message) : error;
  }
}
