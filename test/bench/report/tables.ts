import type { Row as HandsetsRow } from '../handsets/main.js';
import type { Row as HistoryRow } from '../history/main.js';
import type { Machine } from '../lib/machine.js';
import { median, round } from '../lib/statistics.js';
import type { Result as MonitorResult } from '../monitor/main.js';
import type { Row as ScaleRow } from '../scale/main.js';
import type { Summary } from '../calls/report.js';

/** What every scenario writes beside its own numbers. */
interface About {
  at: string;
  command: string;
  revision: string;
  machine: Machine;
}

/** The file of kept results, as far as tables are made of it. A scenario that did not run is missing. */
export interface KeptResults {
  calls?: About & { summaries: Summary[]; ratios: Record<string, Record<string, number | null>> };
  scale?: About & { rows: ScaleRow[] };
  history?: About & { rows: HistoryRow[] };
  handsets?: About & { rows: HandsetsRow[] };
  monitor?: About & { results: MonitorResult[] };
  originate?: About & {
    rows: { name: string; sustained_per_second: number | null; invite_p50_ms: number; cpu_ms_per_call: number }[];
    ratios: { name: string; sustained: number | null; invite_p50: number }[];
  };
  crash?: About & {
    kills: { inFlight: number; downMs: number }[];
    calls: { made: number; served: number; cutShort: number; inTheFallback: number; stored: number };
    announcements: { accepted: number; refused: number; unanswered: number };
    deliveries: number;
    losses: string[];
  };
}

