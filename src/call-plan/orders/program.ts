import type { Company, Line } from '../../company/company.js';
import { CONNECT_DEFAULTS } from '../../company/actions/connect.js';
import { reachableParts } from '../../company/lint/course.js';
import type { MenuProgram, OrdersProgram } from '../program.js';
import { walk } from '../../company/walk.js';
import type { Action } from '../../company/plan-schema.js';
import type { OrderMenu } from '../../company/orders-schema.js';

/** What a call on a line needs for callers with orders. */
export function ordersFor(company: Company, line: Line): { orders?: OrdersProgram; callBack?: true } {
  const asks = saysStatus(company, line);
  const callsBack = line.call_back ?? !asks;
  if (!asks && !callsBack) return {};
  const { menus = {}, choose_prompts: choosePrompts = [] } = company.orders ?? {};
  const own = Object.fromEntries(Object.entries(menus).map(([name, menu]) => [name, programOf(menu)]));
  return {
    ...(callsBack && { callBack: true as const }),
    orders: { choosePrompts, menus: asks ? { ...usual(line.queue), ...own } : {} },
  };
}

function programOf({ prompt = [], timeout: timeoutMs, retries, keys }: OrderMenu): MenuProgram {
  return { prompts: [prompt].flat(), timeoutMs, retries, keys };
}

/** 1 for the driver, 2 for an operator: in the line's queue, else wherever the plan goes on to. */
function usual(queue: number | undefined): Record<'with_driver' | 'without_driver', MenuProgram> {
  const keys: MenuProgram['keys'] = { '2': queue === undefined ? [] : [{ enqueue: { queue } }] };
  const menu = { prompts: [], timeoutMs: 5000, retries: 1, keys };
  return {
    with_driver: { ...menu, offers: ['driver', 'operator'], keys: { '1': [CONNECT], ...keys } },
    without_driver: { ...menu, offers: ['operator'] },
  };
}

const CONNECT: Action = { connect: CONNECT_DEFAULTS };

/** The plan tells callers how their orders stand, and leads on to the driver by itself. */
function saysStatus({ parts }: Company, line: Line): boolean {
  const reached = reachableParts({ lines: [line], parts });
  const course = Object.fromEntries(Object.entries(parts).filter(([name]) => reached.has(name)));
  return [...walk({ lines: [line], parts: course })].some(({ action }) => 'order_status' in action);
}
