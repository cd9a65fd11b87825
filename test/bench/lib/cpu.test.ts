import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { cpuMsOfTree, cpuOfThreads, threadsBetween } from './cpu.js';

/** Uses 200 ms of CPU, says its process id, and lives on. */
const burner = `
  while (process.cpuUsage().user < 200e3);
  console.log(process.pid);
  setInterval(() => {}, 1000);`;

test('counts the time of a process and of its descendants', async () => {
  const shell = spawn('sh', ['-c', '"$0" -e "$1" & wait', process.execPath, burner], { stdio: 'pipe' });
  const exited = once(shell, 'exit');
  const [pid] = (await once(shell.stdout, 'data')) as [Buffer];
  try {
    expect(cpuMsOfTree(shell.pid!)).toBeGreaterThanOrEqual(190);
    expect(cpuMsOfTree(shell.pid!)).toBeLessThan(5000);
  } finally {
    process.kill(Number(pid.toString()), 'SIGTERM');
    await exited;
  }
});

test('a process that is gone has used nothing', () => {
  expect(cpuMsOfTree(2 ** 30)).toBe(0);
});

test('shows which thread used the time', async () => {
  const child = spawn(process.execPath, ['-e', burner], { stdio: 'pipe' });
  const exited = once(child, 'exit');
  await once(child.stdout, 'data');
  try {
    const used = threadsBetween(new Map(), cpuOfThreads(child.pid!));
    expect(used['main']).toBeGreaterThanOrEqual(190);
  } finally {
    child.kill();
    await exited;
  }
});

test('time between two readings is summed up by name, threads that rested are left out', () => {
  const before = new Map([
    [1, { name: 'main', ms: 100 }],
    [2, { name: 'pool', ms: 50 }],
    [3, { name: 'pool', ms: 10 }],
  ]);
  const after = new Map([
    [1, { name: 'main', ms: 400 }],
    [2, { name: 'pool', ms: 70 }],
    [3, { name: 'pool', ms: 10 }],
    [4, { name: 'new', ms: 30 }],
  ]);
  expect(threadsBetween(before, after)).toEqual({ main: 300, new: 30, pool: 20 });
});
