import os from 'node:os';
import { BackupError } from './backup-error.js';
import { createBackup } from './create.js';
import type { BackupJob, BackupMessage } from './run-backup.js';

/**
 * Makes one backup in a process of its own, with a lower priority than the gateway's: compression and encryption must not take the
 * processor from calls, and the memory that they need is freed at the end.
 */

const PRIORITY = 10;
/** Progress is reported at most this often (ms). */
const REPORT_EVERY_MS = 250;

// Archives hold phone numbers, recordings and secrets.
process.umask(0o077);
os.setPriority(PRIORITY);
// The gateway has ended.
process.on('disconnect', () => process.exit(1));
process.once('message', (job) => void run(job as BackupJob));

async function run(job: BackupJob): Promise<void> {
  let reportedAt = 0;
  try {
    const { counts } = await createBackup({
      ...job,
      onProgress(progress) {
        if (performance.now() - reportedAt < REPORT_EVERY_MS) return;
        reportedAt = performance.now();
        send({ progress });
      },
    });
    send({ counts }, () => process.exit());
  } catch (error) {
    if (!(error instanceof BackupError)) throw error;
    send({ error: { fault: error.fault, message: error.message } }, () => process.exit());
  }
}

function send(message: BackupMessage, onSent?: () => void): void {
  process.send?.(message, undefined, undefined, onSent);
}
