import type { Company, Line } from '../../company/company.js';
import { CONNECT_DEFAULTS } from '../../company/actions/connect.js';
import { reachableParts } from '../../company/lint/course.js';
import type { MenuProgram, OrdersProgram } from '../program.js';
import { walk } from '../../company/walk.js';
import type { Action } from '../../company/plan-schema.js';
import type { OrderMenu } from '../../company/orders-schema.js';

/** The part of a line's program for callers with orders. */
export function ordersFor(company: Company, line: Line): { orders?: OrdersProgram; callBack?: true | undefined } {
  const speaksStatus = hasOrderStatus(company, line);
  const callsBack = line.call_back ?? !speaksStatus;
  if (!speaksStatus && !callsBack) return {};
  const { menus = {}, choose_prompts: choosePrompts = [] } = company.orders ?? {};
  const own = Object.fromEntries(Object.entries(menus).map(([name, menu]) => [name, programOf(menu)]));
  return {
    callBack: callsBack ? true : undefined,
    orders: { choosePrompts, menus: speaksStatus ? { ...defaultMenus(line.queue), ...own } : {} },
  };
}

function programOf({ prompt = [], timeout: timeoutMs, retries, keys }: OrderMenu): MenuProgram {
  return { prompts: [prompt].flat(), timeoutMs, retries, keys };
}

/** 1 for the driver, 2 for an operator: in the line's queue, otherwise the plan continues. */
function defaultMenus(queue: number | undefined): Record<'with_driver' | 'without_driver', MenuProgram> {
  const keys: MenuProgram['keys'] = { '2': queue === undefined ? [] : [{ enqueue: { queue } }] };
  const menu = { prompts: [], timeoutMs: 5000, retries: 1, keys };
  return {
    with_driver: { ...menu, offers: ['driver', 'operator'], keys: { '1': [CONNECT], ...keys } },
    without_driver: { ...menu, offers: ['operator'] },
  };
}

const CONNECT: Action = { connect: CONNECT_DEFAULTS };

/** True when the line's plan has `order_status`, whose menu connects with the driver. */
function hasOrderStatus({ parts }: Company, line: Line): boolean {
  const reached = reachableParts({ lines: [line], parts });
  const course = Object.fromEntries(Object.entries(parts).filter(([name]) => reached.has(name)));
  return [...walk({ lines: [line], parts: course })].some(({ action }) => 'order_status' in action);
}
