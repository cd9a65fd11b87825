import { statfs } from 'node:fs/promises';

/** Space of the disk that a folder is on. `freeBytes`: for processes without special rights. */
export interface DiskSpace {
  freeBytes: number;
  totalBytes: number;
}

/** @throws when there is no such folder */
export async function diskSpace(folder: string): Promise<DiskSpace> {
  const { bavail, blocks, bsize } = await statfs(folder);
  return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
}
