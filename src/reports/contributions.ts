import { assess, type MediaStatistics } from '../asterisk/media-statistics.js';
import type { CallOutcomeName } from '../telephony/call-outcome.js';
import { latencyBucket, waitBucket } from './buckets.js';

export const reports = ['calls', 'queues', 'lines', 'agents', 'menus', 'notifications', 'shop', 'quality'] as const;
export type ReportName = (typeof reports)[number];

/** A number to add to a report. `bucket`: upper edge of a duration's group; 0 for plain sums. */
export interface Contribution {
  report: ReportName;
  key: string;
  measure: string;
  bucket: number;
  value: number;
}

/** Kinds of flows that are calls; codes that operators dial to log in are none. */
export const CALLS = ['plan', 'bridge'];

export interface CountedCall {
  kind: string;
  direction: 'incoming' | 'outgoing';
  line: string;
  outcome: CallOutcomeName | null;
  queue: number | null;
  waited_ms: number | null;
  agent_kind: string | null;
  agent: string | null;
  talk_ms: number | null;
  ended_by: string | null;
}

export interface CountedEntry {
  kind: string;
  data: Record<string, unknown>;
}

/** What an ended call adds to the reports. @param wrapUpMs the wrap-up time of a queue */
export function contributionsOf(
  call: CountedCall,
  timeline: readonly CountedEntry[],
  wrapUpMs: (queue: number) => number,
): Contribution[] {
  if (!CALLS.includes(call.kind)) return [];
  const all = [...ofOutcome(call, 'calls', call.direction), ...ofOutcome(call, 'lines', call.line)];
  if (call.queue !== null) all.push(...ofOutcome(call, 'queues', String(call.queue)));
  if (call.agent_kind === 'handset' && call.agent !== null) {
    const wrapUp = call.outcome === 'answered' && call.queue !== null ? wrapUpMs(call.queue) : 0;
    const sums = {
      [call.outcome ?? 'failed']: 1,
      talk: call.talk_ms ?? 0,
      waited: call.waited_ms ?? 0,
      wrap_up: wrapUp,
    };
    all.push(...plain('agents', call.agent, sums));
  }
  return [...all, ...ofMenus(call, timeline), ...ofShop(timeline)].filter(({ value }) => value !== 0);
}

export function notificationContributions({ status, result, attempts }: NotificationCounts): Contribution[] {
  return plain('notifications', status ?? 'other', { [`result:${result ?? 'unknown'}`]: 1, attempts });
}

export interface CountedLeg {
  kind: 'handset' | 'trunk';
  name: string;
  /** Of its call. */
  line: string;
  statistics: MediaStatistics;
}

/** What the audio of a leg adds to the report of its handset or trunk, and of its line. Sums are whole numbers. */
export function legContributions({ kind, name, line, statistics }: CountedLeg): Contribution[] {
  const { grade, mos } = assess(statistics);
  const { received, sent, roundTripMs } = statistics;
  const directions = sent === undefined ? [received] : [received, sent];
  const sums = {
    [grade]: 1,
    mos_hundredths: Math.round(100 * mos),
    lost_permyriad: Math.round(10_000 * Math.max(...directions.map(({ lostShare }) => lostShare))),
    jitter: Math.round(Math.max(...directions.map(({ jitterMs }) => jitterMs))),
    round_trip: Math.round(roundTripMs ?? 0),
    round_trips: roundTripMs === undefined ? 0 : 1,
  };
  return [`${kind}/${name}`, `line/${line}`]
    .flatMap((key) => plain('quality', key, sums))
    .filter(({ value }) => value !== 0);
}

export interface NotificationCounts {
  status: string | null;
  result: string | null;
  attempts: number;
}

function ofOutcome(
  { outcome, waited_ms: waited, talk_ms: talk }: CountedCall,
  report: ReportName,
  key: string,
): Contribution[] {
  const name = outcome ?? 'failed';
  const sums = plain(report, key, { [name]: 1, talk: talk ?? 0 });
  if (waited === null || (name !== 'answered' && name !== 'lost')) return sums;
  return [
    ...sums,
    ...plain(report, key, { [`${name}_waited`]: waited }),
    { report, key, measure: `${name}_waits`, bucket: waitBucket(waited), value: 1 },
  ];
}

/** Menus by their place in the plan. A caller gave up in a menu when they hung up before they chose a key. */
function ofMenus({ ended_by: endedBy }: CountedCall, timeline: readonly CountedEntry[]): Contribution[] {
  const all: Contribution[] = [];
  const add = (place: string, measure: string) => all.push(...plain('menus', place, { [measure]: 1 }));
  let open: string | undefined;
  let action: string | undefined;
  for (const { kind, data } of timeline) {
    if (kind === 'action') {
      action = data['action'] === 'menu' && typeof data['at'] === 'string' ? data['at'] : undefined;
      open = action;
      if (action !== undefined) add(action, 'entered');
    }
    if (kind !== 'input' || action === undefined) continue;
    const { digits, ended } = data;
    if (typeof digits === 'string' && digits !== '') {
      add(action, `key:${digits}`);
      open = undefined;
    } else if (ended === 'timeout') add(action, 'timeout');
  }
  if (open !== undefined && endedBy === 'caller') add(open, 'gave_up');
  return all;
}

/** Requests to the shop's application, by its host. */
function ofShop(timeline: readonly CountedEntry[]): Contribution[] {
  const all: Contribution[] = [];
  let host = '';
  for (const { kind, data } of timeline) {
    if (kind === 'shop_request') host = hostOf(data['url']);
    if (kind !== 'shop_answer' && kind !== 'shop_no_answer') continue;
    const { status, latency_ms: latency } = data;
    const isFault = kind === 'shop_answer' && typeof status === 'number' && status >= 400;
    const measure = kind === 'shop_no_answer' ? 'no_answer' : isFault ? 'errors' : 'answered';
    const ms = typeof latency === 'number' ? Math.round(latency) : 0;
    all.push(...plain('shop', host, { [measure]: 1 }));
    if (kind === 'shop_answer')
      all.push(...plain('shop', host, { latency: ms }), {
        report: 'shop',
        key: host,
        measure: 'latencies',
        bucket: latencyBucket(ms),
        value: 1,
      });
  }
  return all;
}

function plain(report: ReportName, key: string, sums: Record<string, number>): Contribution[] {
  return Object.entries(sums).map(([measure, value]) => ({ report, key, measure, bucket: 0, value }));
}

function hostOf(url: unknown): string {
  return typeof url === 'string' && URL.canParse(url) ? new URL(url).host : '';
}
