import { setTimeout as delay } from 'node:timers/promises';
import { RealProbe } from '../asterisk/probe.js';
import { BackupFolder } from '../backups/backup-folder.js';
import { NOT_OF_POSTGRES } from '../backups/backups.js';
import { ConfigError, readConfig, type Config } from '../config.js';
import { asteriskChecks, NEEDS_GATEWAY } from '../doctor/checks.js';
import { checkBackup } from '../doctor/checks/backup.js';
import { checkRedis } from '../doctor/checks/redis.js';
import { checkDisk } from '../doctor/checks/disk.js';
import { checkFreePort } from '../doctor/checks/http.js';
import { beginRun, type Check } from '../doctor/doctor.js';
import { failed, ok, type Finding } from '../doctor/finding.js';
import { printFoot, printRow } from '../doctor/print.js';
import { SIP_CALL_CHECKS } from '../doctor/sip-call/make-sip-call.js';
import { presentRow, presentRun, runAnswer, type RunAnswer } from '../doctor/routes.js';
import { systemClock } from '../lib/clock.js';
import { CommandError, EXIT, UnreachableError, type Terminal } from './command.js';
import { withStoredSecrets } from './environment.js';
import { Gateway, GatewayRefused } from './gateway.js';
import { z } from 'zod';

interface DoctorOptions {
  /** Makes the test calls. */
  call: boolean;
  json: boolean;
}

const POLL_MS = 300;
const CONFLICT = 409;

/**
 * `cordboard doctor`: checks everything. The running gateway makes the checks; without one, what can be checked from here is.
 * @returns the exit code: problems when a check failed
 */
export async function doctor(options: DoctorOptions, terminal: Terminal): Promise<number> {
  const onRow = options.json ? () => undefined : (row: RunAnswer['rows'][number]) => terminal.out(printRow(row));
  const run = await atGateway(options, terminal, onRow).catch((error: unknown) => {
    if (!(error instanceof UnreachableError || error instanceof CommandError)) throw error;
    return withoutGateway(error, terminal, onRow);
  });
  terminal.out(options.json ? `${JSON.stringify(run, null, 2)}\n` : printFoot(run.rows));
  return run.status === 'failed' ? EXIT.problems : EXIT.ok;
}

type OnRow = (row: RunAnswer['rows'][number]) => void;

async function atGateway({ call }: DoctorOptions, terminal: Terminal, onRow: OnRow): Promise<RunAnswer> {
  const gateway = await Gateway.of(terminal);
  const body = { type: 'application/json', body: JSON.stringify({ loop_back: call }) };
  await gateway.request('POST', '/api/v1/system/checks', body).catch((error: unknown) => {
    // Those of somebody else are just as good.
    if (!(error instanceof GatewayRefused && error.status === CONFLICT)) throw error;
  });
  for (let shown = 0; ;) {
    const { run } = lastRun.parse(JSON.parse(await gateway.request('GET', '/api/v1/system/checks')));
    const done = run.rows.filter(({ state }) => state === 'done');
    done.slice(shown).forEach(onRow);
    shown = done.length;
    if (run.finished_at !== null) return run;
    await delay(POLL_MS);
  }
}

const lastRun = z.object({ run: runAnswer });

/** What can be checked while no gateway runs, or it cannot be asked. */
async function withoutGateway(reason: Error, { env }: Terminal, onRow: OnRow): Promise<RunAnswer> {
  const gateway = gatewayRow(reason);
  const config = configOf(env);
  const checks = 'status' in config ? [row('settings', config), gateway] : [];
  const probe = 'status' in config ? undefined : new RealProbe({ ...config, clock: systemClock });
  if (!('status' in config) && probe !== undefined) checks.push(...localChecks(config, probe, gateway));
  try {
    const { run, done } = beginRun(checks, systemClock, { onRow: (one) => onRow(presentRow(one)) });
    await done;
    return presentRun(run);
  } finally {
    await probe?.close();
  }
}

function gatewayRow(reason: Error): Check {
  const isRefused = reason instanceof GatewayRefused;
  return row('gateway', failed(reason.message, isRefused ? 'gateway_refuses' : 'gateway_down'));
}

function localChecks(config: Config, probe: RealProbe, gateway: Check): Check[] {
  const now = () => systemClock.now();
  const { redisUrl } = config;
  return [
    row('settings', ok('every variable is valid')),
    gateway,
    { id: 'disk', run: () => checkDisk(config.dataDir) },
    { id: 'http', run: () => checkFreePort(config.http) },
    ...asteriskChecks(probe, config, undefined, now),
    row('prompts', NEEDS_GATEWAY),
    { id: 'backup', run: () => backupIn(config, now()) },
    ...(redisUrl === undefined ? [] : [{ id: 'redis', run: () => checkRedis(redisUrl) } as const]),
    ...SIP_CALL_CHECKS.map((id) => row(id, NEEDS_GATEWAY)),
    row('loop_back', NEEDS_GATEWAY),
  ];
}

async function backupIn({ backups: { folder, at }, databaseUrl }: Config, now: number): Promise<Finding> {
  const [newest] = await new BackupFolder(folder).list();
  const refusal = databaseUrl === undefined ? undefined : NOT_OF_POSTGRES;
  return checkBackup({ lastAt: newest?.createdAt, failure: undefined, isScheduled: at !== undefined, refusal }, now);
}

function row(id: Check['id'], finding: Finding): Check {
  return { id, run: () => finding };
}

function configOf(env: Terminal['env']): Config | Finding {
  try {
    return readConfig(withStoredSecrets(env));
  } catch (error) {
    if (error instanceof ConfigError) return failed(error.message, 'settings_invalid');
    throw error;
  }
}
