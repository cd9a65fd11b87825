import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { linesShownAs } from '../../../src/directory/caller.js';
import type { OrderEffect } from '../../../src/telephony/telephony.js';
import { createLogger } from '../../../src/lib/logger.js';
import type { OrderNews } from '../../../src/orders/order.js';
import { OrderBook } from '../../../src/orders/order-book.js';
import { PartyNumbers } from '../../../src/orders/party-numbers.js';
import type { StatusSpeech } from '../../../src/orders/status-speech.js';
import { OrderLookupService } from '../../../src/call-plan/orders/order-lookup.js';
import { VirtualClock } from '../../../src/simulator/virtual-clock.js';
import { openDatabase, type Database } from '../../../src/storage/database.js';

const CLIENT = '+420777888999';
const DRIVER = '+420603111222';
const LINE = '+420222333444';
const NOON = Date.UTC(2026, 10, 23, 12);
const RECORDED: Partial<Record<string, number>> = {
  'status/choose-1': 71,
  'status/choose-2': 72,
  'offer-driver': 73,
  'offer-operator': 74,
};
const logger = createLogger({ level: 'silent' });

const lines = [{ number: LINE }, { number: '+420222333445', caller_id: '222 333 444' }, { number: '+420222333446' }];

let db: Database;
let book: OrderBook;
let clock: VirtualClock;
let asked: number[];
let dispatch: OrderNews[];
let compose: StatusSpeech['compose'];

beforeEach(async () => {
  db = await openDatabase(':memory:');
  book = new OrderBook(db);
  clock = new VirtualClock(NOON);
  asked = [];
  dispatch = [];
  compose = ({ status }) => Promise.resolve({ prompts: [status === 'arrived' ? 1 : 2] });
});
afterEach(() => db.destroy());

const desk = () =>
  new OrderLookupService({
    book,
    dispatch: {
      ordersOf: (_number, _line, limitMs) => {
        asked.push(limitMs);
        return Promise.resolve(dispatch);
      },
    },
    speech: { compose: (words) => compose(words) },
    linesShownAs: (line) => linesShownAs(lines, line, 'CZ'),
    recording: (language, name) => (language === 'cs' ? RECORDED[name] : undefined),
    clock,
    logger,
  });

const effect = (more: Partial<OrderEffect> = {}): OrderEffect => ({
  type: 'order_lookup',
  id: 'e1',
  among: 'own',
  caller: CLIENT,
  line: LINE,
  languages: ['cs'],
  limitMs: 1500,
  ...more,
});
const putOrder = (id: string, more: Partial<OrderNews> = {}) =>
  book.put({ id, status: 'arrived', client: CLIENT, driver: DRIVER, line: LINE, ...more }, clock.now());

