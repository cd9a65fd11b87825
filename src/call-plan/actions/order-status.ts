import type { FoundOrder, OrderPrompts } from '../../telephony/telephony.js';
import type { Call } from '../call.js';
import type { MenuProgram } from '../program.js';
import type { ActionOf } from '../../company/plan-schema.js';
import { input, type InputResult, type InputState } from '../steps/input.js';
import { ownOrderSearch, type OrderSearchState, type OrderSearchResult } from '../steps/order-search.js';
import type { Outcome } from '../steps/step.js';
import { enterOr, CONTINUE, type ActionModule, type ActionOutcome } from './action.js';
import { inputOutcome } from './question.js';

export type OrderStatusState = { type: 'order_status' } & OrderStatusActivity;

type OrderStatusActivity =
  | { finding: OrderSearchState; asking?: never }
  /** The caller hears the status and the keys; `offers`: prompts that name the keys. */
  | { asking: InputState; menu: string; offers: number[]; left: number; finding?: never };

/**
 * Plays the status of the caller's order and the menu of its keys; a key takes effect at once, also during the status.
Without an order or a key press the plan continues, usually to the queue.
 */
export const orderStatus: ActionModule<ActionOf<'order_status'>, OrderStatusState> = {
  start: (call, action) => afterLookup(call, action, ownOrderSearch.start(call)),
  on(call, action, state, event) {
    if (state.finding !== undefined)
      return afterLookup(call, action, ownOrderSearch.reduce(call, state.finding, event));
    return inputOutcome(
      input.reduce(call, state.asking, event),
      (asking) => ({ ...state, asking }),
      (result) => afterAnswer(call, state, result),
    );
  },
  timers: ({ finding, asking }) => (finding === undefined ? input.timers(asking) : ownOrderSearch.timers(finding)),
  openInput: ({ finding, asking }) => (finding === undefined ? asking : finding.choosing),
  onCallerGone: () => undefined,
  stop(call, _action, { finding, asking }) {
    if (finding === undefined) input.stop(call, asking);
    else ownOrderSearch.stop(call, finding);
  },
  watched: ({ finding, asking }) => (finding === undefined ? input.watched(asking) : ownOrderSearch.watched(finding)),
};

function afterLookup(
  call: Call,
  { order_status }: ActionOf<'order_status'>,
  lookup: Outcome<OrderSearchState, OrderSearchResult>,
): ActionOutcome<OrderStatusState> {
  if ('waiting' in lookup) return { waiting: { type: 'order_status', finding: lookup.waiting } };
  const { order, words } = lookup.done;
  return order === null ? { done: enterOr(order_status.none, 'order_status/none') } : sayStatus(call, order, words);
}

function sayStatus(call: Call, order: FoundOrder, words: OrderPrompts | undefined): ActionOutcome<OrderStatusState> {
  const menu = menuOf(call, order);
  const { prompts, offers: usual = [], retries } = call.program.orders?.menus[menu] ?? NO_MENU;
  const offers = prompts.length > 0 ? prompts : usual.flatMap((offer) => words?.[offer] ?? []);
  return ask(call, { menu, offers, left: retries }, order.says);
}

function menuOf({ program }: Call, { status, hasOther }: FoundOrder): string {
  const own = status ?? 'unknown';
  if (program.orders?.menus[own] !== undefined) return own;
  return hasOther ? 'with_driver' : 'without_driver';
}

interface OfferedMenu {
  menu: string;
  offers: number[];
  left: number;
}

function ask(call: Call, { menu: name, offers, left }: OfferedMenu, says: number[]): ActionOutcome<OrderStatusState> {
  const menu = call.program.orders?.menus[name] ?? NO_MENU;
  const prompts = [...says, ...offers];
  if (prompts.length === 0) return { done: CONTINUE };
  call.answer();
  // Without keys there is no input to wait for after the status.
  const timeoutMs = Object.keys(menu.keys).length === 0 ? 0 : menu.timeoutMs;
  const offered = { menu: name, offers, left };
  return inputOutcome<OrderStatusState>(
    input.start(call, { prompts, max: 1, timeoutMs, hashEnds: false }),
    (asking) => ({ type: 'order_status', asking, ...offered }),
    (result) => afterAnswer(call, offered, result),
  );
}

function afterAnswer(
  call: Call,
  { menu: name, offers, left }: OfferedMenu,
  { digits }: InputResult,
): ActionOutcome<OrderStatusState> {
  if (digits === '') return { done: CONTINUE };
  const menu = call.program.orders?.menus[name] ?? NO_MENU;
  if (Object.hasOwn(menu.keys, digits)) return { done: { type: 'list', list: `orders/menus/${name}/keys/${digits}` } };
  return left > 0 && offers.length > 0 ? ask(call, { menu: name, offers, left: left - 1 }, []) : { done: CONTINUE };
}

const NO_MENU: MenuProgram = { prompts: [], timeoutMs: 0, retries: 0, keys: {} };
