import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { TestAsterisk } from '../support/asterisk.js';
import { extensions, MINIMAL_APP } from './dialplan.js';
import { startGateway } from './gateway.js';

/** What the competitors have in common: a number to dial on the one Asterisk, and perhaps a process of their own. */
export interface Server {
  name: 'dialplan' | 'minimal app' | 'gateway';
  extension: string;
  /** Of the application's process; undefined when Asterisk does it all. */
  pid: number | undefined;
  /** What a reader has to know of how it ran. */
  notes: string;
  stop(): Promise<void>;
}

export interface Surroundings {
  asterisk: TestAsterisk;
  shopUrl: string;
  /** The prompts' folder as Asterisk knows it. */
  sounds: string;
  /** The same folder on disk; holds `cs/bench-ID.wav` besides, for the gateway to serve. */
  soundsFolder: string;
  /** Empty, to be written to. */
  folder: string;
}

export const starters = {
  dialplan: startDialplan,
  'minimal app': startMinimalApp,
  gateway: startGateway,
} satisfies Record<Server['name'], (around: Surroundings) => Promise<Server>>;

function startDialplan(): Promise<Server> {
  return Promise.resolve({
    name: 'dialplan',
    extension: extensions.dialplan,
    pid: undefined,
    notes: 'Read, CURL, Playback; one request to the shop a call',
    stop: () => Promise.resolve(),
  });
}

async function startMinimalApp({ asterisk, shopUrl, sounds }: Surroundings): Promise<Server> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'minimal-app.mjs')], {
    env: { ...process.env, ...asterisk.gatewayEnv(), ARI_APP: MINIMAL_APP, SHOP_URL: shopUrl, SOUNDS: sounds },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await untilPrinted(child, /ready/);
  return {
    name: 'minimal app',
    extension: extensions.minimalApp,
    pid: child.pid,
    notes: 'ari-client over HTTP, state in memory; three requests to the shop a call',
    stop: () => end(child),
  };
}

/** Resolves when the process prints this; rejects when it ends before. */
export function untilPrinted(child: ChildProcess, pattern: RegExp): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = '';
    child.stdout?.on('data', (text: Buffer) => {
      output = (output + text.toString('utf8')).slice(-10_000);
      if (pattern.test(output)) resolve();
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`ended with ${code} before it was ready: ${output}`)));
  });
}

export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}
