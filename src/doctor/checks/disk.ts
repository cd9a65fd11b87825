import { randomUUID } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import path from 'node:path';
import { diskSpace, type DiskSpace } from '../../lib/disk-space.js';
import { messageOf } from '../../lib/error-message.js';
import { failed, joined, ok, warning, type Finding } from '../finding.js';

const MB = 1024 * 1024;
/** Below this calls may end up in the fallback soon. */
const FULL_BYTES = 200 * MB;
const LOW_BYTES = 1024 * MB;
const LOW_SHARE = 0.05;
/** Every step of a call is stored: a slower disk delays prompts. */
const SLOW_MS = 50;
const WRITES = 5;

/** The data folder: whether it can be written, how fast, and how much space is left. */
export async function checkDisk(folder: string): Promise<Finding> {
  const space = await diskSpace(folder).catch((error: unknown) => failed(messageOf(error), 'disk_not_writable'));
  if ('status' in space) return space;
  return joined([judgeSpace(space), await checkWriting(folder)]);
}

export function judgeSpace({ freeBytes, totalBytes }: DiskSpace): Finding {
  const value = `${Math.floor(freeBytes / MB)} MB of ${Math.floor(totalBytes / MB)} MB free`;
  if (freeBytes < FULL_BYTES) return failed(value, 'disk_full');
  if (freeBytes < LOW_BYTES || freeBytes < totalBytes * LOW_SHARE) return warning(value, 'disk_full');
  return ok(value);
}

export function judgeSpeed(milliseconds: number): Finding {
  const value = `a write reaches the disk in ${milliseconds.toFixed(1)} ms`;
  return milliseconds > SLOW_MS ? warning(value, 'disk_slow') : ok(value);
}

async function checkWriting(folder: string): Promise<Finding> {
  const file = path.join(folder, `.doctor-${randomUUID()}`);
  try {
    return judgeSpeed(await medianWriteMs(file));
  } catch (error) {
    return failed(messageOf(error), 'disk_not_writable');
  } finally {
    // Of a place that cannot be written, that is said already.
    await rm(file, { force: true }).catch(() => undefined);
  }
}

async function medianWriteMs(file: string): Promise<number> {
  const handle = await open(file, 'wx', 0o600);
  try {
    const times: number[] = [];
    for (let write = 0; write < WRITES; write += 1) {
      const begun = performance.now();
      await handle.write(Buffer.alloc(4096), 0, 4096, write * 4096);
      await handle.sync();
      times.push(performance.now() - begun);
    }
    return times.sort((a, b) => a - b)[Math.floor(WRITES / 2)] ?? 0;
  } finally {
    await handle.close();
  }
}
