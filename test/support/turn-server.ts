import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isListening } from './turn-client.js';

const launcher = path.resolve(import.meta.dirname, '../../turn-server/run');
const READY_MS = 20_000;

/** Ends it, and returns what it has logged. */
export type StopTurnServer = () => Promise<string>;

/** Starts the shipped TURN server. @param variables of turn-server/run */
export async function startTurnServer(variables: Record<string, string>): Promise<StopTurnServer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'cordboard-turn-'));
  const child = spawn(launcher, [], {
    env: { PATH: process.env['PATH'], TURN_FOLDER: folder, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const closed = once(child, 'close').then(() => false);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output = (output + text).slice(-20_000)));
  const stop = async () => {
    child.kill('SIGTERM');
    await closed;
    await rm(folder, { recursive: true, force: true });
    return output;
  };
  const isReady = await Promise.race([answers(variables), closed]);
  if (isReady) return stop;
  await stop();
  throw new Error(`coturn did not start:\n${output}`);
}

async function answers({ LOCAL_ADDRESS, TURN_PORT }: Record<string, string>): Promise<boolean> {
  const deadline = Date.now() + READY_MS;
  while (Date.now() < deadline) if (await isListening(Number(TURN_PORT), LOCAL_ADDRESS)) return true;
  return false;
}
