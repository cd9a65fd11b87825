import { readdirSync, readFileSync } from 'node:fs';

/** USER_HZ: what /proc counts in, on every Linux that runs Node. */
const TICK_MS = 10;

interface ThreadTime {
  name: string;
  ms: number;
}

/** CPU time of each thread, by thread id. */
export type ThreadTimes = ReadonlyMap<number, ThreadTime>;

/** CPU time (milliseconds, user and system) that a process and all its descendants have used so far. */
export function cpuMsOfTree(root: number): number {
  return familyOf(root).reduce((sum, { ticks }) => sum + ticks * TICK_MS, 0);
}

/** CPU time of each thread of a process and of its descendants. The first thread of a process is called `main`. */
export function cpuOfThreads(root: number): ThreadTimes {
  const threads = new Map<number, ThreadTime>();
  for (const { pid } of familyOf(root))
    for (const tid of numbersIn(`/proc/${pid}/task`)) {
      const stat = statOf(`/proc/${pid}/task/${tid}/stat`);
      if (stat === undefined) continue;
      threads.set(tid, { name: tid === pid ? 'main' : stat.name, ms: stat.ticks * TICK_MS });
    }
  return threads;
}

/** What threads used between two readings, summed up by name, the busiest first. Threads that have ended meanwhile are left out. */
export function threadsBetween(before: ThreadTimes, after: ThreadTimes): Record<string, number> {
  const sums = new Map<string, number>();
  for (const [tid, { name, ms }] of after) {
    const used = ms - (before.get(tid)?.ms ?? 0);
    if (used > 0) sums.set(name, (sums.get(name) ?? 0) + used);
  }
  return Object.fromEntries([...sums].sort(([, a], [, b]) => b - a));
}

/** Resident memory of one process, in kB. */
export function residentKb(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]);
}

function familyOf(root: number): { pid: number; ticks: number }[] {
  const processes = numbersIn('/proc').flatMap((pid) => {
    const stat = statOf(`/proc/${pid}/stat`);
    return stat === undefined ? [] : [{ ...stat, pid }];
  });
  const family = new Set([root]);
  // Children are listed after their parents, except where process ids have wrapped around: look until nobody is added.
  for (let size = 0; size !== family.size;) {
    size = family.size;
    for (const { pid, parent } of processes) if (family.has(parent)) family.add(pid);
  }
  return processes.filter(({ pid }) => family.has(pid));
}

function numbersIn(folder: string): number[] {
  try {
    return readdirSync(folder)
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return []; // The process has ended.
  }
}

function statOf(file: string): { name: string; parent: number; ticks: number } | undefined {
  try {
    // The command's name stands in parentheses and may hold anything: what follows the last one is plain.
    const [, name = '', rest = ''] = /^\d+ \((.*)\) (.*)$/s.exec(readFileSync(file, 'latin1')) ?? [];
    const fields = rest.split(' ');
    return { name, parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) };
  } catch {
    return undefined; // It ended meanwhile.
  }
}
