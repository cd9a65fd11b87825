import { join } from 'node:path';
import type { TestAsterisk } from '../support/asterisk.js';
import { makeCalls } from './callers.js';
import { isServed, observeCalls, type ObservedCall } from './calls.js';
import { startCapture } from './capture.js';
import { cpuMsOfTree } from './cpu.js';
import type { Server } from './servers.js';

/** What one server did with one rate for a few seconds. */
export interface StepResult {
  server: Server['name'];
  callsPerSecond: number;
  calls: number;
  /** Refused, cut off, given up on, or told anything but the status of the order typed. */
  failed: number;
  /** What happened in one of those calls, for whoever looks for the cause. */
  failure: string | undefined;
  /** Of the calls that heard their order's status, sorted. */
  latenciesMs: number[];
  /** Median of the last third of those calls: where a backlog shows first. */
  lateP50Ms: number;
  asteriskCpuMs: number;
  applicationCpuMs: number;
}

export interface Bench {
  asterisk: TestAsterisk;
  ports: { caller: number; media: number };
  folder: string;
  /** Prompt by order number. */
  expected: ReadonlyMap<string, number>;
  /** Ends whatever a step has started. */
  signal: AbortSignal;
}

export async function runStep(bench: Bench, server: Server, rate: number, seconds: number): Promise<StepResult> {
  const { asterisk, folder, expected, signal } = bench;
  const ports = { ...bench.ports, sip: asterisk.sipPort };
  const capture = await startCapture(join(folder, 'step.pcap'), [ports.sip, ports.media], signal);
  const before = cpuOf(asterisk, server);
  const orders = [...expected.keys()];
  const crowd = { extension: server.extension, callsPerSecond: rate, seconds, orders, ports, folder, signal };
  const { made, failed } = await makeCalls(crowd).catch(async (error: unknown) => {
    await capture.stop();
    throw error;
  });
  const after = cpuOf(asterisk, server);
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
    asteriskCpuMs: after.asterisk - before.asterisk,
    applicationCpuMs: after.application - before.application,
  };
}

function cpuOf(asterisk: TestAsterisk, server: Server): { asterisk: number; application: number } {
  const pid = asterisk.pid();
  if (pid === undefined) throw new Error('Asterisk is down');
  return { asterisk: cpuMsOfTree(pid), application: server.pid === undefined ? 0 : cpuMsOfTree(server.pid) };
}

function sorted(values: number[]): number[] {
  return [...values].sort((a, b) => a - b);
}

/** The value that this part (0 to 1) of the sorted values does not exceed. */
export function percentile(sorted: readonly number[], part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN;
}

function describe({ typed, packets, answerLatencyMs }: ObservedCall): string {
  const heard = [...packets].map(([prompt, count]) => `${count} packets of prompt ${prompt}`).join(', ');
  return `typed ${typed}, heard ${heard || 'nothing'}, latency ${answerLatencyMs ?? '-'} ms`;
}
