import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { databaseUrl } from '../../src/storage/postgres/database-url.js';
import { serverUrls } from '../../src/storage/postgres/servers.js';
import { makeCertificate } from '../support/certificate.js';

let dir: string;
const file = (name: string) => path.join(dir, name);
beforeAll(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'cordboard-url-'));
  const { certificate, key } = await makeCertificate(dir, 'authority');
  await writeFile(file('ca.pem'), certificate);
  await writeFile(file('key.pem'), key);
  await writeFile(file('text.pem'), 'nothing of the kind');
});
afterAll(() => rm(dir, { recursive: true }));

const problems = (parameters: string) =>
  databaseUrl.safeParse(`postgres://u:p@host/db${parameters}`).error?.issues.map(({ message }) => message) ?? [];

it('takes what the driver does as it says', () => {
  for (const parameters of ['', '?sslmode=disable', '?sslmode=no-verify', '?sslmode=verify-full'])
    expect(problems(parameters)).toEqual([]);
  const files = `sslrootcert=${file('ca.pem')}&sslcert=${file('ca.pem')}&sslkey=${file('key.pem')}`;
  expect(problems(`?sslmode=verify-full&${files}`)).toEqual([]);
});

it('names what is wrong and what to do', () => {
  for (const mode of ['require', 'prefer', 'verify-ca', 'on'])
    expect(problems(`?sslmode=${mode}`)).toEqual([
      expect.stringMatching(`^sslmode=${mode} is not possible: choose verify-full`),
    ]);
  expect(problems('?ssl=true')).toEqual(['ssl is not possible: use sslmode']);
  expect(problems(`?sslrootcert=${file('ca.pem')}`)).toEqual(['sslrootcert needs sslmode=verify-full']);
  expect(problems(`?sslmode=verify-full&sslcert=${file('ca.pem')}`)).toEqual(['sslcert and sslkey need each other']);
  expect(problems('?sslmode=verify-full&sslrootcert=/not/there.pem')).toEqual([
    'sslrootcert=/not/there.pem cannot be read (ENOENT)',
  ]);
  expect(problems(`?sslmode=verify-full&sslrootcert=${file('text.pem')}`)).toEqual([
    expect.stringContaining('text.pem has no certificate in PEM'),
  ]);
  expect(problems(`?sslmode=verify-full&sslcert=${file('ca.pem')}&sslkey=${file('text.pem')}`)).toEqual([
    expect.stringContaining('text.pem has no private key in PEM'),
  ]);
  expect(databaseUrl.safeParse('postgres://u:p@a,/db').error?.issues[0]?.message).toContain(
    'a URL such as postgres://',
  );
  expect(databaseUrl.safeParse('no url').error?.issues[0]?.message).toContain('a URL such as postgres://');
  expect(databaseUrl.safeParse('mysql://host/db').error?.issues[0]?.message).toContain('a URL such as postgres://');
});

it('splits the servers of one URL', () => {
  expect(serverUrls('postgres://u:p%2C@a:5432,[::1]:5433,c/db?sslmode=disable')).toEqual([
    'postgres://u:p%2C@a:5432/db?sslmode=disable',
    'postgres://u:p%2C@[::1]:5433/db?sslmode=disable',
    'postgres://u:p%2C@c/db?sslmode=disable',
  ]);
  expect(serverUrls('postgres://a/db')).toEqual(['postgres://a/db']);
  expect(databaseUrl.safeParse('postgres://u:p@a,b:5433/db').success).toBe(true);
});
