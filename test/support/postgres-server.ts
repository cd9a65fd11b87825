import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import type { CertificatePair } from './certificate.js';
import { freePort } from './ports.js';

const run = promisify(execFile);

/** Debian's package postgresql-15. */
const PROGRAMS = '/usr/lib/postgresql/15/bin';
const READY_MS = 60_000;

interface ServerOptions {
  /** It takes connections with this certificate, and without TLS too. */
  tls?: CertificatePair;
  /** Of postgresql.conf. */
  settings?: Record<string, string>;
}

/**
 * A PostgreSQL server in a temporary folder, on a free port of the loopback interface. Its texts are sorted by the rules of English, unlike
 * those of SQLite.
 */
export class PostgresServer {
  #child: ChildProcess | undefined;
  #output = '';
  #databases = 0;

  private constructor(
    private readonly dir: string,
    readonly port: number,
    private readonly password: string,
    private readonly user: { uid?: number; gid?: number },
    private readonly options: ServerOptions,
  ) {}

  static async start(options: ServerOptions = {}): Promise<PostgresServer> {
    const dir = await mkdtemp(path.join(os.tmpdir(), 'cordboard-postgres-'));
    const password = randomBytes(12).toString('hex');
    const server = new PostgresServer(dir, await freePort(), password, await ownUser(), options);
    try {
      await server.#create();
      await server.run();
    } catch (error) {
      await server.stop();
      throw error;
    }
    return server;
  }

  /** A replica that follows this server; a commit is answered when both have it. Until {@link promote} it takes no writes. */
  async replica(): Promise<PostgresServer> {
    const dir = await mkdtemp(path.join(os.tmpdir(), 'cordboard-postgres-'));
    const { uid, gid } = this.user;
    if (uid !== undefined && gid !== undefined) await chown(dir, uid, gid);
    const replica = new PostgresServer(dir, await freePort(), this.password, this.user, this.options);
    const options = ['-d', this.url('postgres'), '-D', path.join(dir, 'data'), '-R', '--checkpoint=fast', '--no-sync'];
    await run(path.join(PROGRAMS, 'pg_basebackup'), options, { ...this.user, cwd: dir });
    await replica.run();
    await onServer(this.url('postgres'), `alter system set synchronous_standby_names = '*'`);
    await onServer(this.url('postgres'), 'select pg_reload_conf()');
    return replica;
  }

  /** A replica becomes a primary. */
  async promote(): Promise<void> {
    await onServer(this.url('postgres'), 'select pg_promote()');
  }

  url(database: string): string {
    return `postgres://cordboard:${this.password}@127.0.0.1:${this.port}/${database}`;
  }

  /** An empty database. @param template the database that it is a copy of, which must have no connections */
  async createDatabase(template = 'template0'): Promise<string> {
    const name = `test_${process.pid}_${(this.#databases += 1)}`;
    await onServer(this.url('postgres'), `create database ${name} template ${template}`);
    return this.url(name);
  }

  async #create(): Promise<void> {
    const { uid, gid } = this.user;
    const secrets = { password: this.password, ...this.options.tls };
    const secret = path.join(this.dir, 'password');
    for (const [name, text] of Object.entries(secrets))
      await writeFile(path.join(this.dir, name), text, { mode: 0o600 });
    if (uid !== undefined && gid !== undefined)
      for (const name of ['', ...Object.keys(secrets)]) await chown(path.join(this.dir, name), uid, gid);
    const locale = ['--encoding=UTF8', '--locale=C.UTF-8', '--locale-provider=icu', '--icu-locale=en-US'];
    const access = ['--username=cordboard', '--auth=scram-sha-256', `--pwfile=${secret}`];
    const options = ['--no-sync', ...locale, ...access, '-D', path.join(this.dir, 'data')];
    await run(path.join(PROGRAMS, 'initdb'), options, { ...this.user, cwd: this.dir });
  }

  /** Starts it, also after {@link kill}, and waits until it answers. */
  async run(): Promise<void> {
    const settings = {
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      fsync: 'off',
      max_connections: '60',
      ...(this.options.tls && {
        ssl: 'on',
        ssl_cert_file: path.join(this.dir, 'certificate'),
        ssl_key_file: path.join(this.dir, 'key'),
      }),
      ...this.options.settings,
    };
    const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    // It ends with this process, however that ends.
    const child = spawn(
      'setpriv',
      [
        '--pdeathsig=QUIT',
        path.join(PROGRAMS, 'postgres'),
        '-D',
        path.join(this.dir, 'data'),
        '-p',
        String(this.port),
        ...options,
      ],
      { ...this.user, cwd: this.dir, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (this.#output += text));
    this.#child = child;
    const deadline = Date.now() + READY_MS;
    for (;;) {
      if (child.exitCode !== null) throw new Error(`PostgreSQL ended:\n${this.#output}`);
      try {
        await onServer(this.url('postgres'), 'select 1');
        return;
      } catch (error) {
        if (Date.now() > deadline) throw error;
      }
      await delay(50);
    }
  }

  /** Ends it like a power failure of its processes. */
  async kill(): Promise<void> {
    await this.#end('SIGQUIT');
  }

  async stop(): Promise<void> {
    await this.#end('SIGINT');
    await rm(this.dir, { recursive: true, force: true });
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }
}

/** Runs one statement on a connection of its own. */
export async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** PostgreSQL refuses to run as root: its package made a user for it. */
async function ownUser(): Promise<{ uid?: number; gid?: number }> {
  if (process.getuid?.() !== 0) return {};
  const [uid, gid] = await Promise.all(['-u', '-g'].map(async (kind) => (await run('id', [kind, 'postgres'])).stdout));
  return { uid: Number(uid), gid: Number(gid) };
}
