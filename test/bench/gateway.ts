import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { stringify } from 'yaml';
import { freePort } from '../support/ports.js';
import type { Server, Surroundings } from './servers.js';
import { ASK_PROMPT, STATUS_PROMPTS } from './tones.js';

const PROGRAM = join(import.meta.dirname, '../../dist/main.js');
const LINE = '+420222333444';
const READY_WITHIN_MS = 15_000;
/** Nothing is refused: how much is too much is what the benchmark looks for. */
const MAX_CALLS = 4000;

/** The gateway as a company runs it: durable state in SQLite on disk, logs at their usual level. */
export async function startGateway({ asterisk, shopUrl, soundsFolder, folder }: Surroundings): Promise<Server> {
  if (!existsSync(PROGRAM)) throw new Error('the gateway is not built: npm run build');
  const example = join(folder, 'company.yaml');
  await writeFile(example, stringify(company(shopUrl)));
  const port = await freePort();
  const synchronous = process.env['SQLITE_SYNCHRONOUS'] ?? 'NORMAL';
  const logFile = join(folder, 'gateway.log');
  const log = await open(logFile, 'w');
  const child = spawn(process.execPath, [PROGRAM], {
    env: {
      PATH: process.env['PATH'],
      ...asterisk.gatewayEnv(),
      HTTP_PORT: String(port),
      CORDBOARD_DATA: join(folder, 'data'),
      CORDBOARD_API_TOKEN: randomBytes(16).toString('hex'),
      CORDBOARD_EXAMPLE: example,
      CORDBOARD_SOUNDS: soundsFolder,
      SQLITE_SYNCHRONOUS: synchronous,
      MAX_CALLS: String(MAX_CALLS),
    },
    stdio: ['ignore', log.fd, log.fd],
  });
  const ended = once(child, 'exit');
  await log.close();
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  try {
    await Promise.race([ready(port), ended.then(() => Promise.reject(new Error('it ended')))]);
  } catch (error) {
    await stop();
    throw new Error(`the gateway did not start:\n${(await readFile(logFile, 'utf8')).slice(-3000)}`, { cause: error });
  }
  const notes = `state of every step in SQLite on disk, WAL, synchronous=${synchronous}; three requests to the shop a call`;
  return { name: 'gateway', extension: LINE, pid: child.pid, notes, stop };
}

function company(shopUrl: string): unknown {
  return {
    version: 1,
    country: 'CZ',
    languages: ['cs'],
    prompts: [ASK_PROMPT, ...STATUS_PROMPTS].map((id) => ({ id, name: `Prompt ${id}`, sound: `bench-${id}` })),
    lines: [{ number: LINE, name: 'Benchmark', plan: ['answer', { hand_over: { url: shopUrl } }, 'hang_up'] }],
  };
}

async function ready(port: number): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  let trouble = 'no answer';
  while (Date.now() < deadline) {
    const response = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
    if (response?.ok === true) return;
    trouble = (await response?.text()) ?? trouble;
    await delay(50);
  }
  throw new Error(`not ready after ${READY_WITHIN_MS} ms: ${trouble}`);
}
