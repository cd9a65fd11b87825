import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Gateway, type TestCompany } from '../../support/gateway.js';
import { freePort } from '../../support/ports.js';
import { Inspector } from './inspector.js';
import type { Revision } from './revision.js';
import type { Run } from './scenario.js';

/** Nothing is refused: how much is too much is what the benchmark looks for. */
const MAX_CALLS = 4000;

export interface GatewayToMeasure {
  revision: Revision;
  /** Environment with which it finds its Asterisk. */
  asterisk: Record<string, string>;
  company: TestCompany;
  env?: Record<string, string>;
  /** Starts it with an inspector, which costs a little. */
  inspected?: boolean;
  toneMs?: number;
}

/** The gateway as a company runs it: durable state in SQLite on disk, logs at their usual level. It ends with the run. */
export async function startGateway(
  run: Run,
  { revision, asterisk, company, env, inspected = false, toneMs = 400 }: GatewayToMeasure,
): Promise<{ gateway: Gateway; inspector: () => Promise<Inspector> }> {
  const inspectorPort = await freePort();
  const logFile = join(run.folder, `gateway-${await freePort()}.log`);
  const gateway = await Gateway.begin({
    asterisk,
    company,
    sources: revision.root,
    logFile,
    toneMs: () => toneMs,
    env: {
      LOG_LEVEL: 'info',
      MAX_CALLS: String(MAX_CALLS),
      SQLITE_SYNCHRONOUS: synchronous(),
      ...(inspected ? { NODE_OPTIONS: `--inspect=127.0.0.1:${inspectorPort}` } : {}),
      ...env,
    },
  });
  run.onEnd(() => gateway.stop());
  try {
    await gateway.ready();
  } catch (error) {
    throw new Error(`the gateway did not start:\n${(await readFile(logFile, 'utf8')).slice(-3000)}`, { cause: error });
  }
  return { gateway, inspector: () => Inspector.connect(inspectorPort) };
}

/** SQLite's `synchronous` of the gateways in this run. */
export function synchronous(): string {
  return process.env['SQLITE_SYNCHRONOUS'] ?? 'NORMAL';
}

/** The process id of a gateway that runs. */
export function pidOf({ pid }: Gateway): number {
  if (pid === undefined) throw new Error('the gateway is down');
  return pid;
}
