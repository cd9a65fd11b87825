import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { cpuMsOfTree } from './cpu.js';

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
