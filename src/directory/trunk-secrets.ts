import { rm } from 'node:fs/promises';
import path from 'node:path';
import { readSecretFile, storeSecretFile } from '../lib/secret-file.js';

/** The passwords of trunks: each the file `trunk-<name>` in the folder of the secrets, readable by its owner only. */
export class TrunkSecrets {
  constructor(private readonly folder: string) {}

  /** Undefined when none is stored. */
  async read(trunk: string): Promise<string | undefined> {
    const password = await readSecretFile(this.#fileOf(trunk));
    return password === '' ? undefined : password;
  }

  async store(trunk: string, password: string): Promise<void> {
    await storeSecretFile(this.#fileOf(trunk), password);
  }

  async remove(trunk: string): Promise<void> {
    await rm(this.#fileOf(trunk), { force: true });
  }

  #fileOf(trunk: string): string {
    return path.join(this.folder, `trunk-${trunk}`);
  }
}
