import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { soxToSamples } from '../../src/prompts/sox.js';

let folder: string | undefined;
afterEach(async () => {
  vi.unstubAllEnvs();
  if (folder !== undefined) await rm(folder, { recursive: true });
});

it('sox does not see the secrets in the gateway’s environment', async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sox-'));
  const program = path.join(folder, 'sox');
  await writeFile(program, `#!/bin/sh\nenv >'${folder}/seen'\n`);
  await chmod(program, 0o755);
  vi.stubEnv('PATH', `${folder}:${process.env['PATH'] ?? ''}`);
  vi.stubEnv('CORDBOARD_API_TOKEN', 'the-token-of-the-tests');
  await soxToSamples({ input: 'in', type: 'wav', output: 'out', maxSeconds: 1, timeoutMs: 20_000 });
  const seen = await readFile(path.join(folder, 'seen'), 'utf8');
  expect(seen).toContain('PATH=');
  expect(seen).not.toContain('the-token-of-the-tests');
});
