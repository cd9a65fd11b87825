import { open } from 'node:fs/promises';

/** Syncs the names in a folder to the disk: a renamed file keeps its new name after a power failure. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
