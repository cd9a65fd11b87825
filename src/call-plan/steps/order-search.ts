import type { FoundOrder, OrderPrompts } from '../../telephony/telephony.js';
import type { Instant } from '../../lib/clock.js';
import type { Call } from '../call.js';
import { LOOKUP_LIMIT_MS } from '../../company/orders-limits.js';
import { input, type InputResult, type InputState } from './input.js';
import { NOTHING_WATCHED, type Outcome, type StepModule } from './step.js';
import type { PlanEvent } from '../event.js';

/** How long a caller with several orders may take to choose. */
const CHOOSE_MS = 5000;

/** The search for the order that the call is about: the lookup, then the caller's choice. */
export interface OrderSearchState {
  effectId: string;
  /** Deadline of the lookup. */
  until: Instant;
  /** Newest first; null before the lookup is done. */
  found: FoundOrder[] | null;
  choosing: InputState | null;
  words?: OrderPrompts | undefined;
}

export interface OrderSearchResult {
  /** Null: there is none, or the lookup timed out or failed. */
  order: FoundOrder | null;
  words?: OrderPrompts | undefined;
}

/** `own`: orders whose client is the caller; `pair`: orders whose parties can call each other through this line. */
type Among = 'own' | 'pair';

type OrderSearchOutcome = Outcome<OrderSearchState, OrderSearchResult>;

export const ownOrderSearch = orderSearch('own');
export const pairedOrderSearch = orderSearch('pair');

function orderSearch(among: Among) {
  return {
    start: (call) => start(call, among),
    reduce: (call, finding, event) => reduce(call, finding, among, event),
    stop(call, { choosing }) {
      if (choosing !== null) input.stop(call, choosing);
    },
    timers: ({ until, choosing }) => (choosing === null ? { lookup: until } : input.timers(choosing)),
    watched: ({ choosing }) => (choosing === null ? NOTHING_WATCHED : input.watched(choosing)),
  } satisfies StepModule<OrderSearchState, OrderSearchResult> & { start: (call: Call) => OrderSearchOutcome };
}

function start(call: Call, among: Among): OrderSearchOutcome {
  const { caller } = call.state;
  if (!/^\+\d/.test(caller.number)) return { done: noOrder(call, among, 'withheld') };
  const { number: line, languages } = call.program.line;
  const options = { caller: caller.number, line, languages, limitMs: LOOKUP_LIMIT_MS };
  const effectId = call.request({ type: 'order_lookup', among, ...options });
  return { waiting: { effectId, until: call.at + LOOKUP_LIMIT_MS, found: null, choosing: null } };
}

function reduce(call: Call, finding: OrderSearchState, among: Among, event: PlanEvent): OrderSearchOutcome {
  const { effectId, found, choosing } = finding;
  if (found !== null && choosing !== null) {
    const answer = input.reduce(call, choosing, event);
    return 'done' in answer
      ? { done: choose(call, finding, found, answer.done) }
      : { waiting: { ...finding, choosing: answer.waiting } };
  }
  switch (event.type) {
    case 'orders_found':
      return event.effectId === effectId
        ? onOrdersFound(call, { ...finding, words: event.words }, among, event.orders)
        : { waiting: finding };
    case 'effect_failed':
      return event.effectId === effectId ? { done: noOrder(call, among, 'failed') } : { waiting: finding };
    case 'timer':
      return event.name === 'lookup' ? { done: noOrder(call, among, 'late') } : { waiting: finding };
    case 'reconciled':
      return { waiting: { ...finding, until: event.at + LOOKUP_LIMIT_MS } };
    default:
      return { waiting: finding };
  }
}

function onOrdersFound(call: Call, finding: OrderSearchState, among: Among, found: FoundOrder[]): OrderSearchOutcome {
  const [newest] = found;
  if (newest === undefined) return { done: noOrder(call, among, 'none') };
  const own = call.program.orders?.choosePrompts ?? [];
  const prompts = own.length > 0 ? own : (finding.words?.choose ?? []);
  if (found.length === 1 || prompts.length === 0) return { done: select(call, finding, newest, found.length) };
  const offered = found.slice(0, prompts.length);
  const question = offered.flatMap(({ says }, index) => [prompts[index] ?? 0, ...says]);
  call.answer();
  const answer = input.start(call, { prompts: question, max: 1, timeoutMs: CHOOSE_MS, hashEnds: false });
  return 'done' in answer
    ? { done: choose(call, finding, offered, answer.done) }
    : { waiting: { ...finding, found: offered, choosing: answer.waiting } };
}

/** No key, or one without an order, chooses the newest. */
function choose(
  call: Call,
  finding: OrderSearchState,
  found: FoundOrder[],
  { digits }: InputResult,
): OrderSearchResult {
  const order = found[Number(digits) - 1] ?? found[0];
  return order === undefined ? { order: null } : select(call, finding, order, found.length);
}

function select(call: Call, { words }: OrderSearchState, order: FoundOrder, of: number): OrderSearchResult {
  const { id, role, status } = order;
  call.state.about = { order: id, role };
  call.appendLog('order_found', { order: id, status, role, of });
  return { order, words };
}

/** A caller without a counterpart is the normal case: not logged. */
function noOrder(call: Call, among: Among, why: 'none' | 'withheld' | 'late' | 'failed'): OrderSearchResult {
  if (among === 'own') call.appendLog('no_order', { why });
  return { order: null };
}
