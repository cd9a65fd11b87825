import type { FoundOrder, OrderWords } from '../../telephony/telephony.js';
import type { Call } from '../call.js';
import type { MenuProgram } from '../program.js';
import type { ActionOf } from '../../company/plan-schema.js';
import { input, type Asked, type Asking } from '../steps/asking.js';
import { ownOrder, type Finding, type Found } from '../steps/finding.js';
import type { Outcome } from '../steps/step.js';
import { enterOr, CONTINUE, type ActionModule, type ActionOutcome } from './action.js';

export type OrderStatusState = { type: 'order_status' } & Doing;

type Doing =
  | { finding: Finding; asking?: never }
  /** The caller hears the status and what may be pressed; `offers` says the latter. */
  | { asking: Asking; menu: string; offers: number[]; left: number; finding?: never };

/**
 * Says to callers how their order stands, then what they may press; a key acts at once, also in the middle of the
 * status. Without an order, and without a key, the plan goes on: usually to the queue.
 */
export const orderStatus: ActionModule<ActionOf<'order_status'>, OrderStatusState> = {
  start: (call, action) => afterLookup(call, action, ownOrder.start(call)),
  on(call, action, state, event) {
    if (state.finding !== undefined) return afterLookup(call, action, ownOrder.reduce(call, state.finding, event));
    const outcome = input.reduce(call, state.asking, event);
    return 'done' in outcome
      ? afterAnswer(call, state, outcome.done)
      : { waiting: { ...state, asking: outcome.waiting } };
  },
  timers: ({ finding, asking }) => (finding === undefined ? input.timers(asking) : ownOrder.timers(finding)),
  asking: ({ finding, asking }) => (finding === undefined ? asking : finding.choosing),
  gone: () => undefined,
  stop(call, _action, { finding, asking }) {
    if (finding === undefined) input.stop(call, asking);
    else ownOrder.stop(call, finding);
  },
  watched: ({ finding, asking }) => (finding === undefined ? input.watched(asking) : ownOrder.watched(finding)),
};

function afterLookup(
  call: Call,
  { order_status }: ActionOf<'order_status'>,
  lookup: Outcome<Finding, Found>,
): ActionOutcome<OrderStatusState> {
  if ('waiting' in lookup) return { waiting: { type: 'order_status', finding: lookup.waiting } };
  const { order, words } = lookup.done;
  return order === null ? { done: enterOr(order_status.none, 'order_status/none') } : sayStatus(call, order, words);
}

function sayStatus(call: Call, order: FoundOrder, words: OrderWords | undefined): ActionOutcome<OrderStatusState> {
  const menu = menuOf(call, order);
  const { prompts, offers: usual = [], retries } = call.program.orders?.menus[menu] ?? NOTHING;
  const offers = prompts.length > 0 ? prompts : usual.flatMap((offer) => words?.[offer] ?? []);
  return ask(call, { menu, offers, left: retries }, order.says);
}

function menuOf({ program }: Call, { status, hasOther }: FoundOrder): string {
  const own = status ?? 'unknown';
  if (program.orders?.menus[own] !== undefined) return own;
  return hasOther ? 'with_driver' : 'without_driver';
}

interface Offered {
  menu: string;
  offers: number[];
  left: number;
}

function ask(call: Call, { menu: name, offers, left }: Offered, says: number[]): ActionOutcome<OrderStatusState> {
  const menu = call.program.orders?.menus[name] ?? NOTHING;
  const prompts = [...says, ...offers];
  if (prompts.length === 0) return { done: CONTINUE };
  call.answer();
  // Without keys nothing is waited for once the status has been said.
  const timeoutMs = Object.keys(menu.keys).length === 0 ? 0 : menu.timeoutMs;
  const outcome = input.start(call, { prompts, max: 1, timeoutMs, hashEnds: false });
  const offered = { menu: name, offers, left };
  if ('done' in outcome) return afterAnswer(call, offered, outcome.done);
  return { waiting: { type: 'order_status', asking: outcome.waiting, ...offered } };
}

function afterAnswer(
  call: Call,
  { menu: name, offers, left }: Offered,
  { digits }: Asked,
): ActionOutcome<OrderStatusState> {
  if (digits === '') return { done: CONTINUE };
  const menu = call.program.orders?.menus[name] ?? NOTHING;
  if (Object.hasOwn(menu.keys, digits)) return { done: { type: 'list', list: `orders/menus/${name}/keys/${digits}` } };
  return left > 0 && offers.length > 0 ? ask(call, { menu: name, offers, left: left - 1 }, []) : { done: CONTINUE };
}

const NOTHING: MenuProgram = { prompts: [], timeoutMs: 0, retries: 0, keys: {} };
