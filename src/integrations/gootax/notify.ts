import { invalid, type FieldProblem } from '../../http/problem.js';
import type { Clock } from '../../lib/clock.js';
import type { NotificationRequest, Notifications } from '../../notifications/port.js';
import type { Order } from '../../orders/order.js';
import type { OrderBook } from '../../orders/order-book.js';
import type { OrderStatus } from '../../orders/status.js';
import type { Company } from '../../company/company.js';
import type { Fields } from '../shared/input.js';
import { lineOf } from './line-of.js';
import type { OrderWire } from './order-wire.js';
import { statusOf, type GootaxProfile } from './profile.js';
import { dispatchProblem } from './refusal.js';
import type { Repetitions } from './repetitions.js';
import { compact } from '../../lib/compact.js';

const MOST_VARS = 50;
const LONGEST_VAR = 200;

export interface NotifyParts {
  orders: Pick<OrderBook, 'find' | 'put'>;
  notifications: Pick<Notifications, 'notify' | 'supersede'>;
  repetitions: Repetitions;
  clock: Clock;
}

interface ReceivedOrder {
  company: Company;
  profile: GootaxProfile;
  wire: OrderWire;
  fields: Fields;
  values: ReadonlyMap<string, string>;
}

/**
 * Handles news of an order: stores the order first, so that nothing is lost if the notification fails, then calls the client.
 * @throws {Problem} that names the field as the dispatch does
 */
export async function handleOrderNews(received: ReceivedOrder, parts: NotifyParts): Promise<Fields> {
  const { profile, wire, company, fields } = received;
  const id = wire.orderId();
  if (id === undefined) throw invalid(missing(wire.wrong, profile.fields.order, 'the order’s id'));
  const raw = wire.find('status')?.value;
  const status = raw === undefined ? undefined : statusOf(raw, profile);
  const client = wire.phone('client');
  const driver = wire.phone('driver');
  const details = wire.details();
  const at = parts.clock.now();
  const line = lineOf(wire, company, (await parts.orders.find(id, at))?.line);
  const order = await parts.orders.put(
    compact({ id, status, rawStatus: raw, client, driver, line, details, fields }),
    at,
  );
  const answer = { ok: true, order: { id, status: order.status, active: order.active }, ignored: wire.ignored };
  if (raw === undefined || status === undefined)
    throw invalid([...missing(wire.wrong, profile.fields.status, 'the order’s status'), KEPT]);
  if (wire.wrong.length > 0) throw invalid([...wire.wrong, KEPT]);
  const reason = whyNot(order, status, profile);
  if (reason !== undefined) {
    await parts.notifications.supersede(id);
    return { ...answer, notification: null, not_notified: reason };
  }
  const externalId = await parts.repetitions.nameOf(id, fields, at, profile.same_within_s * 1000);
  const request = { externalId, orderId: id, status, rawStatus: raw, details };
  const result = await parts.notifications.notify(
    compact({ ...request, to: order.client ?? '', line, vars: varsOf(received.values) }) satisfies NotificationRequest,
  );
  if (!result.ok) throw dispatchProblem(result, KEPT);
  const { notification, isNew } = result;
  return { ...answer, notification: { id: notification.id, state: notification.state, is_new: isNew } };
}

/** Added to the errors: the dispatch need not send the order again. */
const KEPT: FieldProblem = { field: 'order', detail: 'the order was stored; the client was not called' };

function whyNot(order: Order, status: OrderStatus | null, profile: GootaxProfile): string | undefined {
  if (order.client === null) return 'no_phone';
  return status === null && profile.unknown_status === 'skip' ? 'unknown_status' : undefined;
}

function missing(wrong: FieldProblem[], names: readonly string[], what: string): FieldProblem[] {
  if (wrong.length > 0) return wrong;
  const [first = 'body', ...others] = names;
  return [
    { field: first, detail: `${what} is missing${others.length > 0 ? ` (also read: ${others.join(', ')})` : ''}` },
  ];
}

/** Other fields, for the company's own templates. */
function varsOf(values: ReadonlyMap<string, string>): Record<string, string> {
  const short = [...values].filter(([, value]) => value.length <= LONGEST_VAR).slice(0, MOST_VARS);
  return Object.fromEntries(short.map(([name, value]) => [name.replaceAll('.', '_'), value]));
}
