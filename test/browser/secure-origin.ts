import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { replaceCertificate } from '../support/certificate.js';
import { freePort } from '../support/ports.js';

const run = promisify(execFile);

/** Every browser of this machine finds 127.0.0.1 under this name, with the argument below. */
export const SECURE_NAME = 'pbx.example';
export const RESOLVER_RULE = `--host-resolver-rules=MAP ${SECURE_NAME} 127.0.0.1`;

/** The gateway's own HTTPS, with certificates of an issuer that browsers with the given home folder trust. */
export class SecureOrigin {
  private constructor(
    readonly origin: string,
    /** Of the gateway. */
    readonly gatewayEnv: Record<string, string>,
    /** The home folder of browsers that trust the issuer. */
    readonly home: string,
    private readonly folder: string,
    private readonly tlsDir: string,
  ) {}

  static async create(): Promise<SecureOrigin> {
    const folder = await mkdtemp(path.join(tmpdir(), 'cordboard-secure-'));
    const [tlsDir, home] = [path.join(folder, 'tls'), path.join(folder, 'home')];
    const trusted = `sql:${path.join(home, '.pki/nssdb')}`;
    await Promise.all([tlsDir, path.join(home, '.pki/nssdb')].map((one) => mkdir(one, { recursive: true })));
    const port = String(await freePort());
    const origin = `https://${SECURE_NAME}:${port}`;
    const gatewayEnv = { TLS_DIR: tlsDir, HTTPS_HOST: '127.0.0.1', HTTPS_PORT: port, OUTSIDE_URL: origin };
    const secure = new SecureOrigin(origin, gatewayEnv, home, folder, tlsDir);
    await secure.#openssl(
      'req',
      '-x509',
      ...NEW_KEY,
      '-keyout',
      'root.key',
      '-out',
      'root.pem',
      '-subj',
      '/CN=Test root',
    );
    await run('certutil', ['-d', trusted, '-N', '--empty-password']);
    await run('certutil', ['-d', trusted, '-A', '-n', 'test', '-t', 'C,,', '-i', path.join(folder, 'root.pem')]);
    await secure.issue();
    return secure;
  }

  /** A new certificate with a new key, in place of the former one. */
  async issue(): Promise<void> {
    await this.#openssl('req', ...NEW_KEY, '-keyout', 'key', '-out', 'request', '-subj', `/CN=${SECURE_NAME}`);
    await writeFile(path.join(this.folder, 'names'), `subjectAltName=DNS:${SECURE_NAME}`);
    const issuer = ['-CA', 'root.pem', '-CAkey', 'root.key', '-CAcreateserial'];
    await this.#openssl(
      'x509',
      '-req',
      '-in',
      'request',
      ...issuer,
      '-extfile',
      'names',
      '-days',
      '30',
      '-out',
      'issued',
    );
    const read = (name: string) => readFile(path.join(this.folder, name), 'utf8');
    await replaceCertificate(this.tlsDir, { certificate: await read('issued'), key: await read('key') });
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  #openssl(...args: string[]): Promise<unknown> {
    return run('openssl', args, { cwd: this.folder });
  }
}

const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
