import { latencies, round, type Latencies } from '../lib/statistics.js';
import { aligned } from '../lib/table.js';
import type { CpuUse, StepResult } from './step.js';

/** CPU time of a call in ms. */
export interface CpuPerCall {
  asterisk: number;
  application: number;
  total: number;
  /** By thread, the busiest first. */
  asteriskThreads: Record<string, number>;
  applicationThreads: Record<string, number>;
}

/** What was measured at one rate. */
export interface Measured {
  /** From `#` to the first packet of the status prompt. */
  latencyMs: Latencies;
  cpuMsPerCall: CpuPerCall;
}

/** What the whole run says of one server. */
export interface Summary {
  server: string;
  notes: string;
  sustainedCallsPerSecond: number;
  /** False when the run ended before a higher rate was seen to fail: the true number may be higher. */
  sustainedIsBounded: boolean;
  /** At the common rate, after the warm-up. */
  warm: Measured;
  /** At the common rate, in the first seconds after the start. */
  cold: Measured;
}

export function summarise(
  server: { name: string; notes: string },
  sustained: { callsPerSecond: number; bounded: boolean },
  { cold, warm }: { cold: StepResult[]; warm: StepResult[] },
): Summary {
  return {
    server: server.name,
    notes: server.notes,
    sustainedCallsPerSecond: sustained.callsPerSecond,
    sustainedIsBounded: sustained.bounded,
    warm: measured(warm),
    cold: measured(cold),
  };
}

function measured(steps: StepResult[]): Measured {
  const calls = steps.reduce((sum, step) => sum + step.calls, 0);
  const asterisk = perCall(
    steps.map((step) => step.asterisk),
    calls,
  );
  const application = perCall(
    steps.map((step) => step.application),
    calls,
  );
  return {
    latencyMs: latencies(steps.flatMap((step) => step.latenciesMs)),
    cpuMsPerCall: {
      asterisk: asterisk.total,
      application: application.total,
      total: round(asterisk.total + application.total),
      asteriskThreads: asterisk.threads,
      applicationThreads: application.threads,
    },
  };
}

function perCall(uses: CpuUse[], calls: number): { total: number; threads: Record<string, number> } {
  const threads = new Map<string, number>();
  for (const { threadsMs } of uses)
    for (const [name, ms] of Object.entries(threadsMs)) threads.set(name, (threads.get(name) ?? 0) + ms);
  const busiestFirst = [...threads].sort(([, a], [, b]) => b - a);
  return {
    total: round(uses.reduce((sum, { totalMs }) => sum + totalMs, 0) / calls),
    threads: Object.fromEntries(busiestFirst.map(([name, ms]) => [name, round(ms / calls)])),
  };
}

/** Null: the other one has none of it. */
type Ratios = Record<string, number | null>;

/** Each server's numbers as multiples of those of the first one. */
export function ratios(summaries: Summary[]): Record<string, Ratios> {
  const [base] = summaries;
  if (base === undefined) return {};
  return Object.fromEntries(summaries.map((summary) => [summary.server, ratio(summary, base)]));
}

/** The numbers of one server as multiples of another one's. */
export function ratio(summary: Summary, base: Summary): Ratios {
  const of = (number: (summary: Summary) => number) => multiple(number(summary), number(base));
  return {
    sustained: of(({ sustainedCallsPerSecond }) => sustainedCallsPerSecond),
    latency_p50: of(({ warm }) => warm.latencyMs.p50),
    latency_p95: of(({ warm }) => warm.latencyMs.p95),
    cpu_per_call: of(({ warm }) => warm.cpuMsPerCall.total),
    application_cpu: of(({ warm }) => warm.cpuMsPerCall.application),
    asterisk_cpu: of(({ warm }) => warm.cpuMsPerCall.asterisk),
  };
}

function multiple(value: number, base: number): number | null {
  return base === 0 ? null : round(value / base);
}

export function table(summaries: Summary[]): string {
  const head = [
    '',
    'calls/s',
    'latency p50',
    'p95',
    'p99',
    'CPU/call',
    'Asterisk',
    'app',
    'app: main',
    'cold: p50',
    'app',
  ];
  const rows = summaries.map(({ server, sustainedCallsPerSecond, sustainedIsBounded, warm, cold }) => {
    const { latencyMs, cpuMsPerCall: cpu } = warm;
    const ms = (value: number | undefined) => `${value ?? 0} ms`;
    return [
      server,
      `${sustainedIsBounded ? '' : '>='}${sustainedCallsPerSecond}`,
      ...[latencyMs.p50, latencyMs.p95, latencyMs.p99, cpu.total, cpu.asterisk, cpu.application].map(ms),
      ...[cpu.applicationThreads['main'], cold.latencyMs.p50, cold.cpuMsPerCall.application].map(ms),
    ];
  });
  const base = summaries[0]?.server ?? '';
  const relative = Object.entries(ratios(summaries)).map(([server, values]) => [
    server,
    ...Object.values(values).map((value) => String(value ?? '-')),
  ]);
  const relativeHead = [`x ${base}`, 'calls/s', 'latency p50', 'p95', 'CPU/call', 'app', 'Asterisk'];
  return `${aligned([head, ...rows])}\n\n${aligned([relativeHead, ...relative])}`;
}
