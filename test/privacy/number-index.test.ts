import fc from 'fast-check';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findRows, scan, SOURCES, type PersonalTable, type RowKey } from '../../src/privacy/find.js';
import { continueBackfill, indexPendingRows } from '../../src/privacy/number-index.js';
import { NumberIndexer } from '../../src/privacy/number-indexer.js';
import { Person } from '../../src/privacy/person.js';
import { ADAM, EVA, NOW, PrivacyHarness } from './privacy-harness.js';

let harness: PrivacyHarness;
beforeEach(async () => {
  harness = await PrivacyHarness.make();
});
afterEach(async () => {
  await harness.stop();
});

const person = (number: string): Person => {
  const parsed = Person.parse(number, 'CZ');
  if (parsed === undefined) throw new Error(`${number} is no number`);
  return parsed;
};

async function keysOf(pages: AsyncIterable<RowKey[]>): Promise<RowKey[]> {
  const keys: RowKey[] = [];
  for await (const page of pages) keys.push(...page);
  return keys.sort();
}

/** Expects that every source finds the same rows by the index as by reading all rows. */
async function expectSameAsScan(who: Person): Promise<number> {
  const { history } = harness.db;
  let found = 0;
  for (const source of Object.values<PersonalTable>(SOURCES)) {
    const all = await keysOf(scan(history, source, who));
    expect(await keysOf(findRows(history, source, who)), source.table).toEqual(all);
    found += all.length;
  }
  return found;
}

const mentions = () => harness.db.selectFrom('number_mentions').selectAll().execute();
const pending = () => harness.db.selectFrom('number_index_pending').selectAll().execute();

/** Makes all rows older than the index. */
async function forgetIndex(): Promise<void> {
  const { db } = harness;
  await db.deleteFrom('number_mentions').execute();
  await db.deleteFrom('number_index_pending').execute();
  await db.deleteFrom('number_index_backfill').execute();
  for (const { index, table } of Object.values<PersonalTable>(SOURCES))
    if (index !== undefined)
      await sql`insert into number_index_backfill (source) select ${index} where exists (select 1 from ${sql.table(table)})`.execute(
        db,
      );
}

const NUMBERS = [EVA, ADAM, '+421777888999', '+12025550123', '+4366412345678901', '777888', '1764417600000', '4711'];

/** Forms in which numbers are written; some of them are no form of the number. */
const FORMS: ((digits: string) => string)[] = [
  (digits) => `+${digits}`,
  (digits) => digits,
  (digits) => `00${digits}`,
  (digits) => digits.slice(3),
  (digits) => digits.slice(2),
  (digits) => digits.slice(1),
  (digits) => `0${digits.slice(3)}`,
  (digits) => `+${digits.slice(0, 3)} (0) ${digits.slice(3, 6)}-${digits.slice(6, 9)}. ${digits.slice(9)}`,
  (digits) => digits.slice(3).replace(/(?<=\d)(?=\d)/g, ' '),
  (digits) => `${digits}5`,
  (digits) => `12 ${digits.slice(3)} 7`,
];

const writtenNumber = fc
  .record({
    number: fc.constantFrom(...NUMBERS),
    form: fc.constantFrom(...FORMS),
    before: fc.constantFrom('', 'to ', '"', ':', 'a', '1', '12 ', '+'),
    after: fc.constantFrom('', '"', '@host', ' 5', '9', ', 777888999', ' '),
  })
  .map(({ number, form, before, after }) => before + form(number.replace('+', '')) + after);
const text = fc.oneof(writtenNumber, writtenNumber, fc.stringMatching(/^[0-9+ ().-]{0,24}$/));
const at = fc.record({
  place: fc.constantFrom(
    'running',
    'ended',
    'late',
    'agent',
    'delivery',
    'attempt',
    'order',
    'refused',
    'missed',
    'notification',
  ),
  text,
});

async function write(id: string, { place, text: written }: { place: string; text: string }): Promise<void> {
  const { db } = harness;
  const note = { flow_id: id, at: NOW, kind: 'note', data: JSON.stringify({ written }) };
  if (place === 'running' || place === 'ended') await harness.call(id, { caller: written, over: place === 'ended' });
  else if (place === 'late') {
    await harness.call(id, { caller: ADAM });
    await indexPendingRows(db);
    await db
      .insertInto('timeline')
      .values({ ...note, seq: 90 })
      .execute();
  } else if (place === 'agent') {
    await harness.call(id, { caller: '' });
    await harness.recording(id);
    await indexPendingRows(db);
    await db.updateTable('recordings').set({ agent: written }).where('call_id', '=', id).execute();
  } else if (place === 'delivery') await harness.delivery(id, { body: written });
  else if (place === 'attempt') {
    const delivery = await harness.delivery(id);
    await indexPendingRows(db);
    await db.updateTable('webhook_attempts').set({ answer: written }).where('delivery_id', '=', delivery).execute();
  } else if (place === 'order') await harness.order(id, { client: written });
  else if (place === 'notification') await harness.notification(id, { to: written });
  else if (place === 'refused') await harness.refusedCall({ caller: written });
  else await harness.missedCallDone({ note: written });
}

