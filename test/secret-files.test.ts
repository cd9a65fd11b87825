import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { withSecretFiles } from '../src/secret-files.js';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'cordboard-secrets-'));
});
afterEach(() => {
  rmSync(dir, { recursive: true });
});

function folder(name: string, files: Record<string, string>): string {
  const at = path.join(dir, name);
  mkdirSync(at);
  for (const [file, text] of Object.entries(files)) writeFileSync(path.join(at, file), text);
  return at;
}

const token = { CORDBOARD_API_TOKEN: 'sixteen-letters-or-more' };

it('files hold secrets, of the gateway and of webhooks; the environment takes precedence, then the first folder', async () => {
  const first = folder('first', { ARI_PASSWORD: 'of the first\n', WEBHOOK_SHOP_KEY: 'key' });
  const second = folder('second', { ARI_PASSWORD: 'of the second', AMI_PASSWORD: 'ami', HTTP_PORT: '1', lost: '' });
  const env = { ...token, AMI_PASSWORD: 'mine', CORDBOARD_SECRETS: `${first}:${path.join(dir, 'missing')}:${second}` };
  expect(await withSecretFiles(env)).toEqual({ ...env, ARI_PASSWORD: 'of the first', WEBHOOK_SHOP_KEY: 'key' });
  // Compose files pass unset variables as empty ones.
  expect(await withSecretFiles({ ...env, AMI_PASSWORD: '' })).toMatchObject({ AMI_PASSWORD: 'ami' });
});

it('what cannot be read is named', async () => {
  const wrong = folder('wrong', {});
  mkdirSync(path.join(wrong, 'ARI_PASSWORD'));
  await expect(withSecretFiles({ ...token, CORDBOARD_SECRETS: wrong })).rejects.toThrow(wrong);
});

it('the API token is generated once, readable for its owner only', async () => {
  const env = { CORDBOARD_DATA: path.join(dir, 'data') };
  const { CORDBOARD_API_TOKEN: made } = await withSecretFiles(env);
  expect(made).toMatch(/^[0-9a-f]{48}$/);
  expect(await withSecretFiles(env)).toMatchObject({ CORDBOARD_API_TOKEN: made });
  const file = path.join(dir, 'data/secrets/api-token');
  expect(readFileSync(file, 'utf8').trim()).toBe(made);
  expect(statSync(file).mode & 0o077).toBe(0);
});
