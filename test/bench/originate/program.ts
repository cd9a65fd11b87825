import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { stringify } from 'yaml';
import type { TestAsterisk } from '../../support/asterisk.js';
import { freePort } from '../../support/ports.js';

const PROGRAM = join(import.meta.dirname, '../../../dist/main.js');
const READY_WITHIN_MS = 20_000;

/** The gateway as a company runs it, with its state on disk. */
export async function startProgram(options: {
  asterisk: TestAsterisk;
  folder: string;
  token: string;
  company: unknown;
}): Promise<{ url: string; pid: number | undefined; stop: () => Promise<void> }> {
  const { asterisk, folder, token, company } = options;
  const example = join(folder, 'company.yaml');
  await writeFile(example, stringify(company));
  const port = await freePort();
  const log = await open(join(folder, 'gateway.log'), 'w');
  const child = spawn(process.execPath, [PROGRAM], {
    env: {
      PATH: process.env['PATH'],
      ...asterisk.gatewayEnv(),
      HTTP_PORT: String(port),
      CORDBOARD_DATA: join(folder, 'data'),
      CORDBOARD_API_TOKEN: token,
      CORDBOARD_EXAMPLE: example,
      CORDBOARD_SOUNDS: join(folder, 'sounds'),
      MAX_CALLS: '4000',
    },
    stdio: ['ignore', log.fd, log.fd],
  });
  const ended = once(child, 'exit');
  await log.close();
  const url = `http://127.0.0.1:${port}`;
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  for (const until = Date.now() + READY_WITHIN_MS; ;) {
    const response = await fetch(`${url}/readyz`).catch(() => undefined);
    if (response?.ok === true) return { url, pid: child.pid, stop };
    if (Date.now() > until || child.exitCode !== null) {
      await stop();
      throw new Error(`the gateway is not ready after ${READY_WITHIN_MS} ms; is it built?`);
    }
    await delay(50);
  }
}
