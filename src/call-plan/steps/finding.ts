import type { FoundOrder, OrderWords } from '../../telephony/telephony.js';
import type { Instant } from '../../lib/clock.js';
import type { Call } from '../call.js';
import { LOOKUP_LIMIT_MS } from '../../company/orders-limits.js';
import { input, type Asked, type Asking } from './asking.js';
import { NOTHING_WATCHED, type Outcome, type StepModule } from './step.js';
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

/** `own`: orders of which the caller is the client; `pair`: those whose people know each other under this line. */
type Among = 'own' | 'pair';

type FindOutcome = Outcome<Finding, Found>;

export const ownOrder = lookup('own');
export const pairedOrder = lookup('pair');

function lookup(among: Among) {
  return {
    start: (call) => start(call, among),
    reduce: (call, finding, event) => reduce(call, finding, among, event),
    stop(call, { choosing }) {
      if (choosing !== null) input.stop(call, choosing);
    },
    timers: ({ until, choosing }) => (choosing === null ? { lookup: until } : input.timers(choosing)),
    watched: ({ choosing }) => (choosing === null ? NOTHING_WATCHED : input.watched(choosing)),
  } satisfies StepModule<Finding, Found> & { start: (call: Call) => FindOutcome };
}

function start(call: Call, among: Among): FindOutcome {
  const { caller } = call.state;
  if (!/^\+\d/.test(caller.number)) return { done: none(call, among, 'withheld') };
  const { number: line, languages } = call.program.line;
  const options = { caller: caller.number, line, languages, limitMs: LOOKUP_LIMIT_MS };
  const effectId = call.request({ type: 'order_lookup', among, ...options });
  return { waiting: { effectId, until: call.at + LOOKUP_LIMIT_MS, found: null, choosing: null } };
}

function reduce(call: Call, finding: Finding, among: Among, event: PlanEvent): FindOutcome {
  const { effectId, found, choosing } = finding;
  if (found !== null && choosing !== null) {
    const answer = input.reduce(call, choosing, event);
    return 'done' in answer
      ? { done: chosen(call, finding, found, answer.done) }
      : { waiting: { ...finding, choosing: answer.waiting } };
  }
  switch (event.type) {
    case 'orders_found':
      return event.effectId === effectId
        ? took(call, { ...finding, words: event.words }, among, event.orders)
        : { waiting: finding };
    case 'effect_failed':
      return event.effectId === effectId ? { done: none(call, among, 'failed') } : { waiting: finding };
    case 'timer':
      return event.name === 'lookup' ? { done: none(call, among, 'late') } : { waiting: finding };
    case 'reconciled':
      return { waiting: { ...finding, until: event.at + LOOKUP_LIMIT_MS } };
    default:
      return { waiting: finding };
  }
}

function took(call: Call, finding: Finding, among: Among, found: FoundOrder[]): FindOutcome {
  const [newest] = found;
  if (newest === undefined) return { done: none(call, among, 'none') };
  const own = call.program.orders?.choosePrompts ?? [];
  const prompts = own.length > 0 ? own : (finding.words?.choose ?? []);
  if (found.length === 1 || prompts.length === 0) return { done: about(call, finding, newest, found.length) };
  const offered = found.slice(0, prompts.length);
  const question = offered.flatMap(({ says }, index) => [prompts[index] ?? 0, ...says]);
  call.answer();
  const answer = input.start(call, { prompts: question, max: 1, timeoutMs: CHOOSE_MS, hashEnds: false });
  return 'done' in answer
    ? { done: chosen(call, finding, offered, answer.done) }
    : { waiting: { ...finding, found: offered, choosing: answer.waiting } };
}

/** No key, or one without an order, chooses the newest. */
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

/** A caller without a counterpart is the normal case: not logged. */
function none(call: Call, among: Among, why: 'none' | 'withheld' | 'late' | 'failed'): Found {
  if (among === 'own') call.appendLog('no_order', { why });
  return { order: null };
}
