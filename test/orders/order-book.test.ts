import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isSqlite } from '../support/on-sqlite.js';
import { OrderBook } from '../../src/orders/order-book.js';
import { isFinal, orderStatuses } from '../../src/orders/status.js';
import { openDatabase, type Database } from '../../src/storage/database.js';
import { runStatement } from '../../src/storage/run-statement.js';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const [CLIENT, DRIVER, LINE] = ['+420777888999', '+420608111222', '+420222333444'];
let db: Database;
let book: OrderBook;

beforeEach(async () => {
  db = await openDatabase(':memory:');
  book = new OrderBook(db);
});
afterEach(() => db.destroy());

describe('the order book', () => {
  it('merges news into the stored order', async () => {
    await book.put({ id: '7', status: 'new', rawStatus: 'new', client: CLIENT, fields: { id: 7, a: 1 } }, 1);
    await book.put({ id: '7', status: 'arrived', details: { carMark: 'Škoda', minutes: 3 } }, 2);
    await book.put({ id: '7', driver: DRIVER, details: { minutes: 2 }, fields: { b: 'č' } }, 3);
    expect(await book.find('7', 3)).toEqual({
      id: '7',
      status: 'arrived',
      rawStatus: 'new',
      client: CLIENT,
      driver: DRIVER,
      line: null,
      active: true,
      details: { carMark: 'Škoda', minutes: 2 },
      fields: { id: 7, a: 1, b: 'č' },
      updatedAt: 3,
    });
    expect(await book.find('8', 3)).toBeUndefined();
  });

  it('drops the car of a former driver and the minutes of a former status', async () => {
    const details = { carMark: 'Škoda', carPlate: '1AB 2345', minutes: 5 };
    await book.put({ id: '7', status: 'accepted', client: CLIENT, driver: DRIVER, details }, 1);
    expect((await book.put({ id: '7', driver: DRIVER }, 2)).details).toEqual(details);
    expect(await book.put({ id: '7', status: 'arrived' }, 3)).toMatchObject({
      driver: DRIVER,
      details: { carMark: 'Škoda', carPlate: '1AB 2345' },
    });
    expect((await book.find('7', 3))?.details).not.toHaveProperty('minutes');
    expect(await book.put({ id: '7', status: 'driver_refused' }, 4)).toMatchObject({ driver: null, details: {} });
    await book.put({ id: '7', status: 'accepted', driver: DRIVER, details }, 5);
    const another = await book.put({ id: '7', driver: '+420608111333', details: { carMark: 'Kia' } }, 6);
    expect(another.details).toEqual({ carMark: 'Kia' });
    // Also when the dispatch never reports drivers' numbers.
    await book.put({ id: '8', status: 'accepted', client: CLIENT, details }, 7);
    expect((await book.put({ id: '8', status: 'driver_refused' }, 8)).details).toEqual({});
  });

  it('counts the minutes down, also across other news', async () => {
    const minutesAt = async (minute: number) => (await book.find('7', minute * MINUTE_MS))?.details.minutes;
    await book.put({ id: '7', status: 'accepted', details: { minutes: 10 } }, 0);
    for (const minute of [0.3, 0.7, 1.1, 1.9]) await book.put({ id: '7', client: CLIENT }, minute * MINUTE_MS);
    expect(await Promise.all([2, 2.5, 3, 9.9, 10, 20].map(minutesAt))).toEqual([8, 8, 7, 1, undefined, undefined]);
    await book.put({ id: '7', client: CLIENT }, 12 * MINUTE_MS);
    expect(await minutesAt(12)).toBeUndefined();
    expect(await book.put({ id: '7', details: { minutes: 4 } }, 13 * MINUTE_MS)).toMatchObject({
      details: { minutes: 4 },
    });
  });

  it('finds the active orders of a client and of a driver, newest first', async () => {
    await book.put({ id: '1', status: 'accepted', client: CLIENT, driver: DRIVER, line: LINE }, 1);
    await book.put({ id: '2', status: null, rawStatus: 'odd', client: CLIENT }, 2);
    const ids = async (...given: [string, number, string[]?]) => (await book.activeOf(...given)).map(({ id }) => id);
    expect(await ids(CLIENT, 3)).toEqual(['2', '1']);
    expect(await ids(CLIENT, 3, [LINE])).toEqual(['1']);
    expect(await ids(CLIENT, 3, ['+420222000000', LINE])).toEqual(['1']);
    expect(await ids(CLIENT, 3, [])).toEqual([]);
    expect(await ids(DRIVER, 3)).toEqual(['1']);
    expect(await ids(LINE, 3)).toEqual([]);
    await book.put({ id: '1', status: 'completed_paid' }, 4);
    expect(await ids(DRIVER, 5)).toEqual([]);
    expect(await ids(CLIENT, 5)).toEqual(['2']);
    expect(await ids(CLIENT, 2 + 24 * HOUR_MS)).toEqual([]);
  });

  if (isSqlite)
    it('finds them without reading all orders of the day', async () => {
      const asked = vi.spyOn(db, 'executeQuery');
      await book.activeOf(CLIENT, 3);
      const query = asked.mock.lastCall?.[0] ?? expect.unreachable();
      const { sql, parameters } = 'sql' in query ? query : query.compile();
      const plan = await runStatement<{ detail: string }>(db, { sql: `explain query plan ${sql}`, parameters });
      const found = plan.rows.map(({ detail }) => detail).filter((detail) => detail.includes('orders'));
      expect(found).toEqual([expect.stringContaining('(client=?)'), expect.stringContaining('(driver=?)')]);
    });

  it('reopens an order when a later status is not final', async () => {
    await book.put({ id: '1', status: 'no_driver', client: CLIENT }, 1);
    expect(await book.put({ id: '1', status: 'accepted' }, 2)).toMatchObject({ active: true });
    expect(await book.activeOf(CLIENT, 3)).toHaveLength(1);
  });

  it('deletes orders without news', async () => {
    await book.put({ id: '1' }, 0);
    await book.put({ id: '2' }, 25 * HOUR_MS);
    expect(await book.cleanupJob(() => 1).run(26 * HOUR_MS)).toBe(1);
    expect(await book.find('1', 0)).toBeUndefined();
    expect(await book.find('2', 0)).toBeDefined();
  });

  it('knows the final statuses', () =>
    expect(orderStatuses.filter(isFinal)).toEqual([
      'completed_paid',
      'client_refused',
      'no_driver',
      'cancelled_by_driver',
      'ordered_by_mistake',
    ]));
});
