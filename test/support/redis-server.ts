import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Redis } from 'ioredis';
import { becomes } from './becomes.js';
import { freePort } from './ports.js';

/**
 * The server's program of Debian's package redis-tools, which runs as the server under this name: unlike the package redis-server it
 * brings no service.
 */
const PROGRAM = '/usr/bin/redis-check-rdb';
const PASSWORD = 'a password of the tests';

/** A Redis server of its own, on a free port, with a password, which keeps nothing on disk. */
export class RedisServer {
  #child: ChildProcess | undefined;

  private constructor(
    private readonly port: number,
    private readonly folder: string,
    /** Further settings of the server. */
    private readonly settings: Record<string, string>,
  ) {}

  static async start(settings: Record<string, string> = {}): Promise<RedisServer> {
    const folder = await mkdtemp(path.join(tmpdir(), 'cordboard-redis-'));
    const server = new RedisServer(await freePort(), folder, settings);
    await server.start();
    return server;
  }

  get url(): string {
    return `redis://:${encodeURIComponent(PASSWORD)}@127.0.0.1:${this.port}`;
  }

  get password(): string {
    return PASSWORD;
  }

  async start(): Promise<void> {
    const options = {
      bind: '127.0.0.1',
      port: this.port,
      dir: this.folder,
      save: '',
      requirepass: PASSWORD,
      ...this.settings,
    };
    const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
    this.#child = spawn(PROGRAM, args, { argv0: 'redis-server', stdio: 'ignore' });
    await once(this.#child, 'spawn');
    await becomes('Redis responds', () => this.run((redis) => redis.ping()).catch(() => undefined));
  }

  pause(): void {
    this.#child?.kill('SIGSTOP');
  }

  resume(): void {
    this.#child?.kill('SIGCONT');
  }

  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child === undefined) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  async stop(): Promise<void> {
    await this.kill();
    await rm(this.folder, { recursive: true });
  }

  /** Runs commands as another client. */
  async run<T>(command: (redis: Redis) => Promise<T>): Promise<T> {
    const redis = new Redis(this.url, { lazyConnect: true, retryStrategy: null, protocol: 2 });
    redis.on('error', () => undefined);
    try {
      await redis.connect();
      return await command(redis);
    } finally {
      redis.disconnect();
    }
  }
}
