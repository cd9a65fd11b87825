import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readPair } from '../../src/http/certificate-pair.js';
import { makeCertificate } from '../support/certificate.js';

const run = promisify(execFile);
const script = path.resolve(import.meta.dirname, '../../scripts/certificate');

let folder: string;
let tls: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'cordboard-certificate-'));
  tls = path.join(folder, 'tls');
});
afterEach(() => rm(folder, { recursive: true }));

const certificate = (...args: string[]) =>
  run(script, args, { cwd: folder, env: { PATH: process.env['PATH'], TLS_DIR: tls } });

it('makes a self-signed pair, whose key only the owner can read', async () => {
  await certificate('self-signed', 'pbx.example', '192.0.2.1');
  expect((await readPair(tls)).expiresAt).toBeGreaterThan(Date.now());
  expect((await stat(path.join(tls, 'key.pem'))).mode & 0o077).toBe(0);
});

it('installs what an ACME client fetched, and keeps the mode of the key', async () => {
  await certificate('self-signed', 'pbx.example');
  const before = await readPair(tls);
  await run('chmod', ['640', path.join(tls, 'key.pem')]);
  const renewed = await makeCertificate(folder, 'pbx.example');
  await writeFile(path.join(folder, 'fullchain.pem'), renewed.certificate);
  await writeFile(path.join(folder, 'privkey.pem'), renewed.key);
  await certificate('install', 'fullchain.pem', 'privkey.pem');
  const after = await readPair(tls);
  expect(after.key).toBe(renewed.key);
  expect(after.fingerprint).not.toBe(before.fingerprint);
  expect((await stat(path.join(tls, 'key.pem'))).mode & 0o777).toBe(0o640);
});

it('refuses a key of another certificate, and leaves the pair as it is', async () => {
  await certificate('self-signed', 'pbx.example');
  const before = await readPair(tls);
  const [one, other] = [await makeCertificate(folder, 'a.example'), await makeCertificate(folder, 'b.example')];
  await writeFile(path.join(folder, 'one.pem'), one.certificate);
  await writeFile(path.join(folder, 'other.key'), other.key);
  await expect(certificate('install', 'one.pem', 'other.key')).rejects.toThrow('is not the key of');
  expect(await readPair(tls)).toEqual(before);
});
