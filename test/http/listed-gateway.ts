import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { becomes } from '../support/becomes.js';
import { freePort } from '../support/ports.js';

const READY_MS = 60_000;

/** The built gateway, without an Asterisk and without a company, with a list of the routes that its router has. */
export class ListedGateway {
  private constructor(
    readonly url: string,
    private readonly process: ChildProcess,
    private readonly folder: string,
  ) {}

  /** @param env what differs from the settings of all such gateways */
  static async start(env: Record<string, string>): Promise<ListedGateway> {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'cordboard-routes-'));
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const started = spawn(process.execPath, [path.join(import.meta.dirname, 'list-routes.mjs')], {
      env: {
        PATH: process.env['PATH'] ?? '',
        ROUTES_FILE: path.join(folder, 'routes'),
        HTTP_PORT: String(port),
        CORDBOARD_DATA: path.join(folder, 'data'),
        CORDBOARD_EXAMPLE: 'none',
        // Nothing listens there.
        ARI_URL: 'http://127.0.0.1:9',
        ARI_PASSWORD: 'x',
        AMI_PORT: '9',
        AMI_PASSWORD: 'x',
        LOG_LEVEL: 'silent',
        ...env,
      },
      stdio: 'ignore',
    });
    const gateway = new ListedGateway(url, started, folder);
    const isHealthy = () =>
      fetch(`${url}/healthz`).then(
        ({ ok }) => ok,
        () => false,
      );
    try {
      await becomes('the gateway answers', isHealthy, READY_MS);
    } catch (error) {
      await gateway.stop();
      throw error;
    }
    return gateway;
  }

  async routes(): Promise<{ method: string; path: string }[]> {
    const lines = (await readFile(path.join(this.folder, 'routes'), 'utf8')).trim().split('\n');
    return lines.map((line) => JSON.parse(line) as { method: string; path: string });
  }

  /** CPU time that its main thread has had, in milliseconds. */
  async cpuMs(): Promise<number> {
    const { pid } = this.process;
    const [ns = ''] = (await readFile(`/proc/${pid}/task/${pid}/schedstat`, 'utf8')).split(' ');
    return Number(ns) / 1e6;
  }

  async stop(): Promise<void> {
    this.process.kill();
    if (this.process.exitCode === null) await once(this.process, 'exit');
    await rm(this.folder, { recursive: true });
  }
}