describe('orders of a caller', () => {
  it('come from the order book, without a request to the dispatch', async () => {
    await putOrder('A-1');
    expect(await desk().find(effect())).toEqual([
      { id: 'A-1', role: 'client', status: 'arrived', hasOther: true, says: [1] },
    ]);
    expect(asked).toEqual([]);
  });

  it('otherwise come from the dispatch, within the time left, and are stored', async () => {
    dispatch = [{ id: 'B-1', status: 'accepted', driver: DRIVER }];
    expect(await desk().find(effect())).toMatchObject([{ id: 'B-1', role: 'client', hasOther: true, says: [2] }]);
    expect(asked).toEqual([1400]);
    expect(await book.find('B-1', NOON)).toMatchObject({ client: CLIENT, driver: DRIVER, line: LINE });
  });

  it('are only those whose client is the caller, whatever the dispatch returns', async () => {
    dispatch = [{ id: 'B-1', status: 'accepted', client: '+420604000000' }];
    await putOrder('A-1', { client: '+420604000000', driver: CLIENT });
    expect(await desk().find(effect())).toEqual([]);
  });

  it('come with prompts for the choice and the default keys, in the language of the line', async () => {
    const { handler } = desk();
    const words = async (languages: string[]) => {
      const event = await handler.perform(effect({ languages }), { flowId: 'c_1' });
      return event?.type === 'orders_found' ? event.words : undefined;
    };
    expect(await words(['cs'])).toBeUndefined();
    await putOrder('A-1');
    expect(await words(['cs', 'en'])).toEqual({ choose: [71, 72], driver: [73], operator: [74] });
    expect(await words(['en'])).toEqual({ choose: [], driver: [], operator: [] });
  });

  it('are not found after their end', async () => {
    await putOrder('A-1', { status: 'completed_paid' });
    expect(await desk().find(effect())).toEqual([]);
  });

  it('come without prompts when those are late, missing or silent', async () => {
    await putOrder('A-1');
    compose = () => new Promise(() => undefined);
    const late = desk().find(effect());
    await expect.poll(() => clock.nextDueAt()).toBeDefined();
    clock.advanceBy(1500);
    expect(await late).toMatchObject([{ id: 'A-1', says: [] }]);
    compose = () => Promise.reject(new Error('no'));
    expect(await desk().find(effect())).toMatchObject([{ says: [] }]);
    compose = () => Promise.resolve({ silent: true });
    expect(await desk().find(effect())).toMatchObject([{ says: [] }]);
    expect(clock.nextDueAt()).toBeUndefined();
  });
});

describe('pairs under a line', () => {
  const pair = (more: Partial<OrderEffect> = {}) => desk().find(effect({ among: 'pair', ...more }));

  it('are found by either number, under that line only', async () => {
    await putOrder('A-1');
    expect(await pair()).toMatchObject([{ id: 'A-1', role: 'client' }]);
    expect(await pair({ caller: DRIVER })).toMatchObject([{ id: 'A-1', role: 'driver' }]);
    expect(await pair({ line: '+420222333999' })).toEqual([]);
    expect(await pair({ caller: '+420604000000' })).toEqual([]);
    expect(asked).toEqual([]);
  });

  it('are found under the number that they were shown: the caller ID of their line', async () => {
    await putOrder('A-1', { line: '+420222333445' });
    await putOrder('A-2', { client: '+420777888000', line: '+420222333446' });
    expect(await pair()).toMatchObject([{ id: 'A-1' }]);
    expect(await pair({ line: '+420222333445' })).toMatchObject([{ id: 'A-1' }]);
    expect(await pair({ line: '+420222333446' })).toEqual([]);
  });

  it('need both numbers and an active order', async () => {
    await putOrder('A-1', { driver: null });
    await putOrder('A-2', { status: 'client_refused' });
    expect(await pair()).toEqual([]);
  });

  it('come with prompts when there is a choice', async () => {
    await putOrder('A-1');
    clock.advanceBy(1000);
    await putOrder('A-2', { status: 'accepted' });
    expect(await pair()).toMatchObject([
      { id: 'A-2', says: [2] },
      { id: 'A-1', says: [1] },
    ]);
  });
});

describe('numbers of the parties of an order', () => {
  const numbers = () => new PartyNumbers(book, logger);

  it('are returned while the order is active', async () => {
    await putOrder('A-1');
    expect(await numbers().numberOf({ party: 'driver', order: 'A-1' }, NOON)).toBe(DRIVER);
    expect(await numbers().numberOf({ party: 'client', order: 'A-1' }, NOON)).toBe(CLIENT);
    await putOrder('A-1', { status: 'completed_paid' });
    expect(await numbers().numberOf({ party: 'driver', order: 'A-1' }, NOON)).toBeUndefined();
    expect(await numbers().numberOf({ party: 'driver', order: 'no such' }, NOON)).toBeUndefined();
  });

  it('are undefined while the database fails', async () => {
    const broken = new PartyNumbers({ find: () => Promise.reject(new Error('disk full')) }, logger);
    expect(await broken.numberOf({ party: 'driver', order: 'A-1' }, NOON)).toBeUndefined();
  });
});
