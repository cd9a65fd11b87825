import { readFile } from 'node:fs/promises';

/** Stops a process and its descendants with SIGSTOP until `meanwhile` is over. */
export async function whileFrozen(pid: number, meanwhile: () => Promise<void>): Promise<void> {
  const pids = await family(pid);
  for (const each of pids) process.kill(each, 'SIGSTOP');
  try {
    await meanwhile();
  } finally {
    for (const each of pids) process.kill(each, 'SIGCONT');
  }
}

/** A process and its descendants. */
async function family(pid: number): Promise<number[]> {
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  const below = await Promise.all(
    children
      .split(' ')
      .filter(Boolean)
      .map((child) => family(Number(child))),
  );
  return [pid, ...below.flat()];
}
