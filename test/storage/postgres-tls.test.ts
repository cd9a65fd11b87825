import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDataFolder } from '../../src/app/data-folder.js';
import { explainStartError } from '../../src/app/start-error.js';
import { databaseUrl } from '../../src/storage/postgres/database-url.js';
import { makeCertificate } from '../support/certificate.js';
import { PostgresServer } from '../support/postgres-server.js';

/** TLS to a real PostgreSQL, whose certificate was signed by an authority of its own. */

const run = promisify(execFile);

let dir: string;
let server: PostgresServer;
let authority: string;
let stranger: string;

beforeAll(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'cordboard-postgres-tls-'));
  const file = (name: string) => path.join(dir, name);
  authority = file('authority.pem');
  const ca = await makeCertificate(dir, 'authority');
  await writeFile(authority, ca.certificate);
  await writeFile(file('authority.key'), ca.key);
  stranger = file('stranger.pem');
  await writeFile(stranger, (await makeCertificate(dir, 'stranger')).certificate);
  const request = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', file('key')];
  await run('openssl', ['req', ...request, '-subj', '/CN=database', '-out', file('request')]);
  await writeFile(file('names'), 'subjectAltName=DNS:localhost');
  const signed = ['-in', file('request'), '-CA', authority, '-CAkey', file('authority.key'), '-CAcreateserial'];
  await run('openssl', [
    'x509',
    '-req',
    ...signed,
    '-days',
    '30',
    '-extfile',
    file('names'),
    '-out',
    file('certificate'),
  ]);
  const [certificate, key] = await Promise.all([readFile(file('certificate'), 'utf8'), readFile(file('key'), 'utf8')]);
  server = await PostgresServer.start({ tls: { certificate, key } });
});
afterAll(async () => {
  await server.stop();
  await rm(dir, { recursive: true });
});

/** @returns whether the connection is encrypted, or what the gateway says at its start */
async function connected(parameters: string, host = 'localhost'): Promise<boolean | string | undefined> {
  const url = `${server.url('postgres').replace('127.0.0.1', host)}${parameters}`;
  expect(databaseUrl.safeParse(url).error).toBeUndefined();
  const place = { dataDir: dir, http: { host: '', port: 0 } };
  try {
    const db = await openDataFolder({ ...place, databaseUrl: url, sqlite: {} });
    const { rows } = await sql<{ ssl: number }>`select ssl from pg_stat_ssl where pid = pg_backend_pid()`.execute(db);
    await db.destroy();
    return rows[0]?.ssl === 1;
  } catch (error) {
    return explainStartError(error, place) ?? String(error);
  }
}

it('verifies the certificate of the server and its name', async () => {
  expect(await connected(`?sslmode=verify-full&sslrootcert=${authority}`)).toBe(true);
  const remedy =
    /has no certificate that the gateway trusts \(.+\): name the certificate of its authority in sslrootcert/;
  expect(await connected(`?sslmode=verify-full&sslrootcert=${stranger}`)).toMatch(remedy);
  expect(await connected('?sslmode=verify-full')).toMatch(remedy);
  expect(await connected(`?sslmode=verify-full&sslrootcert=${authority}`, '127.0.0.1')).toMatch(remedy);
});

it('encrypts without a check, or does not encrypt, only when told so', async () => {
  expect(await connected('?sslmode=no-verify')).toBe(true);
  expect(await connected('?sslmode=disable')).toBe(false);
  expect(await connected('')).toBe(false);
});

it('refuses a server without TLS', async () => {
  const plain = await PostgresServer.start();
  try {
    const url = `${plain.url('postgres')}?sslmode=no-verify`;
    const opened = openDataFolder({ dataDir: dir, databaseUrl: url, sqlite: {} });
    await expect(opened).rejects.toMatchObject({ code: 'POSTGRES_UNTRUSTED' });
  } finally {
    await plain.stop();
  }
});
