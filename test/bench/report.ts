import { percentile, type StepResult } from './step.js';

/** What the whole run says of one server. */
export interface Summary {
  server: string;
  notes: string;
  sustainedCallsPerSecond: number;
  /** False when the run ended before a higher rate was seen to fail: the true number may be higher. */
  sustainedIsBounded: boolean;
  /** At the common rate: from `#` to the first packet of the status prompt. */
  latencyMs: { p50: number; p95: number };
  /** At the common rate, user and system time. */
  cpuMsPerCall: { asterisk: number; application: number; total: number };
}

export function summarise(
  server: { name: string; notes: string },
  sustained: { callsPerSecond: number; bounded: boolean },
  steady: StepResult[],
): Summary {
  const latencies = steady.flatMap((step) => step.latenciesMs).sort((a, b) => a - b);
  const calls = steady.reduce((sum, step) => sum + step.calls, 0);
  const perCall = (cpuMs: (step: StepResult) => number) =>
    round(steady.reduce((sum, step) => sum + cpuMs(step), 0) / calls);
  const asterisk = perCall((step) => step.asteriskCpuMs);
  const application = perCall((step) => step.applicationCpuMs);
  return {
    server: server.name,
    notes: server.notes,
    sustainedCallsPerSecond: sustained.callsPerSecond,
    sustainedIsBounded: sustained.bounded,
    latencyMs: { p50: round(percentile(latencies, 0.5)), p95: round(percentile(latencies, 0.95)) },
    cpuMsPerCall: { asterisk, application, total: round(asterisk + application) },
  };
}

/** Each server's numbers as multiples of the first one's. */
export function ratios(summaries: Summary[]): Record<string, Record<string, number>> {
  const [base] = summaries;
  if (base === undefined) return {};
  return Object.fromEntries(
    summaries.map((summary) => [
      summary.server,
      {
        sustained: round(summary.sustainedCallsPerSecond / base.sustainedCallsPerSecond),
        latency_p50: round(summary.latencyMs.p50 / base.latencyMs.p50),
        latency_p95: round(summary.latencyMs.p95 / base.latencyMs.p95),
        cpu_per_call: round(summary.cpuMsPerCall.total / base.cpuMsPerCall.total),
      },
    ]),
  );
}

export function table(summaries: Summary[]): string {
  const base = summaries[0]?.server ?? '';
  const relative = ratios(summaries);
  const head = [
    '',
    'calls/s',
    `x ${base}`,
    'latency p50',
    'p95',
    `p50 x ${base}`,
    'CPU/call',
    'Asterisk',
    'app',
    `x ${base}`,
  ];
  const rows = summaries.map((summary) => {
    const ratio = relative[summary.server] ?? {};
    const { latencyMs, cpuMsPerCall: cpu } = summary;
    return [
      summary.server,
      `${summary.sustainedIsBounded ? '' : '>='}${summary.sustainedCallsPerSecond}`,
      String(ratio['sustained']),
      `${latencyMs.p50} ms`,
      `${latencyMs.p95} ms`,
      String(ratio['latency_p50']),
      `${cpu.total} ms`,
      `${cpu.asterisk} ms`,
      `${cpu.application} ms`,
      String(ratio['cpu_per_call']),
    ];
  });
  return aligned([head, ...rows]);
}

function aligned(rows: string[][]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => row.map((cell, column) => cell.padStart(widths[column] ?? 0)).join('  ')).join('\n');
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}
