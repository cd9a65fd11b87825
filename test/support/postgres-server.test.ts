import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { onServer } from './postgres-server.js';

it('ends with the process that started it, also with one that is killed', async () => {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'cordboard-orphan-'));
  // Its user is another one.
  await chmod(dir, 0o755);
  const program = `const { PostgresServer } = await import('./test/support/postgres-server.ts');
    console.log((await PostgresServer.start()).url('postgres'));`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', program], {
    env: { ...process.env, TMPDIR: dir },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const url = String(line).trim();
  await onServer(url, 'select 1');
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
  const state = () =>
    onServer(url, 'select 1').then(
      () => 'runs',
      (error: unknown) => (error as NodeJS.ErrnoException).code,
    );
  await expect.poll(state).toBe('ECONNREFUSED');
  await rm(dir, { recursive: true });
});
