import { join } from 'node:path';
import { cpuMsOfTree, cpuOfThreads, threadsBetween, type ThreadTimes } from '../lib/cpu.js';
import { startCapture } from '../lib/capture.js';
import { percentile, sorted } from '../lib/statistics.js';
import { makeCalls } from './callers.js';
import { isServed, observeCalls, type ObservedCall } from './observe-calls.js';
import type { Server } from './servers.js';
import type { BenchHarness } from './calls-harness.js';

/** CPU time in ms, of all and by thread. */
export interface CpuUse {
  totalMs: number;
  threadsMs: Record<string, number>;
}

/** What one server did with one rate for some seconds. */
export interface StepResult {
  server: string;
  callsPerSecond: number;
  calls: number;
  /** Refused, cut off, given up on, or told anything but the status of the order typed. */
  failed: number;
  /** What happened in one of those calls, for those who look for the cause. */
  failure: string | undefined;
  /** Of the calls that heard their order's status, sorted. */
  latenciesMs: number[];
  /** Median of the last third of those calls: where a backlog shows first. */
  lateP50Ms: number;
  asterisk: CpuUse;
  application: CpuUse;
}

export async function runStep(
  harness: BenchHarness,
  server: Server,
  rate: number,
  seconds: number,
): Promise<StepResult> {
  const { folder, expected, signal } = harness;
  const ports = { ...harness.ports, sip: server.asterisk.sipPort };
  const capture = await startCapture(join(folder, 'step.pcap'), [ports.sip, ports.media], signal);
  const before = readCpu(server);
  const orders = [...expected.keys()];
  const crowd = { extension: server.extension, callsPerSecond: rate, seconds, orders, ports, folder, signal };
  const { made, failed } = await makeCalls(crowd).catch(async (error: unknown) => {
    await capture.stop();
    throw error;
  });
  const after = readCpu(server);
  const { datagrams, lost } = await capture.stop();
  const calls = observeCalls(datagrams, ports);
  const served = calls.filter((call) => isServed(call, expected));
  const inOrder = served.map((call) => call.answerLatencyMs ?? NaN);
  const unserved = calls.find((call) => !isServed(call, expected));
  return {
    server: server.name,
    callsPerSecond: rate,
    calls: made,
    failed: Math.max(failed, made - served.length),
    failure: unserved && describe(unserved) + (lost === 0 ? '' : ` (${lost} packets lost in watching)`),
    latenciesMs: sorted(inOrder),
    lateP50Ms: percentile(sorted(inOrder.slice(-Math.ceil(inOrder.length / 3))), 0.5),
    asterisk: cpuBetween(before.asterisk, after.asterisk),
    application: cpuBetween(before.application, after.application),
  };
}

interface CpuReading {
  totalMs: number;
  threads: ThreadTimes;
}

function readCpu({ asterisk, pid }: Server): { asterisk: CpuReading; application: CpuReading } {
  const asteriskPid = asterisk.pid();
  if (asteriskPid === undefined) throw new Error('Asterisk is down');
  return { asterisk: readCpuOf(asteriskPid), application: readCpuOf(pid) };
}

function readCpuOf(pid: number | undefined): CpuReading {
  if (pid === undefined) return { totalMs: 0, threads: new Map() };
  return { totalMs: cpuMsOfTree(pid), threads: cpuOfThreads(pid) };
}

function cpuBetween(before: CpuReading, after: CpuReading): CpuUse {
  return { totalMs: after.totalMs - before.totalMs, threadsMs: threadsBetween(before.threads, after.threads) };
}

function describe({ typed, packets, answerLatencyMs }: ObservedCall): string {
  const heard = [...packets].map(([prompt, count]) => `${count} packets of prompt ${prompt}`).join(', ');
  return `typed ${typed}, heard ${heard || 'nothing'}, latency ${answerLatencyMs ?? '-'} ms`;
}