/** Markdown: a heading, and a table of everything in the file. */
export function performanceTables(results: KeptResults): string {
  return [
    runs(results),
    calls(results),
    scale(results),
    history(results),
    handsets(results),
    monitor(results),
    originate(results),
    crash(results),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** The first row is the head. */
export function markdownTable(rows: readonly (readonly (string | number | null | undefined)[])[]): string {
  const [head = [], ...body] = rows.map((row) => `| ${row.map((cell) => String(cell ?? '-')).join(' | ')} |`);
  return [head, `|${(rows[0] ?? []).map(() => ' --- |').join('')}`, ...body].join('\n');
}

function runs(results: KeptResults): string {
  const abouts = Object.values(results).filter((about) => typeof about === 'object');
  const [first] = abouts as About[];
  if (first === undefined) return '';
  const { cpu, cores, memoryGb, system, kernel, node, asterisk } = first.machine;
  const machine = `${cores} cores of ${cpu}, ${memoryGb} GB, ${system}, kernel ${kernel}, Node ${node}, Asterisk ${asterisk}`;
  const rows = (abouts as About[]).map(({ at, command, revision, machine: { quiet, loadAverage, busyPercent } }) => [
    `\`${command}\``,
    revision,
    at,
    quiet ? 'quiet' : `**busy**: load ${loadAverage[0]}, ${busyPercent} % of the CPU used by others`,
  ]);
  return `### The runs\n\n${machine}\n\n${markdownTable([['command', 'revision', 'at', 'machine before the run'], ...rows])}`;
}

function calls({ calls: run }: KeptResults): string {
  if (run === undefined) return '';
  const rows = run.summaries.map(({ server, sustainedCallsPerSecond, sustainedIsBounded, warm, cold }) => {
    const { latencyMs, cpuMsPerCall: cpu } = warm;
    const main = cpu.applicationThreads['main'] ?? 0;
    return [
      server,
      `${sustainedIsBounded ? '' : '>= '}${sustainedCallsPerSecond}`,
      ...[
        latencyMs.p50,
        latencyMs.p95,
        latencyMs.p99,
        cpu.asterisk,
        cpu.application,
        main,
        round(Math.max(0, cpu.application - main)),
      ],
      ...[cold.latencyMs.p50, cold.cpuMsPerCall.application],
    ];
  });
  const head = [
    'server',
    'sustained/s',
    'answer p50 ms',
    'p95',
    'p99',
    'Asterisk CPU ms/call',
    'app CPU ms/call',
    'main thread',
    'others',
    'cold: p50',
    'cold: app CPU',
  ];
  return `### Calls\n\n${markdownTable([head, ...rows])}`;
}

function scale({ scale: run }: KeptResults): string {
  if (run === undefined) return '';
  const rows = run.rows.map((row) => [
    row.gateway,
    row.calls,
    row.kbPerCall,
    row.residentMb,
    row.loopDelayMs.p99,
    row.loopDelayMs.max,
    row.gatewayCpu,
    row.asteriskCpu,
    row.besideMs.p50,
    row.besideMs.p99,
  ]);
  const head = [
    'gateway',
    'calls held',
    'KB a call',
    'resident MB',
    'loop p99 ms',
    'loop max ms',
    'CPU %',
    'Asterisk %',
    'calls beside p50 ms',
    'p99',
  ];
  return `### Live calls that are held\n\n${markdownTable([head, ...rows])}`;
}

function history({ history: run }: KeptResults): string {
  if (run === undefined) return '';
  const live = run.rows.flatMap((row) =>
    Object.entries({ alone: row.alone, 'beside reads': row.besideReads, 'beside the clean-up': row.besideCleanUp }).map(
      ([what, { latencyMs, loopDelayMs, failed }]) => [
        row.gateway,
        row.calls,
        what,
        latencyMs.p50,
        latencyMs.p99,
        latencyMs.max,
        loopDelayMs.p99,
        loopDelayMs.max,
        failed,
      ],
    ),
  );
  const reads = run.rows.flatMap((row) => [
    [row.gateway, row.calls, 'start to ready', row.startToReadyMs, null],
    ...Object.entries(row.readsMs).map(([what, { p50, p99 }]) => [row.gateway, row.calls, what, p50, p99]),
  ]);
  return [
    '### A long history',
    markdownTable([
      ['gateway', 'calls of history', 'live calls', 'answer p50 ms', 'p99', 'max', 'loop p99 ms', 'max', 'failed'],
      ...live,
    ]),
    markdownTable([['gateway', 'calls of history', 'what', 'p50 ms', 'p99 ms'], ...reads]),
  ].join('\n\n');
}

function handsets({ handsets: run }: KeptResults): string {
  if (run === undefined) return '';
  const rows = run.rows.map((row) => [
    row.gateway,
    row.handsets,
    row.applyMs,
    row.changeOneMs,
    row.startToReadyMs,
    row.kbPerHandset,
    row.listMs.p50,
    row.applyLoopDelayMs.max,
  ]);
  const head = [
    'gateway',
    'handsets',
    'apply ms',
    'change one ms',
    'start to ready ms',
    'KB a handset',
    'list p50 ms',
    'loop max while applying ms',
  ];
  return `### Handsets\n\n${markdownTable([head, ...rows])}`;
}

function monitor({ monitor: run }: KeptResults): string {
  if (run === undefined) return '';
  const keys = [...new Set(run.results.map(({ sockets, server }) => `${sockets} ${server}`))];
  const rows = keys.map((key) => {
    const rounds = run.results.filter(({ sockets, server }) => `${sockets} ${server}` === key);
    const of = (number: (result: MonitorResult) => number) => round(median(rounds.map(number)));
    return [
      rounds[0]?.sockets,
      rounds[0]?.server,
      ...[
        of(({ socketMs }) => socketMs.p50),
        of(({ socketMs }) => socketMs.p99),
        of(({ pageMs }) => pageMs.p50),
        of(({ pageMs }) => pageMs.p99),
      ],
      ...[of(({ seen }) => seen * 100), of(({ cpuPercent }) => cpuPercent), of(({ closed }) => closed)],
    ];
  });
  const head = [
    'sockets',
    'server',
    'event to socket p50 ms',
    'p99',
    'event to page p50 ms',
    'p99',
    'seen %',
    'CPU %',
    'closed',
  ];
  return `### The monitor\n\n${markdownTable([head, ...rows])}`;
}

function originate({ originate: run }: KeptResults): string {
  if (run === undefined) return '';
  const rows = run.rows.map(({ name, sustained_per_second, invite_p50_ms, cpu_ms_per_call }) => {
    const ratio = run.ratios.find((one) => one.name === name);
    return [name, sustained_per_second, round(invite_p50_ms), round(ratio?.invite_p50 ?? NaN), round(cpu_ms_per_call)];
  });
  const head = ['by', 'sustained/s', 'request to INVITE p50 ms', 'x call files', 'CPU ms/call'];
  return `### Calls that are started\n\n${markdownTable([head, ...rows])}`;
}

function crash({ crash: run }: KeptResults): string {
  if (run === undefined) return '';
  const rows = [
    ['kills at full load', run.kills.length],
    ['calls in flight at each', run.kills.map(({ inFlight }) => inFlight).join(', ')],
    ['ms until ready again', run.kills.map(({ downMs }) => downMs).join(', ')],
    ['callers', run.calls.made],
    ['served', run.calls.served],
    ['not served, in the history with an outcome', run.calls.cutShort],
    ['in the fallback, called while it was down', run.calls.inTheFallback],
    ['announcements accepted', run.announcements.accepted],
    ['webhooks delivered', run.deliveries],
    ['lost', run.losses.length],
  ];
  return `### kill -9 at full load\n\n${markdownTable([['what', 'number'], ...rows])}`;
}
