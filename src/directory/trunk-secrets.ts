import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** The passwords of trunks: each the file `trunk-<name>` in the folder of the secrets, readable by its owner only. */
export class TrunkSecrets {
  constructor(private readonly folder: string) {}

  /** Undefined when none is stored. */
  async read(trunk: string): Promise<string | undefined> {
    try {
      const password = (await readFile(this.#fileOf(trunk), 'utf8')).replace(/\r?\n$/, '');
      return password === '' ? undefined : password;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  /** Replaces the file atomically. */
  async store(trunk: string, password: string): Promise<void> {
    const file = this.#fileOf(trunk);
    const fresh = `${file}.${randomBytes(4).toString('hex')}.new`;
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    try {
      await writeFile(fresh, `${password}\n`, { mode: 0o600 });
      await rename(fresh, file);
    } catch (error) {
      await rm(fresh, { force: true });
      throw error;
    }
  }

  async remove(trunk: string): Promise<void> {
    await rm(this.#fileOf(trunk), { force: true });
  }

  #fileOf(trunk: string): string {
    return path.join(this.folder, `trunk-${trunk}`);
  }
}
