import type { LogEntry } from '../../kernel/flow.js';
import type { Instant } from '../../lib/clock.js';
import type { planFlow } from '../../call-plan/plan-flow.js';
import type { PlanProgram } from '../../call-plan/program.js';
import { recordedEvents, type OrderFacts, type RecordedEvent } from './recorded-event.js';
import { QUEUE_WAIT, ReplayedCall, type Happening } from './replayed-call.js';

/** An incoming call that has ended. */
export interface PastCall {
  id: string;
  startedAt: Instant;
  /** The program that it had. */
  program: PlanProgram;
  timeline: LogEntry[];
}

/**
 * `unclear`: its timeline is not complete.
 * `different`: with the other program, `would` happens in place of `was`; null: nothing more.
 */
export type Comparison =
  | { result: 'same' | 'unclear' }
  | {
      result: 'different';
      /** The key that the caller had pressed last; null for none, and for other input. */
      key: string | null;
      was: Happening | null;
      would: Happening | null;
    };

/** Entries that show whether a replay takes the recorded course. */
const COURSE: ReadonlySet<string> = new Set(['action', 'input', 'hours', 'queued', 'dial', 'hang_up']);

/**
 * Runs the recorded events of a call through its own program and through another one, to the first difference: what the caller would have
 * done afterwards is not known.
 */
export function comparePastCall(call: PastCall, program: PlanProgram, flow: ReturnType<typeof planFlow>): Comparison {
  const menus = call.program.orders?.menus ?? {};
  const compared = comparedWith({ menus, hasOther: true }, call, program, flow);
  // The timeline does not record whether the other party of an order could be called: only one of both fits.
  return compared.result === 'unclear' ? comparedWith({ menus, hasOther: false }, call, program, flow) : compared;
}

function comparedWith(
  facts: OrderFacts,
  call: PastCall,
  program: PlanProgram,
  flow: ReturnType<typeof planFlow>,
): Comparison {
  const events = recordedEvents(call.timeline, facts);
  const arrival = events && arrivalOf(call);
  if (events === undefined || arrival === undefined) return { result: 'unclear' };
  const before = new ReplayedCall(flow, call.program, arrival);
  const after = new ReplayedCall(flow, program, arrival);
  for (const event of events) {
    after.fireOwnTimers(event.at, before);
    if (differs(before, after)) break;
    replayEvent(event, before, after);
    if (differs(before, after)) break;
  }
  if (!isRecordedCourse(before.log, call.timeline)) return { result: 'unclear' };
  return firstDifference(before, after);
}

function replayEvent(event: RecordedEvent, before: ReplayedCall, after: ReplayedCall): void {
  if (event.type === 'event') {
    for (const call of [before, after]) {
      findNoCounterpart(call, event);
      call.take(event.resolve(call));
    }
    return;
  }
  const name = event.type === 'queue_timeout' ? QUEUE_WAIT : event.name;
  // A timer of another length fires at its own time.
  const isShared = before.timers()[name] === after.timers()[name];
  before.fire(name, event.at);
  if (isShared) after.fire(name, event.at);
}

/** A search for the counterpart of a returned call is only logged when it finds one. */
function findNoCounterpart(call: ReplayedCall, { at, findsCounterpart }: RecordedEvent & { type: 'event' }): void {
  const lookup = call.last('order_lookup');
  const isPending = lookup?.among === 'pair' && call.timers()['lookup'] !== undefined;
  if (!isPending || findsCounterpart === true) return;
  call.take({ type: 'orders_found', at, effectId: lookup.id, orders: [] });
}

function arrivalOf({ id, startedAt, timeline }: PastCall) {
  const { caller, name, number, codec } = timeline[0]?.data ?? {};
  if (typeof caller !== 'string' || number !== undefined) return undefined;
  const sip = { callId: '', remote: '', endpoint: '' };
  return {
    type: 'call_arrived' as const,
    at: startedAt,
    channelId: id.replace(/^c_/, ''),
    caller: { number: caller, name: typeof name === 'string' ? name : '' },
    codec: typeof codec === 'string' ? codec : '',
    sip,
  };
}

function differs(before: ReplayedCall, after: ReplayedCall): boolean {
  const both = Math.min(before.happenings.length, after.happenings.length);
  return before.happenings.slice(0, both).some(({ key }, index) => key !== after.happenings[index]?.key);
}

function firstDifference(before: ReplayedCall, after: ReplayedCall): Comparison {
  const length = Math.max(before.happenings.length, after.happenings.length);
  for (let index = 0; index < length; index += 1) {
    const [was, would] = [before.happenings[index], after.happenings[index]];
    if (was?.key === would?.key) continue;
    return { result: 'different', key: lastKey(after.log), was: was?.what ?? null, would: would?.what ?? null };
  }
  return { result: 'same' };
}

function lastKey(log: readonly LogEntry[]): string | null {
  const input = log.findLast(({ kind }) => kind === 'input');
  const digits = input?.data['digits'];
  return typeof digits === 'string' && digits.length === 1 ? digits : null;
}

/** Whether the replay has gone the way that was recorded, as far as it has come. */
function isRecordedCourse(replayed: readonly LogEntry[], recorded: readonly LogEntry[]): boolean {
  const courseOf = (log: readonly LogEntry[]) =>
    log.filter(({ kind }) => COURSE.has(kind)).map(({ kind, data }) => JSON.stringify([kind, data]));
  const [was, is] = [courseOf(recorded), courseOf(replayed)];
  return is.every((entry, index) => entry === was[index]);
}
