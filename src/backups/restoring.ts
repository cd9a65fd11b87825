import path from 'node:path';
import { fileExists } from '../lib/file-exists.js';

/** Folder in the data folder while a backup is being restored. */
export const RESTORING = '.restoring';

/** Refuses a data folder whose restore was interrupted: the gateway would begin with an empty or incomplete one. */
export async function refuseInterruptedRestore(dataDir: string): Promise<void> {
  if (await fileExists(path.join(dataDir, RESTORING))) throw new InterruptedRestore(dataDir);
}

export class InterruptedRestore extends Error {
  override readonly name = 'InterruptedRestore';

  constructor(dataDir: string) {
    super(`restoring a backup into ${dataDir} was interrupted: run the same cordboard restore again`);
  }
}
