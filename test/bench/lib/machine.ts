import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { cpus, loadavg, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { round } from './statistics.js';

const run = promisify(execFile);
const LOOK_MS = 2000;
/** Above this part of the CPU used by others before the run, its figures are marked. */
const QUIET_BELOW_PERCENT = 10;

/** What the figures of a run depend on. */
export interface Machine {
  cpu: string;
  cores: number;
  memoryGb: number;
  system: string;
  kernel: string;
  node: string;
  asterisk: string;
  /** Averages over 1, 5 and 15 minutes before the run. */
  loadAverage: number[];
  /** Of all cores, used by others in the two seconds before the run. */
  busyPercent: number;
  /** False: others used the machine before the run, or it had more to do in the last minute than the half of its cores. */
  quiet: boolean;
}

export async function describeMachine(): Promise<Machine> {
  const [asterisk, busyPercent] = await Promise.all([asteriskVersion(), busyBetween()]);
  const loadAverage = loadavg().map(round);
  const cores = cpus().length;
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores,
    memoryGb: round(totalmem() / 2 ** 30),
    system: await systemName(),
    kernel: release(),
    node: process.version,
    asterisk,
    loadAverage,
    busyPercent,
    quiet: busyPercent < QUIET_BELOW_PERCENT && (loadAverage[0] ?? 0) < cores / 2,
  };
}

export function machineLine({ cpu, cores, node, asterisk, quiet, loadAverage, busyPercent }: Machine): string {
  const state = quiet ? 'quiet' : `BUSY (load ${loadAverage.join(' ')}, ${busyPercent} % of the CPU used by others)`;
  return `${cores} cores of ${cpu}, Node ${node}, Asterisk ${asterisk}, ${state}`;
}

async function asteriskVersion(): Promise<string> {
  const { stdout: rootfs } = await run(join(import.meta.dirname, '../../../scripts/lib/provide-asterisk-rootfs'));
  const view = ['--ro-bind', rootfs.trim(), '/', '--dev', '/dev', '--proc', '/proc'];
  const { stdout } = await run('bwrap', [...view, 'asterisk', '-V']);
  return stdout.trim().replace(/^Asterisk /, '');
}

async function systemName(): Promise<string> {
  const text = await readFile('/etc/os-release', 'utf8').catch(() => '');
  return /^PRETTY_NAME="?([^"\n]*)/m.exec(text)?.[1] ?? 'unknown';
}

/** Percent of the CPU that is used now, by anybody. */
async function busyBetween(): Promise<number> {
  const before = cpuTicks();
  await delay(LOOK_MS);
  const after = cpuTicks();
  return round(((after.busy - before.busy) / Math.max(1, after.all - before.all)) * 100);
}

function cpuTicks(): { busy: number; all: number } {
  const [first = ''] = readFileSync('/proc/stat', 'utf8').split('\n');
  const [user = 0, nice = 0, system = 0, idle = 0, wait = 0, ...interrupts] = first
    .split(/\s+/)
    .slice(1, 9)
    .map(Number);
  const busy = user + nice + system + interrupts.reduce((sum, ticks) => sum + ticks, 0);
  return { busy, all: busy + idle + wait };
}
