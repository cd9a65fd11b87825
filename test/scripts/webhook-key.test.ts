import { execFile } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { headersOf } from '../../src/webhooks/request.js';
import { hook } from '../webhooks/webhook-harness.js';

const run = promisify(execFile);
let data: string;
beforeEach(async () => {
  data = await mkdtemp(path.join(tmpdir(), 'cordboard-key-'));
});
afterEach(() => rm(data, { recursive: true }));

async function keyOfStart(): Promise<string> {
  const script = '. scripts/lib/environment.sh; set_secrets; printf %s "$WEBHOOK_SHOP_KEY"';
  const env = { PATH: process.env['PATH'], CORDBOARD_DATA: data, ASTERISK_FROM: 'environment' };
  return (await run('bash', ['-euc', script], { env })).stdout;
}

/** What libraries for Standard Webhooks do with a key by default: it is Base64, with or without `whsec_` before it. */
function isVerified(key: string, headers: Record<string, string>, body: string): boolean {
  const bytes = Buffer.from(key.replace(/^whsec_/, ''), 'base64');
  const { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': signature } = headers;
  return signature === `v1,${createHmac('sha256', bytes).update(`${id}.${at}.${body}`).digest('base64')}`;
}

test('a key that a start makes verifies as libraries for Standard Webhooks take it, and stays the same', async () => {
  const key = await keyOfStart();
  expect(key).toMatch(/^whsec_[A-Za-z0-9+/]{32}$/);
  const letter = { eventId: 'e_1', contentType: 'application/json', body: '{"a":1}' };
  const headers = headersOf(hook({ secret: 'WEBHOOK_SHOP_KEY' }), letter, { WEBHOOK_SHOP_KEY: key }, 7);
  expect(isVerified(key, headers, letter.body)).toBe(true);
  expect(await keyOfStart()).toBe(key);
});

test('a key that was made before stays as it is', async () => {
  await mkdir(path.join(data, 'secrets'));
  await writeFile(path.join(data, 'secrets', 'webhook-shop-key'), 'abcdef0123456789');
  expect(await keyOfStart()).toBe('abcdef0123456789');
});
