import type { Instant } from '../lib/clock.js';
import type { CleanupJob } from '../lib/janitor.js';
import { compact } from '../lib/compact.js';
import type { Database } from '../storage/database.js';
import { runStatement } from '../storage/run-statement.js';
import type { OrderRow } from '../storage/schema.js';
import type { Order, OrderDetails, OrderNews } from './order.js';
import { isFinal, isOrderStatus, isWithoutDriver } from './status.js';
import { DAY_MS, MINUTE_MS } from '../lib/time.js';

/** An order without news for this long is inactive, whatever its status. */
const LIVES_MS = DAY_MS;

/**
 * Every call asks this, so it must not read all orders of the day: `final` is a literal, as with a parameter SQLite would not use the indexes
 * of orders that are not final, and the plus sign keeps it from the index by time.
 */
const activeOfParty = (party: 'client' | 'driver') =>
  `select * from orders where final = 0 and ${party} = ? and +updated_at > ?`;
const ACTIVE = `${activeOfParty('client')} union ${activeOfParty('driver')} order by updated_at desc, id`;

/** The orders that the dispatch reported. */
export class OrderBook {
  constructor(private readonly db: Database) {}

  /** Merges news into the stored order. */
  put(news: OrderNews, at: Instant): Promise<Order> {
    return this.db.transaction().execute(async (tx) => {
      const row = await tx.selectFrom('orders').selectAll().where('id', '=', news.id).executeTakeFirst();
      const order = merged(row && orderOf(row, at), news, at);
      const values = rowOf(order);
      await tx
        .insertInto('orders')
        .values(values)
        .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
        .execute();
      return inWholeMinutes(order);
    });
  }

  async find(id: string, at: Instant): Promise<Order | undefined> {
    const row = await this.db.selectFrom('orders').selectAll().where('id', '=', id).executeTakeFirst();
    return row && inWholeMinutes(orderOf(row, at));
  }

  /**
   * The active orders of a number, as client or driver, newest first.
   * @param number E.164
   * @param lines E.164: only orders whose parties know each other under one of these lines
   */
  async activeOf(number: string, at: Instant, lines?: readonly string[]): Promise<Order[]> {
    const after = at - LIVES_MS;
    const found = await runStatement<OrderRow>(this.db, { sql: ACTIVE, parameters: [number, after, number, after] });
    const rows = found.rows.filter(({ line }) => lines === undefined || (line !== null && lines.includes(line)));
    return rows.map((row) => inWholeMinutes(orderOf(row, at)));
  }

  /** Deletes orders without news for that many days. */
  cleanupJob(keepDays: () => number): CleanupJob {
    return {
      name: 'old orders',
      run: async (now) => {
        const old = this.db.deleteFrom('orders').where('updated_at', '<', now - keepDays() * DAY_MS);
        return Number((await old.executeTakeFirst()).numDeletedRows);
      },
    };
  }
}

function merged(known: Order | undefined, news: OrderNews, at: Instant): Order {
  const status = news.status === undefined ? (known?.status ?? null) : news.status;
  const driver = driverOf(known, news);
  const kept = known && stillTrue(known, { status, driver }, news);
  return {
    id: news.id,
    status,
    rawStatus: news.rawStatus ?? known?.rawStatus ?? '',
    client: news.client ?? known?.client ?? null,
    driver,
    line: news.line ?? known?.line ?? null,
    details: { ...kept, ...news.details },
    fields: { ...known?.fields, ...news.fields },
    active: !isFinal(status),
    updatedAt: at,
  };
}

function driverOf(known: Order | undefined, { driver, status = null }: OrderNews): Order['driver'] {
  if (driver !== undefined) return driver;
  return isWithoutDriver(status) ? null : (known?.driver ?? null);
}

/** A new driver has a new car, and the minutes of one status do not apply to the next. */
function stillTrue(known: Order, now: Pick<Order, 'status' | 'driver'>, { status = null }: OrderNews): OrderDetails {
  if (isWithoutDriver(status) || (known.driver !== null && known.driver !== now.driver)) return {};
  const details = { ...known.details };
  if (now.status !== known.status) delete details.minutes;
  return details;
}

/** Minutes in the past are unknown. */
function inWholeMinutes({ details: { minutes = 0, ...details }, ...order }: Order): Order {
  const left = Math.ceil(minutes);
  return { ...order, details: compact({ ...details, minutes: left > 0 ? left : undefined }) };
}

/** Minutes change with time; the instant of arrival is stored instead. */
interface StoredDetails extends Omit<OrderDetails, 'minutes'> {
  arrivesAt?: Instant;
}

function storedDetails({ minutes, ...details }: OrderDetails, at: Instant): StoredDetails {
  const arrivesAt = minutes === undefined ? undefined : at + Math.round(minutes * MINUTE_MS);
  return compact({ ...details, arrivesAt });
}

function detailsOf({ arrivesAt, ...details }: StoredDetails, at: Instant): OrderDetails {
  return compact({ ...details, minutes: arrivesAt === undefined ? undefined : (arrivesAt - at) / MINUTE_MS });
}

function rowOf({ id, status, rawStatus, client, driver, line, details, fields, updatedAt }: Order): OrderRow {
  return {
    id,
    status,
    raw_status: rawStatus,
    client,
    driver,
    line,
    details: JSON.stringify(storedDetails(details, updatedAt)),
    fields: JSON.stringify(fields),
    final: isFinal(status) ? 1 : 0,
    updated_at: updatedAt,
  };
}

function orderOf(row: OrderRow, at: Instant): Order {
  const { id, status, raw_status: rawStatus, client, driver, line, final, updated_at: updatedAt } = row;
  return {
    id,
    rawStatus,
    client,
    driver,
    line,
    updatedAt,
    status: status !== null && isOrderStatus(status) ? status : null,
    details: detailsOf(JSON.parse(row.details) as StoredDetails, at),
    fields: JSON.parse(row.fields) as Order['fields'],
    active: final === 0 && updatedAt > at - LIVES_MS,
  };
}
