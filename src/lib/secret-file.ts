import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** The line of a file with a secret; undefined when there is none. */
export async function readSecretFile(file: string): Promise<string | undefined> {
  try {
    return (await readFile(file, 'utf8')).replace(/\r?\n$/, '');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Replaces the file atomically. Only its owner can read it, and its folder. */
export async function storeSecretFile(file: string, secret: string): Promise<void> {
  await place(file, secret, rename);
}

/** Creates the file, unless another process does so first. Only its owner can read it, and its folder. */
export async function createSecretFile(file: string, secret: string): Promise<void> {
  await place(file, secret, async (fresh) => {
    try {
      await link(fresh, file);
    } catch (error) {
      // A file system can be without hard links.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return rename(fresh, file);
    }
    await rm(fresh);
  });
}

async function place(file: string, secret: string, move: (fresh: string, file: string) => Promise<void>) {
  const fresh = `${file}.${randomBytes(4).toString('hex')}.new`;
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  try {
    await writeFile(fresh, `${secret}\n`, { mode: 0o600 });
    await move(fresh, file);
  } catch (error) {
    await rm(fresh, { force: true });
    throw error;
  }
}
