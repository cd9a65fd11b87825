import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { Instant } from '../lib/clock.js';
import { readSecretFile, storeSecretFile } from '../lib/secret-file.js';
import { DAY_MS } from '../lib/time.js';

/** How long the password of a removed trunk is kept: as long as somebody may undo the removal. */
export const KEEP_REMOVED_MS = DAY_MS;

const REMOVED = 'removed-trunk-';
const removedSchema = z.object({ at: z.number(), account: z.string(), password: z.string() });

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
    await rm(this.#asideOf(trunk), { force: true });
  }

  async remove(trunk: string): Promise<void> {
    await rm(this.#fileOf(trunk), { force: true });
  }

  /** Takes the password of a removed trunk out of use, so that {@link bringBack} finds it. @param account whose password it is */
  async setAside(trunk: string, account: string, at: Instant): Promise<void> {
    const password = await this.read(trunk);
    if (password !== undefined) await storeSecretFile(this.#asideOf(trunk), JSON.stringify({ at, account, password }));
    await this.remove(trunk);
  }

  /** Takes the password of a trunk whose removal was undone into use again, unless it was another account's, or it is too late. */
  async bringBack(trunk: string, account: string, at: Instant): Promise<void> {
    const removed = await this.#readAside(this.#asideOf(trunk));
    if (removed?.account === account && at - removed.at <= KEEP_REMOVED_MS) await this.store(trunk, removed.password);
  }

  /** Forgets the passwords of trunks that were removed too long ago. */
  async forgetRemoved(at: Instant): Promise<void> {
    const files = await readdir(this.folder).catch(() => []);
    for (const name of files.filter((each) => each.startsWith(REMOVED))) {
      const file = path.join(this.folder, name);
      const removed = await this.#readAside(file);
      if (removed === undefined || at - removed.at > KEEP_REMOVED_MS) await rm(file, { force: true });
    }
  }

  /** Undefined for one that is missing or damaged. */
  async #readAside(file: string): Promise<z.output<typeof removedSchema> | undefined> {
    const text = await readSecretFile(file);
    try {
      return text === undefined ? undefined : removedSchema.parse(JSON.parse(text));
    } catch {
      return undefined;
    }
  }

  #fileOf(trunk: string): string {
    return path.join(this.folder, `trunk-${trunk}`);
  }

  #asideOf(trunk: string): string {
    return path.join(this.folder, `${REMOVED}${trunk}`);
  }
}
