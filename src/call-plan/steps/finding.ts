import type { FoundOrder, OrderWords } from '../../telephony/telephony.js';
import type { Instant } from '../../lib/clock.js';
import type { Call } from '../call.js';
import { LOOKUP_LIMIT_MS } from '../../company/orders-limits.js';
import { askingOn, askingTimers, isAsked, startAsking, type Asked, type Asking } from './asking.js';
import { stopPlaying } from './playing.js';
import type { PlanEvent } from '../event.js';

/** For how long a caller with several orders may think. */
const CHOOSE_MS = 5000;

/** Which order the call is about: being looked up, or chosen by the caller. */
export interface Finding {
  effectId: string;
  /** The caller waits no longer. */
  until: Instant;
  /** Newest first; null before anybody has told. */
  found: FoundOrder[] | null;
  choosing: Asking | null;
  words?: OrderWords | undefined;
}

export interface Found {
  /** Null: there is none, or nobody told in time. */
  order: FoundOrder | null;
  words?: OrderWords | undefined;
}

/** @param among `own`: orders of which the caller is the client; `pair`: those whose people know each other under this line */
export function startFinding(call: Call, among: 'own' | 'pair'): Finding | Found {
  const { caller } = call.state;
  if (!/^\+\d/.test(caller.number)) return none(call, among, 'withheld');
  const { number: line, languages } = call.program.line;
  const wish = { caller: caller.number, line, languages, limitMs: LOOKUP_LIMIT_MS };
  const effectId = call.request({ type: 'order_lookup', among, ...wish });
  return { effectId, until: call.at + LOOKUP_LIMIT_MS, found: null, choosing: null };
}

export function findingOn(call: Call, finding: Finding, among: 'own' | 'pair', event: PlanEvent): Finding | Found {
  const { effectId, found, choosing } = finding;
  if (found !== null && choosing !== null) {
    const next = askingOn(call, choosing, event);
    return isAsked(next) ? chosen(call, finding, found, next) : { ...finding, choosing: next };
  }
  switch (event.type) {
    case 'orders_found':
      return event.effectId === effectId
        ? took(call, { ...finding, words: event.words }, among, event.orders)
        : finding;
    case 'effect_failed':
      return event.effectId === effectId ? none(call, among, 'failed') : finding;
    case 'timer':
      return event.name === 'lookup' ? none(call, among, 'late') : finding;
    case 'reconciled':
      return { ...finding, until: event.at + LOOKUP_LIMIT_MS };
    default:
      return finding;
  }
}

export function findingTimers({ until, choosing }: Finding): Record<string, Instant> {
  return choosing === null ? { lookup: until } : askingTimers(choosing);
}

export function stopFinding(call: Call, { choosing }: Finding): void {
  if (choosing?.playing) stopPlaying(call, choosing.playing);
}

export function findingPlaybacks({ choosing }: Finding): string[] {
  return choosing?.playing ? [choosing.playing.playbackId] : [];
}

export function isFinding(value: Finding | Found): value is Finding {
  return 'effectId' in value;
}

function took(call: Call, finding: Finding, among: 'own' | 'pair', found: FoundOrder[]): Finding | Found {
  const [newest] = found;
  if (newest === undefined) return none(call, among, 'none');
  const own = call.program.orders?.choosePrompts ?? [];
  const prompts = own.length > 0 ? own : (finding.words?.choose ?? []);
  if (found.length === 1 || prompts.length === 0) return about(call, finding, newest, found.length);
  const offered = found.slice(0, prompts.length);
  const question = offered.flatMap(({ says }, index) => [prompts[index] ?? 0, ...says]);
  call.answer();
  const asking = startAsking(call, { prompts: question, max: 1, timeoutMs: CHOOSE_MS, hashEnds: false });
  return isAsked(asking) ? chosen(call, finding, offered, asking) : { ...finding, found: offered, choosing: asking };
}

/** Who presses nothing, or nothing that makes sense, means the newest. */
function chosen(call: Call, finding: Finding, found: FoundOrder[], { digits }: Asked): Found {
  const order = found[Number(digits) - 1] ?? found[0];
  return order === undefined ? { order: null } : about(call, finding, order, found.length);
}

function about(call: Call, { words }: Finding, order: FoundOrder, of: number): Found {
  const { id, role, status } = order;
  call.state.about = { order: id, role };
  call.appendLog('order_found', { order: id, status, role, of });
  return { order, words };
}

/** That somebody has nobody to be called back by is no news. */
function none(call: Call, among: 'own' | 'pair', why: 'none' | 'withheld' | 'late' | 'failed'): Found {
  if (among === 'own') call.appendLog('no_order', { why });
  return { order: null };
}
