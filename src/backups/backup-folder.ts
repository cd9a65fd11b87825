import { createReadStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { ignoreMissing } from './ignore-missing.js';
import { isPartial, parseBackupName } from './names.js';

export interface StoredBackup {
  name: string;
  /** When it was begun. */
  createdAt: number;
  bytes: number;
  encrypted: boolean;
}

/** The folder of finished backups. */
export class BackupFolder {
  constructor(private readonly dir: string) {}

  /** Creates the folder, and removes what a killed process left. */
  async prepare(): Promise<void> {
    await mkdir(this.dir, { recursive: true, mode: 0o700 });
    const left = (await readdir(this.dir)).filter(isPartial);
    for (const name of left) await rm(this.pathOf(name), { recursive: true, force: true });
  }

  pathOf(name: string): string {
    return path.join(this.dir, name);
  }

  /** The backups, newest first. Other files in the folder are ignored. */
  async list(): Promise<StoredBackup[]> {
    const names = (await readdir(this.dir).catch(ignoreMissing)) ?? [];
    const found = await Promise.all(names.map((name) => this.find(name)));
    return found.flatMap((backup) => backup ?? []).sort((a, b) => b.createdAt - a.createdAt);
  }

  async find(name: string): Promise<StoredBackup | undefined> {
    const parsed = parseBackupName(name);
    if (parsed === undefined) return undefined;
    const about = await stat(this.pathOf(name)).catch(() => undefined);
    return about?.isFile() === true ? { name, ...parsed, bytes: about.size } : undefined;
  }

  /** The bytes from `first` to `last`, both included. */
  read(name: string, first: number, last: number): Readable {
    return createReadStream(this.pathOf(name), { start: first, end: last });
  }

  /** Removes all but the newest. @returns the names of the removed ones */
  async removeOld(keep: number): Promise<string[]> {
    const old = (await this.list()).slice(keep);
    for (const { name } of old) await rm(this.pathOf(name), { force: true });
    return old.map(({ name }) => name);
  }
}
