import { readdirSync, readFileSync } from 'node:fs';

/** USER_HZ: what /proc counts in, on every Linux that runs Node. */
const TICK_MS = 10;

/** CPU time (milliseconds, user and system) that a process and all its descendants have used so far. */
export function cpuMsOfTree(root: number): number {
  const processes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => statOf(Number(name)) ?? []);
  const family = new Set([root]);
  // Children are listed after their parents, except where process ids have wrapped around: look until nobody is added.
  for (let size = 0; size !== family.size;) {
    size = family.size;
    for (const { pid, parent } of processes) if (family.has(parent)) family.add(pid);
  }
  return processes.filter(({ pid }) => family.has(pid)).reduce((sum, { ticks }) => sum + ticks * TICK_MS, 0);
}

function statOf(pid: number): { pid: number; parent: number; ticks: number } | undefined {
  try {
    // The command's name stands in parentheses and may hold anything: what follows the last one is plain.
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1')
      .replace(/^.*\) /s, '')
      .split(' ');
    return { pid, parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) };
  } catch {
    return undefined; // It ended meanwhile.
  }
}
