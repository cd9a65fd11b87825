import { execFile } from 'node:child_process';
import { mkdtemp, open, rm, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const CHUNK_BYTES = 64 * 1024;

/** A separate file system in memory that can be filled to the last byte. Only root may mount one. */
export class SmallDisk {
  private constructor(readonly dir: string) {}

  static async mount(bytes: number): Promise<SmallDisk> {
    const dir = await mkdtemp(path.join(tmpdir(), 'cordboard-disk-'));
    await run('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', dir]);
    return new SmallDisk(dir);
  }

  path(name: string): string {
    return path.join(this.dir, name);
  }

  /** Fills the remaining space. */
  async fill(): Promise<void> {
    const file = await open(this.path('filler'), 'a');
    try {
      for (let bytes = CHUNK_BYTES; bytes >= 1;)
        try {
          await file.appendFile(Buffer.alloc(bytes));
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
          bytes = Math.floor(bytes / 2);
        }
    } finally {
      await file.close();
    }
  }

  /** Frees that space. */
  async free(): Promise<void> {
    await rm(this.path('filler'), { force: true });
  }

  async unmount(): Promise<void> {
    await run('umount', ['--lazy', this.dir]);
    await rmdir(this.dir);
  }
}