async function clear(): Promise<void> {
  await harness.db.deleteFrom('number_index_backfill').execute();
  for (const { table } of Object.values<PersonalTable>(SOURCES))
    await sql`delete from ${sql.table(table)}`.execute(harness.db);
}

test('the index finds what a search of all rows finds', { timeout: 120_000 }, async () => {
  let run = 0;
  let found = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(at, { minLength: 1, maxLength: 8 }),
      fc.array(at, { maxLength: 3 }),
      fc.boolean(),
      fc.nat(2),
      async (first, second, isOld, steps) => {
        run += 1;
        await clear();
        expect([await mentions(), await pending()]).toEqual([[], []]);
        for (const [n, each] of first.entries()) await write(`c_${run}_${n}`, each);
        if (isOld) await forgetIndex();
        for (let step = 0; step < steps; step += 1) {
          await indexPendingRows(harness.db);
          await continueBackfill(harness.db);
        }
        for (const [n, each] of second.entries()) await write(`d_${run}_${n}`, each);
        for (const number of NUMBERS) found += await expectSameAsScan(person(number));
      },
    ),
    { numRuns: 40 },
  );
  expect(found).toBeGreaterThan(100);
});

describe('with indexed rows', () => {
  beforeEach(async () => {
    for (let n = 0; n < 120; n += 1) await harness.order(`o_${n}`, { client: n % 10 === 0 ? EVA : ADAM });
    await harness.db.updateTable('orders').set({ fields: '{}' }).execute();
  });

  test('only the rows that the index names are read', async () => {
    await new NumberIndexer({ db: harness.db, clock: harness.clock, onError: () => undefined }).catchUp();
    // Not seen by the triggers: a search that reads all rows would find it.
    await sql`drop trigger orders_numbers_in_orders`.execute(harness.db);
    await harness.db.updateTable('orders').set({ client: EVA }).where('id', '=', 'o_1').execute();
    const found = await keysOf(findRows(harness.db.history, SOURCES.orders, person(EVA)));
    expect(found).toHaveLength(12);
    expect(found).not.toContain('o_1');
  });

  test('rows older than the index are indexed in the background, and found before', async () => {
    await forgetIndex();
    expect(await expectSameAsScan(person(EVA))).toBe(12);
    const indexer = new NumberIndexer({ db: harness.db, clock: harness.clock, onError: () => undefined });
    indexer.start();
    harness.clock.advanceTo(NOW + 15_000);
    await indexer.stop();
    // Stopped in the first round: the next one continues there.
    expect(await expectSameAsScan(person(EVA))).toBe(12);
    await indexer.catchUp();
    expect(await harness.db.selectFrom('number_index_backfill').selectAll().execute()).toEqual([]);
    expect(await pending()).toEqual([]);
    expect((await mentions()).length).toBeGreaterThanOrEqual(120);
    expect(await expectSameAsScan(person(EVA))).toBe(12);
  });

  test('a row that is written while it is indexed stays pending', async () => {
    const indexing = indexPendingRows(harness.db);
    await harness.db.updateTable('orders').set({ client: '+420603000111' }).where('id', '=', 'o_5').execute();
    await indexing;
    expect(await expectSameAsScan(person('+420603000111'))).toBe(1);
    await indexPendingRows(harness.db);
    expect(await expectSameAsScan(person('+420603000111'))).toBe(1);
  });
});

test('a call in progress is not indexed until it ends', async () => {
  await harness.call('c_1', { over: false });
  await harness.db.deleteFrom('webhook_deliveries').execute();
  expect(await pending()).toEqual([]);
  expect(await keysOf(findRows(harness.db.history, SOURCES.calls, person(EVA)))).toEqual(['c_1']);
  await harness.db.updateTable('flows').set({ over: 1 }).where('id', '=', 'c_1').execute();
  expect(await pending()).toEqual([{ source: 'calls', key: 'c_1', changes: 0 }]);
});
