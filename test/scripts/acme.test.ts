import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connect } from 'node:tls';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { commandsOf, docPages } from '../docs/blocks.js';
import { ListedGateway } from '../http/listed-gateway.js';
import { AcmeIssuer } from '../support/acme-issuer.js';
import { becomes } from '../support/becomes.js';
import { certificateFolder } from '../support/certificate.js';
import { freePort } from '../support/ports.js';

/** The commands of docs/encryption.md, with a real issuer that asks the gateway for each challenge. */

const run = promisify(execFile);
const NAME = 'pbx.example';

let folder: string;
let tlsDir: string;
let httpsPort: number;
let gateway: ListedGateway;
let issuer: AcmeIssuer;
let root: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'cordboard-acme-'));
  tlsDir = await certificateFolder();
  httpsPort = await freePort();
  gateway = await ListedGateway.start({
    TLS_DIR: tlsDir,
    CORDBOARD_API_TOKEN: 'a-token-that-nobody-uses',
    HTTPS_HOST: '127.0.0.1',
    HTTPS_PORT: String(httpsPort),
    ACME_DIR: path.join(folder, 'webroot/.well-known/acme-challenge'),
  });
  issuer = await AcmeIssuer.start(Number(new URL(gateway.url).port));
  root = await issuer.root(await readFile(issuer.caFile, 'utf8'));
}, 120_000);
afterAll(async () => {
  await issuer.stop();
  await gateway.stop();
  await Promise.all([folder, tlsDir].map((one) => rm(one, { recursive: true })));
});

/** The serial number of the gateway's certificate; undefined if clients who trust the issuer alone refuse it. */
async function served(): Promise<string | undefined> {
  const socket = connect({ host: '127.0.0.1', port: httpsPort, servername: NAME, ca: root });
  try {
    await once(socket, 'secureConnect');
    return socket.getPeerCertificate().serialNumber;
  } catch {
    return undefined;
  } finally {
    socket.destroy();
  }
}

/** The documented command, with the places of this test. @param more options for the issuer of this test */
function documented(program: string, more = ''): string {
  const page = docPages().find(({ name }) => name === 'docs/encryption.md');
  const isIt = (one: string) => one.startsWith(`${program} `) && one.includes('/var/lib/cordboard-acme');
  const command = page?.blocks.flatMap(({ text }) => commandsOf(text)).find(isIt);
  if (command === undefined) throw new Error(`docs/encryption.md has no command of ${program}`);
  return command
    .replace(`${program} `, `${program} ${more} `)
    .replaceAll('/var/lib/cordboard-acme', path.join(folder, 'webroot'))
    .replaceAll('/var/lib/lego', path.join(folder, 'lego'))
    .replaceAll('/srv/cordboard', path.resolve(import.meta.dirname, '../..'));
}

it.each([
  [
    'certbot',
    () => {
      const folders = ['config', 'work', 'logs'].map((name) => `--${name}-dir ${path.join(folder, 'certbot', name)}`);
      return `--server ${issuer.url} --non-interactive --agree-tos --register-unsafely-without-email ${folders.join(' ')}`;
    },
  ],
  ['lego', () => `--server ${issuer.url}`],
])(
  '%s gets a certificate, and the gateway serves it without a restart',
  async (program, more) => {
    const before = await served();
    const trust = { LEGO_CA_CERTIFICATES: issuer.caFile, REQUESTS_CA_BUNDLE: issuer.caFile };
    const env = { PATH: process.env['PATH'], TLS_DIR: tlsDir, ...trust };
    for (const command of [documented('mkdir'), documented(program, more())])
      await run('bash', ['-c', command], { cwd: folder, env });
    const isNew = async () => {
      const now = await served();
      return now !== before && now;
    };
    expect(await becomes('the new certificate is served', isNew)).toBeDefined();
  },
  120_000,
);
