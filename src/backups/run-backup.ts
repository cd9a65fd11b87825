import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { BackupError, type BackupFault } from './backup-error.js';
import type { BackupProgress, CreateOptions } from './create.js';
import type { Manifest } from './format.js';
import { partialFolder } from './names.js';

export type BackupJob = Omit<CreateOptions, 'onProgress'>;
type Counts = Manifest['counts'];

/** From the process to the gateway. */
export type BackupMessage =
  { progress: BackupProgress } | { counts: Counts } | { error: { fault: BackupFault; message: string } };

/** Makes a backup. @param signal ends it early, and removes what it wrote. @throws {BackupError} */
export type MakeBackup = (
  job: BackupJob,
  onProgress: (progress: BackupProgress) => void,
  signal: AbortSignal,
) => Promise<Counts>;

/** {@link MakeBackup} in a process of its own. */
export const runBackup: MakeBackup = async (job, onProgress, signal) => {
  signal.throwIfAborted();
  // The secrets of the gateway's environment are not needed.
  const { module, loader } = moduleOfProcess();
  const child = fork(module, { execArgv: loader, env: { PATH: process.env['PATH'] } });
  let outcome: Counts | BackupError | undefined;
  child.on('message', (message: BackupMessage) => {
    if ('progress' in message) onProgress(message.progress);
    else outcome = 'counts' in message ? message.counts : new BackupError(message.error.fault, message.error.message);
  });
  const kill = () => child.kill('SIGKILL');
  signal.addEventListener('abort', kill);
  const ended = new Promise<string>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, name) => resolve(name ?? `exit code ${code}`));
  });
  try {
    child.send(job);
    const how = await ended;
    if (outcome === undefined) throw new BackupError('failed', `the process that made the backup ended early (${how})`);
    if (outcome instanceof BackupError) throw outcome;
    return outcome;
  } finally {
    signal.removeEventListener('abort', kill);
    await rm(partialFolder(job.target), { recursive: true, force: true });
  }
};

/** In the source tree the module is TypeScript, which needs a loader. */
function moduleOfProcess(): { module: URL; loader: string[] } {
  const built = new URL('./backup-process.js', import.meta.url);
  if (existsSync(built)) return { module: built, loader: [] };
  return { module: new URL('./backup-process.ts', import.meta.url), loader: ['--import', 'tsx'] };
}
