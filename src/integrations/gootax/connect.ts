import { createHmac } from 'node:crypto';
import type { Bridges, PartyRole } from '../../masked-bridges/port.js';
import { invalid } from '../../http/problem.js';
import type { Clock } from '../../lib/clock.js';
import type { Order } from '../../orders/order.js';
import type { OrderBook } from '../../orders/order-book.js';
import type { Company } from '../../company/company.js';
import type { Fields } from '../shared/input.js';
import { lineOf } from './line-of.js';
import type { OrderWire } from './order-wire.js';
import type { GootaxProfile, Meaning } from './profile.js';
import { dispatchProblem } from './refusal.js';

export interface ConnectParts {
  orders: Pick<OrderBook, 'find'>;
  bridges: Pick<Bridges, 'start'>;
  clock: Clock;
  /** A secret key; derives ids of pairs without an order. */
  pairKey: Buffer;
}

interface Asked {
  company: Company;
  profile: GootaxProfile;
  wire: OrderWire;
  meaning: Exclude<Meaning, 'notify' | 'none'>;
}

/**
 * Connects the client and the driver of an order. Numbers missing in the request are those of the order.
 * @throws {Problem} that names the field as the dispatch does
 */
export async function connectParties({ company, profile, wire, meaning }: Asked, parts: ConnectParts): Promise<Fields> {
  const id = wire.orderId();
  const order = id === undefined ? undefined : await parts.orders.find(id, parts.clock.now());
  const initiator = initiatorOf(wire, meaning);
  const numbers = numbersOf(wire, initiator, order);
  if (wire.wrong.length > 0) throw invalid(wire.wrong);
  const { client, driver } = numbers;
  if (client === undefined || driver === undefined) {
    const lacking = client === undefined ? 'client' : 'driver';
    const known = order === undefined ? 'the order is unknown' : 'the order was reported without it';
    const [name = lacking] = profile.fields[lacking];
    throw invalid([{ field: name, detail: `the ${lacking}’s number is missing, and ${known}` }]);
  }
  const [a, b]: [PartyRole, PartyRole] = initiator === 'client' ? ['client', 'driver'] : ['driver', 'client'];
  const line = lineOf(wire, company, order?.line);
  const result = await parts.bridges.start({
    order_id: id ?? nameOfPair(client, driver, parts.pairKey),
    initiator,
    a: { phone: a === 'client' ? client : driver, role: a },
    b: { phone: b === 'client' ? client : driver, role: b },
    line,
  });
  if (!result.ok) throw dispatchProblem(result);
  const { bridge, isNew } = result;
  return { ok: true, bridge: { id: bridge.id, order_id: bridge.orderId, state: bridge.state, is_new: isNew } };
}

function initiatorOf(wire: OrderWire, meaning: Asked['meaning']): PartyRole {
  if (meaning === 'connect_client') return 'client';
  return meaning === 'connect_driver' ? 'driver' : wire.initiator();
}

/** Numbers by field name take precedence, then those by calling order, then those of the order. */
function numbersOf(
  wire: OrderWire,
  initiator: PartyRole,
  order: Order | undefined,
): { client: string | undefined; driver: string | undefined } {
  const [first, second] = [wire.party('first'), wire.party('second')];
  const [byOrderClient, byOrderDriver] = initiator === 'client' ? [first, second] : [second, first];
  return {
    client: wire.phone('client') ?? byOrderClient ?? order?.client ?? undefined,
    driver: wire.phone('driver') ?? byOrderDriver ?? order?.driver ?? undefined,
  };
}

/** Without an order the pair of parties is the order. The key prevents finding the numbers by trying all of them. */
function nameOfPair(client: string, driver: string, key: Buffer): string {
  return `pair-${createHmac('sha256', key).update(`${client} ${driver}`).digest('hex').slice(0, 24)}`;
}
