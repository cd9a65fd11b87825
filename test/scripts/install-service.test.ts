import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';

const execute = promisify(execFile);

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'cordboard-units-'));
  await execute('scripts/install-service', ['--print', dir]);
});
afterAll(() => rm(dir, { recursive: true }));

it('systemd understands the services', async () => {
  const units = (await readdir(dir)).sort();
  expect(units).toEqual(['cordboard-asterisk.service', 'cordboard.service']);
  const { stderr } = await execute('systemd-analyze', ['verify', ...units.map((unit) => path.join(dir, unit))]);
  expect(stderr).toBe('');
});

/** Exposure as systemd-analyze counts it: from 0 to 100, where 100 is everything. */
it.each([
  ['cordboard', 20],
  ['cordboard-asterisk', 40],
])('%s is exposed no more than %i of 100', async (unit, most) => {
  const words = ['security', '--offline=true', `--threshold=${most}`, path.join(dir, `${unit}.service`)];
  await expect(execute('systemd-analyze', words)).resolves.toBeDefined();
});
