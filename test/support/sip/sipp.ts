import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../ports.js';
import { Child } from './child.js';
import { Ear } from './ear.js';
import type { Heard } from './recogniser.js';
import { sippCsv, sippScenario, type SippStep } from './sipp-scenario.js';

export type { SippStep } from './sipp-scenario.js';

/** At the timeout SIPp makes no new calls but waits for those in a pause; this much later (ms) it is killed. */
const OVERTIME_MS = 1000;
const DEFAULT_TIMEOUT_MS = 60_000;

type OfCaller = string | ((caller: number) => string);
const valueFor = (value: OfCaller, caller: number) => (typeof value === 'string' ? value : value(caller));

export interface SippOptions {
  /** Asterisk's SIP address. */
  server: { host: string; port: number };
  /** Number to call. */
  target: OfCaller;
  /** The caller's own number, as From shows it. */
  from: OfCaller;
  script: readonly SippStep[];
  /** Total number of calls. Default 1. */
  count?: number;
  /** New calls a second. Default 10. */
  rate?: number;
  /** Maximum number of calls at the same time. Default: all. */
  limit?: number;
  /** Time limit for all calls (ms). Default a minute. */
  timeoutMs?: number;
}

export interface SippCall {
  caller: number;
  from: string;
  target: string;
  answered: boolean;
  /** `failed`: neither answered nor refused in time, or an unexpected message; see `errors`. */
  endedBy: 'caller' | 'peer' | 'refused' | 'failed';
  /** The final SIP status: 200, or that of the refusal; undefined without one. */
  status: number | undefined;
  heard: Heard[];
}

export interface SippResult {
  calls: SippCall[];
  /** By SIPp's own statistics; calls not started, or cut off at the timeout, count as failed. */
  successful: number;
  failed: number;
  /** SIPp's error output. */
  errors: string;
}

/**
 * Makes calls with SIPp, each with its own number, digits and ear, and returns the result of each. SIPp sends no audio, and the
 * dialplan's `Answer()` (not ARI's) waits half a second for some before it continues.
 */
export async function sippCalls(options: SippOptions): Promise<SippResult> {
  const callers = Array.from({ length: options.count ?? 1 }, (_, caller) => caller);
  const ears = await Promise.all(callers.map(() => new Ear({ live: false }).open()));
  const folder = await mkdtemp(join(tmpdir(), 'sipp-'));
  try {
    const fields = callers.map((caller) => ({
      caller,
      from: valueFor(options.from, caller),
      target: valueFor(options.target, caller),
      mediaHost: ears[caller]!.address.host,
      mediaPort: ears[caller]!.address.port,
    }));
    await writeFile(join(folder, 'scenario.xml'), sippScenario(options.script));
    await writeFile(join(folder, 'callers.csv'), sippCsv(options.script, fields));
    await runSipp(folder, options, callers.length);
    await Promise.all(ears.map((ear) => ear.close()));
    const log = await readIfThere(join(folder, 'calls.log'));
    const calls = fields.map(({ caller, from, target }) => ({
      caller,
      from,
      target,
      ...outcomeOf(caller, log),
      heard: ears[caller]!.heard(),
    }));
    const statistics = lastRow(await readFile(join(folder, 'statistics.csv'), 'utf8'));
    const successful = Number(statistics['SuccessfulCall(C)']);
    return {
      calls,
      successful,
      failed: callers.length - successful,
      errors: await readIfThere(join(folder, 'errors.log')),
    };
  } finally {
    await Promise.all(ears.map((ear) => ear.close()));
    await rm(folder, { recursive: true, force: true });
  }
}

async function runSipp(folder: string, options: SippOptions, count: number): Promise<void> {
  const { server, rate = 10, limit = count, timeoutMs = DEFAULT_TIMEOUT_MS } = options;
  const settings = {
    sf: 'scenario.xml',
    inf: 'callers.csv',
    i: '127.0.0.1',
    p: await freePort(),
    m: count,
    r: rate,
    l: limit,
    timeout: `${timeoutMs}ms`,
    recv_timeout: timeoutMs,
    log_file: 'calls.log',
    error_file: 'errors.log',
    stf: 'statistics.csv',
  };
  const switches = ['-nostdin', '-aa', '-trace_logs', '-trace_err', '-trace_stat'];
  const args = Object.entries(settings).flatMap(([name, value]) => [`-${name}`, String(value)]);
  const sipp = Child.run('sipp', [`${server.host}:${server.port}`, ...args, ...switches], {
    cwd: folder,
    env: { ...process.env, TERM: 'dumb' },
  });
  const overtime = setTimeout(() => void sipp.stop(), timeoutMs + OVERTIME_MS);
  const code = await sipp.exited;
  clearTimeout(overtime);
  // 0: success, 1: some calls failed, 97: timeout. Anything else: SIPp did not start.
  if (code === 0 || code === 1 || code === 97) {
    if ((await readIfThere(join(folder, 'statistics.csv'))) !== '') return;
  }
  throw new Error(`SIPp ended with ${code}: ${await readIfThere(join(folder, 'errors.log'))}${sipp.output}`);
}

function outcomeOf(caller: number, log: string): Pick<SippCall, 'answered' | 'endedBy' | 'status'> {
  const words = log
    .split('\n')
    .filter((line) => line.startsWith(`${caller} `))
    .map((line) => line.slice(line.indexOf(' ') + 1).trim());
  const answered = words.includes('answered');
  const refused = words.find((word) => word.startsWith('refused'));
  if (refused !== undefined) return { answered, endedBy: 'refused', status: Number(refused.split(' ')[1]) };
  const endedBy = words.includes('peer') ? 'peer' : words.includes('caller') ? 'caller' : 'failed';
  return { answered, endedBy, status: answered ? 200 : undefined };
}

/** The last line of SIPp's statistics, by the names of its first line. */
function lastRow(csv: string): Record<string, string> {
  const lines = csv.trim().split('\n');
  const names = lines[0]?.split(';') ?? [];
  const values = lines.at(-1)?.split(';') ?? [];
  return Object.fromEntries(names.map((name, column) => [name, values[column] ?? '']));
}

const readIfThere = (path: string) => readFile(path, 'utf8').catch(() => '');
