import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { TestAsterisk } from '../../support/asterisk.js';
import type { Run } from '../lib/scenario.js';
import { extensions, MINIMAL_APP } from './dialplan.js';
import { SOUNDS, type BenchHarness } from './calls-harness.js';

export const serverNames = ['dialplan', 'minimal app', 'gateway'] as const;

/** What the competitors have in common: a number to dial at an Asterisk, and perhaps a process of their own. */
export interface Server {
  name: string;
  asterisk: TestAsterisk;
  extension: string;
  /** Of the application's process; undefined when Asterisk does it all. */
  pid: number | undefined;
  /** What a reader has to know of how it ran. */
  notes: string;
}

export function dialplanServer(asterisk: TestAsterisk): Server {
  return {
    name: 'dialplan',
    asterisk,
    extension: extensions.dialplan,
    pid: undefined,
    notes: 'Read, CURL, Playback; one request to the shop a call',
  };
}

export async function startMinimalApp(run: Run, harness: BenchHarness, asterisk: TestAsterisk): Promise<Server> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'minimal-app.mjs')], {
    env: { ...process.env, ...asterisk.gatewayEnv(), ARI_APP: MINIMAL_APP, SHOP_URL: harness.shopUrl, SOUNDS },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  run.onEnd(() => end(child));
  await untilPrinted(child, /ready/);
  return {
    name: 'minimal app',
    asterisk,
    extension: extensions.minimalApp,
    pid: child.pid,
    notes: 'ari-client over HTTP, state in memory; three requests to the shop a call',
  };
}

/** Resolves when the process prints this; rejects when it ends before. */
function untilPrinted(child: ChildProcess, pattern: RegExp): Promise<void> {
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

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}
