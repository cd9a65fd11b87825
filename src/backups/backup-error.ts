/**
 * `no_space`: the disk cannot hold it. `not_a_backup`: the file is something else. `incomplete`: the file is cut. `damaged`: its content does not
 * match its checksums. `key_needed`, `wrong_key`: it is encrypted. `newer`: a newer version of the gateway wrote it. `not_empty`: the data folder
 * has files. `failed`: see the message.
 */
export type BackupFault =
  | 'no_space'
  | 'not_a_backup'
  | 'incomplete'
  | 'damaged'
  | 'key_needed'
  | 'wrong_key'
  | 'newer'
  | 'not_empty'
  | 'failed';

/** A backup cannot be made, read or restored. The message names the problem and the remedy. */
export class BackupError extends Error {
  override readonly name = 'BackupError';

  constructor(
    readonly fault: BackupFault,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

const FULL = new Set(['ENOSPC', 'EDQUOT', 'SQLITE_FULL']);

/** Whether an error of the file system or of SQLite reports a full disk. */
export function isDiskFull(error: unknown): boolean {
  return error instanceof Error && FULL.has(String((error as NodeJS.ErrnoException).code));
}
