import type { FoundOrder, OrderWords } from '../../telephony/telephony.js';
import type { Call } from '../call.js';
import type { MenuProgram } from '../program.js';
import type { ActionOf } from '../../company/plan-schema.js';
import { askingOn, askingTimers, isAsked, startAsking, type Asked, type Asking } from '../steps/asking.js';
import {
  findingOn,
  findingPlaybacks,
  findingTimers,
  isFinding,
  startFinding,
  stopFinding,
  type Finding,
  type Found,
} from '../steps/finding.js';
import { stopPlaying } from '../steps/playing.js';
import { enterOr, CONTINUE, type ActionModule, type Transition } from './action.js';

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
  start: (call, action) => found(call, action, startFinding(call, 'own')),
  on(call, action, state, event) {
    if (state.finding !== undefined) return found(call, action, findingOn(call, state.finding, 'own', event));
    const asking = askingOn(call, state.asking, event);
    return isAsked(asking) ? answered(call, state, asking) : { ...state, asking };
  },
  timers: ({ finding, asking }) => (finding === undefined ? askingTimers(asking) : findingTimers(finding)),
  asking: ({ finding, asking }) => (finding === undefined ? asking : finding.choosing),
  gone: () => undefined,
  stop(call, _action, { finding, asking }) {
    if (finding !== undefined) stopFinding(call, finding);
    else if (asking.playing) stopPlaying(call, asking.playing);
  },
  watched({ finding, asking }) {
    const own = asking?.playing ? [asking.playing.playbackId] : [];
    return { channels: [], playbacks: finding === undefined ? own : findingPlaybacks(finding) };
  },
};

function found(
  call: Call,
  { order_status }: ActionOf<'order_status'>,
  finding: Finding | Found,
): OrderStatusState | Transition {
  if (isFinding(finding)) return { type: 'order_status', finding };
  return finding.order === null
    ? enterOr(order_status.none, 'order_status/none')
    : tell(call, finding.order, finding.words);
}

function tell(call: Call, order: FoundOrder, words: OrderWords | undefined): OrderStatusState | Transition {
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

function ask(call: Call, { menu: name, offers, left }: Offered, says: number[]): OrderStatusState | Transition {
  const menu = call.program.orders?.menus[name] ?? NOTHING;
  const prompts = [...says, ...offers];
  if (prompts.length === 0) return CONTINUE;
  call.answer();
  // Without keys nothing is waited for once the status has been said.
  const timeoutMs = Object.keys(menu.keys).length === 0 ? 0 : menu.timeoutMs;
  const asking = startAsking(call, { prompts, max: 1, timeoutMs, hashEnds: false });
  const offered = { menu: name, offers, left };
  return isAsked(asking) ? answered(call, offered, asking) : { type: 'order_status', asking, ...offered };
}

function answered(call: Call, { menu: name, offers, left }: Offered, { digits }: Asked): OrderStatusState | Transition {
  if (digits === '') return CONTINUE;
  const menu = call.program.orders?.menus[name] ?? NOTHING;
  if (Object.hasOwn(menu.keys, digits)) return { type: 'list', list: `orders/menus/${name}/keys/${digits}` };
  return left > 0 && offers.length > 0 ? ask(call, { menu: name, offers, left: left - 1 }, []) : CONTINUE;
}

const NOTHING: MenuProgram = { prompts: [], timeoutMs: 0, retries: 0, keys: {} };
