import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { appendFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { stringify } from 'yaml';
import { becomes } from './becomes.js';
import { writeFragmentTones } from './fragments.js';
import { freePort } from './ports.js';
import { toneLanguages } from './sip/tone-table.js';
import { toneWav } from './tones.js';

const root = path.resolve(import.meta.dirname, '../..');
/** Long enough for a machine on which many gateways start at once. */
const READY_MS = 90_000;
const POLL_MS = 50;

export interface GatewayOptions {
  /** Environment with the addresses of its Asterisk. */
  asterisk: Record<string, string>;
  /** The company's document; each prompt gets its own tone. Default: no document is applied. */
  company?: TestCompany;
  env?: Record<string, string>;
  /** Environment of the first start only, such as a failpoint. */
  firstLife?: Record<string, string>;
  /** Duration of the tone of a prompt. */
  toneMs?: (prompt: number) => number;
  /** The log is appended to this file, and not to {@link Gateway.output}. */
  logFile?: string;
  /** Gives each speech fragment its own tone, this long. Default: no fragments. */
  fragmentMs?: number;
  /** The script that starts it. Default: that of the product. */
  entry?: string;
  /** Folder of the sources whose `dist` runs. Default: these. */
  sources?: string;
}

export type TestCompany = Record<string, unknown> & { prompts?: { id: number; name: string }[] };

/** One entry of a call's timeline, as the API shows it. */
export interface TimelineEntry {
  at: string;
  kind: string;
  data: Record<string, unknown>;
}

/** The built gateway as a separate process, on free ports with its own data folder, as scripts/start runs it. */
export class Gateway {
  readonly token: string;
  #child: ChildProcess | undefined;
  #output = '';
  readonly #env: Record<string, string>;
  readonly #logFile: string | undefined;
  readonly #sources: string;
  readonly #entry: string;

  private constructor(
    readonly dir: string,
    readonly port: number,
    options: GatewayOptions,
  ) {
    this.token = options.env?.['CORDBOARD_API_TOKEN'] ?? randomBytes(24).toString('hex');
    this.#logFile = options.logFile;
    this.#sources = options.sources ?? root;
    this.#entry = options.entry ?? 'dist/main.js';
    this.#env = {
      PATH: process.env['PATH'] ?? '',
      ...options.asterisk,
      HTTP_PORT: String(port),
      CORDBOARD_DATA: path.join(dir, 'data'),
      CORDBOARD_API_TOKEN: this.token,
      CORDBOARD_EXAMPLE: path.join(dir, 'company.yaml'),
      CORDBOARD_SOUNDS: path.join(dir, 'sounds'),
      LOG_LEVEL: 'debug',
      ...options.env,
    };
  }

  /** Starts it and waits until it is ready. */
  static async start(options: GatewayOptions): Promise<Gateway> {
    const gateway = await Gateway.begin(options);
    try {
      await gateway.ready();
    } catch (error) {
      await gateway.stop();
      throw error;
    }
    return gateway;
  }

  /** Starts it without waiting: it may intentionally never become ready. */
  static async begin(options: GatewayOptions): Promise<Gateway> {
    const dir = await mkdtemp(path.join(os.tmpdir(), 'cordboard-gateway-'));
    const gateway = new Gateway(dir, await freePort(), options);
    await writeCompany(dir, options);
    await gateway.run(options.firstLife);
    return gateway;
  }

  /**
   * Starts another version on the data and the ports of this one. It waits on a port of its own until it can take over.
   * @param env for all its starts
   */
  async another(sources: string, env: Record<string, string> = {}): Promise<Gateway> {
    const own = { ...this.#env, STANDBY_PORT: String(await freePort()), ...env };
    const gateway = new Gateway(this.dir, this.port, { asterisk: {}, env: own, sources });
    await gateway.run();
    return gateway;
  }

  /** Resolves when it waits as a standby, on its own port. `port`: as it was started with. */
  async waits(port = this.#env['STANDBY_PORT']): Promise<void> {
    await becomes('it is a standby', async () => {
      if (!this.alive) throw new Error(`the gateway ended:\n${this.#output.slice(-4000)}`);
      const response = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => undefined);
      return ((await response?.json()) as { node?: string } | undefined)?.node === 'standby';
    });
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Path of its database. */
  get database(): string {
    return path.join(this.#env['CORDBOARD_DATA'] ?? '', 'cordboard.db');
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Its log output, across restarts. */
  get output(): string {
    return this.#output;
  }

  get alive(): boolean {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Null while it runs, and after a signal. */
  get exitCode(): number | null {
    return this.#child?.exitCode ?? null;
  }

  /** Starts the process again after a crash. `env`: for this start only. */
  async run(env: Record<string, string> = {}): Promise<void> {
    const log = this.#logFile === undefined ? 'pipe' : openSync(this.#logFile, 'a');
    const child = spawn(process.execPath, [this.#entry], {
      cwd: this.#sources,
      env: { ...this.#env, ...env },
      stdio: ['ignore', log, log],
    });
    if (log !== 'pipe') closeSync(log);
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => (this.#output += text));
    await once(child, 'spawn');
    this.#child = child;
  }

  /** Kills it. */
  async kill(): Promise<void> {
    if (!this.alive) return;
    this.#child?.kill('SIGKILL');
    await this.died();
  }

  /** Resolves when the process has exited. */
  async died(withinMs = 30_000): Promise<void> {
    const child = this.#child;
    if (child === undefined || !this.alive) return;
    const late = AbortSignal.timeout(withinMs);
    await once(child, 'exit', { signal: late });
  }

  /** Stops it gracefully and removes its folder. Its log is appended to the file `GATEWAY_LOG`, if that is set. */
  async stop(): Promise<void> {
    if (this.alive) {
      this.#child?.kill('SIGTERM');
      await this.died(15_000).catch(() => this.kill());
    }
    const keep = process.env['GATEWAY_LOG'];
    if (keep !== undefined) await appendFile(keep, this.#output);
    await rm(this.dir, { recursive: true, force: true });
  }

  async ready(): Promise<void> {
    const deadline = Date.now() + READY_MS;
    let last = '';
    while (Date.now() < deadline) {
      if (!this.alive) throw new Error(`the gateway ended:\n${this.#output.slice(-4000)}`);
      try {
        const response = await fetch(`${this.url}/readyz`);
        if (response.ok) return;
        last = await response.text();
      } catch (error) {
        last = String(error);
      }
      await delay(POLL_MS);
    }
    throw new Error(`the gateway was not ready within ${READY_MS} ms: ${last}\n${this.#output.slice(-4000)}`);
  }

  async api<T = unknown>(pathname: string, init: RequestInit = {}): Promise<T> {
    const response = await this.fetch(pathname, init);
    if (!response.ok) throw new Error(`${pathname}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }

  fetch(pathname: string, init: RequestInit = {}): Promise<Response> {
    return fetch(`${this.url}${pathname}`, {
      ...init,
      headers: { authorization: `Bearer ${this.token}`, ...(init.headers as Record<string, string>) },
    });
  }

  /** The calls of a caller (end of the number), newest first. */
  async calls(
    caller = '',
  ): Promise<{ id: string; caller: string; ended_at: string | null; ended_by: string | null }[]> {
    const { calls } = await this.api<{
      calls: { id: string; caller: string; ended_at: string | null; ended_by: string | null }[];
    }>('/api/v1/calls?limit=100');
    return calls.filter((call) => call.caller.endsWith(caller));
  }

  async timeline(caller: string): Promise<TimelineEntry[]> {
    const [call] = await this.calls(caller);
    if (call === undefined) return [];
    return (await this.api<{ timeline: TimelineEntry[] }>(`/api/v1/calls/${encodeURIComponent(call.id)}`)).timeline;
  }

  /** Waits until the newest call of this caller is over, and returns its timeline. */
  async finished(caller: string, withinMs = 30_000): Promise<TimelineEntry[]> {
    const deadline = Date.now() + withinMs;
    for (;;) {
      const [call] = await this.calls(caller);
      if (call !== undefined && call.ended_at !== null) return this.timeline(caller);
      if (Date.now() > deadline)
        throw new Error(`the call of ${caller} is not over: ${JSON.stringify(await this.timeline(caller))}`);
      await delay(POLL_MS);
    }
  }

  handsetPassword(name: string): Promise<string> {
    return readFile(path.join(this.#env['CORDBOARD_DATA'] ?? '', 'secrets', `handset-${name}`), 'utf8').then((text) =>
      text.trim(),
    );
  }
}

async function writeCompany(dir: string, { company, toneMs = () => 1000, fragmentMs }: GatewayOptions): Promise<void> {
  const prompts = company?.prompts ?? [];
  for (const language of toneLanguages) {
    const folder = path.join(dir, 'sounds', language);
    await mkdir(folder, { recursive: true });
    await Promise.all(
      prompts.map(({ id }) => writeFile(path.join(folder, `p${id}.wav`), toneWav(id, language, toneMs(id)))),
    );
    if (fragmentMs !== undefined) await writeFragmentTones(path.join(dir, 'sounds'), language, fragmentMs);
  }
  const document = {
    version: 1,
    ...company,
    prompts: prompts.map((prompt) => ({ ...prompt, sound: `p${prompt.id}` })),
  };
  await writeFile(path.join(dir, 'company.yaml'), stringify(document));
}

/** Prompts with only an id, for documents of tests. */
export function prompts(...ids: number[]): { id: number; name: string }[] {
  return ids.map((id) => ({ id, name: `prompt ${id}` }));
}
