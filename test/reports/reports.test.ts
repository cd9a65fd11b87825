import fc from 'fast-check';
import { DateTime } from 'luxon';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { isSqlite } from '../support/on-sqlite.js';
import { ReportReader } from '../../src/reports/reader.js';
import { ReportRollUp } from '../../src/reports/roll-up.js';
import { reportRoutes } from '../../src/reports/routes.js';
import { recordAudit } from '../../src/storage/audit-log.js';
import { openDatabase, type Database } from '../../src/storage/database.js';
import { callOutcomes, type CallOutcomeName } from '../../src/telephony/call-outcome.js';
import { asAdmin, READER, startServer, type TestServer } from '../http/http-harness.js';

const NOW = Date.parse('2026-11-21T10:00:00Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const LINE = '+420222333444';

let db: Database;
let http: TestServer;
let zone: string;

beforeEach(async () => {
  zone = 'Europe/Prague';
  db = await openDatabase(':memory:');
  await db.insertInto('programs').values({ hash: 'p', body: '{}' }).execute();
  http = await startServer(
    reportRoutes({
      reader: new ReportReader(db),
      timeZone: () => zone,
      menuNames: () => new Map([['lines/1/plan/1', 'Customer line › Main menu']]),
      clock: { now: () => NOW, wakeAt: () => () => undefined },
      record: (entry) => recordAudit(db, { ...entry, at: NOW }),
    }),
  );
});
afterEach(async () => {
  await http.stop();
  await db.destroy();
});

interface Stored {
  at: number;
  direction: 'incoming' | 'outgoing';
  line: string;
  outcome: CallOutcomeName;
  queue: number | null;
  waitedMs: number | null;
  handset: string | null;
  talkMs: number;
}

type Given = Partial<Stored> & { timeline?: [string, unknown][]; over?: number; kind?: string; endedBy?: string };

let calls = 0;
async function storeCall(given: Given): Promise<void> {
  await storeCalls([given]);
}

async function storeCalls(all: readonly Given[]): Promise<void> {
  if (all.length === 0) return;
  const rows = all.map((given) => {
    calls += 1;
    const id = `c_${String(calls).padStart(5, '0')}`;
    const { at = NOW - HOUR, over = 1, kind = 'plan', handset = null, timeline = [] } = given;
    return {
      flow: { id, kind, program: 'p', state: '{}', summary: '{}', over, started_at: at, updated_at: at },
      call: {
        id,
        kind,
        started_at: at,
        direction: given.direction ?? ('incoming' as const),
        line: given.line ?? LINE,
        over,
        outcome: over ? (given.outcome ?? ('answered' as const)) : null,
        reason: null,
        queue: given.queue ?? null,
        waited_ms: given.waitedMs ?? null,
        agent_kind: handset === null ? null : ('handset' as const),
        agent: handset,
        talk_ms: given.talkMs ?? 0,
        ended_at: at,
        ended_by: given.endedBy ?? 'caller',
        number: '',
        order_id: null,
      },
      entries: timeline.map(([entry, data], seq) => ({
        flow_id: id,
        seq,
        at,
        kind: entry,
        data: JSON.stringify(data),
      })),
    };
  });
  await db
    .insertInto('flows')
    .values(rows.map(({ flow }) => flow))
    .execute();
  await db
    .insertInto('calls')
    .values(rows.map(({ call }) => call))
    .execute();
  for (const entry of rows.flatMap(({ entries }) => entries)) await db.insertInto('timeline').values(entry).execute();
}

function rollUp(): ReportRollUp {
  return new ReportRollUp({
    db,
    company: () => ({ time_zone: zone, queues: [{ id: 12, wrap_up: 10_000 }] }),
    clock: { now: () => NOW, wakeAt: () => () => undefined },
    onError: (error) => {
      throw error;
    },
  });
}

type Row = Record<string, unknown> & { group: string; key: string };
interface Report {
  pending: number;
  rows: Row[];
  totals: Row[];
}

async function get(path: string, headers: Record<string, string> = asAdmin) {
  const response = await fetch(`${http.url}/api/v1/reports/${path}`, { headers });
  return (await response.json()) as Report & { status?: number };
}

async function report(path: string): Promise<Report> {
  await rollUp().catchUp();
  return get(path);
}

test('calls: outcomes, service level, waiting and talk', async () => {
  await storeCall({ outcome: 'answered', waitedMs: 4000, talkMs: 60_000 });
  await storeCall({ outcome: 'answered', waitedMs: 20_000, talkMs: 30_000 });
  await storeCall({ outcome: 'answered', waitedMs: 36_000, talkMs: 30_000 });
  await storeCall({ outcome: 'lost', waitedMs: 62_000 });
  await storeCall({ outcome: 'served' });
  await storeCall({ direction: 'outgoing', outcome: 'busy' });
  await storeCall({ over: 0 });
  await storeCall({ kind: 'feature_code', outcome: 'served' });
  const { rows, totals, pending } = await report('calls?by=day');
  expect(pending).toBe(0);
  expect(rows).toMatchObject([
    {
      group: '2026-11-21',
      key: 'incoming',
      calls: 5,
      answered: 3,
      lost: 1,
      served: 1,
      service_level: 0.5,
      waited_average_ms: 20_000,
      waited_p90_ms: 40_000,
      lost_after_average_ms: 62_000,
      lost_after_p90_ms: 75_000,
      talk_ms: 120_000,
    },
    { key: 'outgoing', calls: 1, busy: 1, service_level: 0, waited_average_ms: null, waited_p90_ms: null },
  ]);
  expect(totals).toEqual(rows.map((row) => ({ ...row, group: '' })));
  expect((await get('calls?within=5')).rows[0]).toMatchObject({ service_level: 0.25 });
});

test('agents: talks, wrap-up by the setting of the queue, and pauses', async () => {
  await storeCall({ handset: 'sales', queue: 12, talkMs: 60_000, waitedMs: 2000 });
  await storeCall({ handset: 'sales', talkMs: 20_000, waitedMs: 4000 });
  const event = (
    at: number,
    queue: number,
    name: 'paused' | 'unpaused' | 'logged_out',
    { handset = 'sales', node = 'main' } = {},
  ) =>
    db
      .insertInto('duty_events')
      .values({ at, node, handset, operator: null, queue, event: name, reason: '', by: '' })
      .execute();
  const midnight = Date.parse('2026-11-20T23:00:00Z');
  await event(midnight - 10 * MINUTE, 1, 'paused');
  await event(midnight - 5 * MINUTE, 2, 'paused');
  await event(midnight + MINUTE, 2, 'paused', { node: 'b' });
  await event(midnight + 2 * MINUTE, 1, 'unpaused');
  // At the other node the handset is still paused.
  await event(midnight + 3 * MINUTE, 2, 'unpaused', { node: 'b' });
  await event(midnight + 7 * MINUTE, 2, 'logged_out');
  await event(NOW - MINUTE, 1, 'paused', { handset: 'other' });
  const { rows } = await report('agents?by=day');
  expect(rows).toMatchObject([
    { group: '2026-11-20', key: 'sales', answered: 0, pause_ms: 10 * MINUTE },
    { group: '2026-11-21', key: 'other', pause_ms: MINUTE },
    {
      group: '2026-11-21',
      key: 'sales',
      answered: 2,
      talk_ms: 80_000,
      talk_average_ms: 40_000,
      waited_average_ms: 3000,
      wrap_up_ms: 10_000,
      pause_ms: 7 * MINUTE,
    },
  ]);
  expect((await get('agents?by=day&key=other')).rows).toHaveLength(1);
});

test('menus: keys, timeouts, and callers who gave up', async () => {
  const menu = ['action', { action: 'menu', at: 'lines/1/plan/1' }] as [string, unknown];
  const input = (digits: string, ended = 'max') => ['input', { digits, ended }] as [string, unknown];
  await storeCall({ timeline: [menu, input('', 'timeout'), input('9'), ['action', { action: 'play', at: 'x' }]] });
  await storeCall({ timeline: [menu, input('9')] });
  await storeCall({ timeline: [menu, input('', 'timeout')] });
  await storeCall({ timeline: [menu], endedBy: 'plan' });
  await storeCall({ timeline: [['action', { action: 'collect', at: 'y' }], input('1234', 'hash')] });
  expect((await report('menus')).rows).toEqual([
    {
      group: '2026-11-21',
      key: 'lines/1/plan/1',
      name: 'Customer line › Main menu',
      entered: 4,
      keys: { 9: 2 },
      timeouts: 2,
      gave_up: 1,
    },
  ]);
});

test('a menu that the plans no longer have is without a name', async () => {
  await storeCall({ timeline: [['action', { action: 'menu', at: 'lines/1/plan/7' }]] });
  expect((await report('menus')).rows).toMatchObject([{ key: 'lines/1/plan/7', name: null }]);
});

test('the latency and the faults of the shop', async () => {
  const request = ['shop_request', { url: 'https://shop.example/launch?x=1' }] as [string, unknown];
  await storeCall({
    timeline: [
      request,
      ['shop_answer', { status: 200, latency_ms: 40 }],
      request,
      ['shop_answer', { status: 500, latency_ms: 160 }],
      request,
      ['shop_no_answer', { reason: 'timeout', latency_ms: 10_000 }],
    ],
  });
  expect((await report('shop')).rows).toEqual([
    {
      group: '2026-11-21',
      key: 'shop.example',
      requests: 3,
      answered: 1,
      errors: 1,
      no_answer: 1,
      latency_average_ms: 100,
      latency_p90_ms: 200,
    },
  ]);
});

test('results of notifications', async () => {
  const fixed = {
    digest: '',
    raw_status: '',
    to_number: '',
    line: '',
    trunk: '',
    batch: null,
    terms: '{}',
    withdrawn: null,
  };
  const rest = {
    due_at: 0,
    expires_at: 0,
    created_at: 0,
    answered_at: null,
    duration_ms: null,
    digit: null,
    action: null,
  };
  for (const [id, state, result, attempts] of [
    ['n_1', 'done', 'delivered', 1],
    ['n_2', 'done', 'delivered', 2],
    ['n_3', 'done', 'expired', 3],
    ['n_4', 'waiting', null, 1],
  ] as const)
    await db
      .insertInto('notifications')
      .values({
        id,
        external_id: id,
        order_id: id,
        status: 'ready' as string,
        state,
        result,
        attempts,
        finished_at: NOW - HOUR,
        ...fixed,
        ...rest,
      })
      .execute();
  expect((await report('notifications')).rows).toEqual([
    { group: '2026-11-21', key: 'ready', finished: 3, attempts: 6, results: { delivered: 2, expired: 1 } },
  ]);
});

describe('groups are in local time', () => {
  it.each([
    ['hour', 'Europe/Prague', '2026-11-20T23:30:00Z', '00'],
    ['hour', 'Asia/Kolkata', '2026-11-20T18:35:00Z', '00'],
    ['hour', 'Asia/Kathmandu', '2026-11-20T18:20:00Z', '00'],
    ['day', 'Europe/Prague', '2026-11-20T23:30:00Z', '2026-11-21'],
    ['weekday', 'Europe/Prague', '2026-11-20T23:30:00Z', '6'],
    ['weekday', 'America/New_York', '2026-11-20T23:30:00Z', '5'],
    ['weekday_hour', 'Europe/Prague', '2026-11-20T23:30:00Z', '6-00'],
    ['weekday_hour', 'Europe/Prague', '2026-11-15T22:59:00Z', '7-23'],
    ['weekday_hour', 'Asia/Kathmandu', '2026-11-20T18:20:00Z', '6-00'],
    // The hour that was twice on the day when the clocks were put back, and the hour after the one that was left out.
    ['weekday_hour', 'Europe/Prague', '2026-10-25T00:30:00Z', '7-02'],
    ['weekday_hour', 'Europe/Prague', '2026-10-25T01:30:00Z', '7-02'],
    ['weekday_hour', 'Europe/Prague', '2026-03-29T01:00:00Z', '7-03'],
  ])('%s in %s', async (by, where, at, group) => {
    zone = where;
    await storeCall({ at: Date.parse(at) });
    expect((await report(`calls?by=${by}&from=2026-03-01T00:00:00Z`)).rows).toMatchObject([{ group }]);
  });
});

const FROM = Date.parse('2026-10-20T00:00:00Z');
const anyCall = fc.record({
  // The clocks are put back on 25 October in Europe and on 1 November in America.
  at: fc.integer({ min: FROM, max: FROM + 16 * DAY - 1 }),
  direction: fc.constantFrom('incoming' as const, 'outgoing' as const),
  line: fc.constantFrom(LINE, '+420555666777'),
  outcome: fc.constantFrom(...callOutcomes),
  queue: fc.constantFrom(null, 7, 12),
  waitedMs: fc.option(fc.integer({ min: 0, max: 400_000 })),
  handset: fc.constantFrom(null, 'sales', 'boss'),
  talkMs: fc.integer({ min: 0, max: 100_000 }),
});

test('the sums equal a direct count of any calls, added in any portions by several runs', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(anyCall, { maxLength: 40 }), { maxLength: 4 }),
      // The time zone before and after a change.
      fc.constantFrom(
        ['Europe/Prague', 'Europe/Prague'],
        ['America/New_York', 'America/New_York'],
        ['Asia/Kolkata', 'Asia/Kolkata'],
        ['Europe/Prague', 'America/New_York'],
        ['Asia/Kolkata', 'Europe/Prague'],
      ),
      fc.integer({ min: 0, max: 3 }),
      fc.tuple(fc.integer({ min: 0, max: 16 * 24 }), fc.integer({ min: 1, max: 16 * 24 })),
      async (portions, [zoneBefore = '', zoneAfter = ''], changed, [firstHour, hours]) => {
        const tables = ['report_counts', 'report_days', 'report_hours', 'meta', 'calls', 'flows'] as const;
        for (const table of tables) await db.deleteFrom(table).execute();
        for (const [index, portion] of portions.entries()) {
          zone = index < changed ? zoneBefore : zoneAfter;
          await storeCalls(portion);
          // Stopped before the second slice, or not at all; the next one continues.
          let rounds = 0;
          await rollUp().catchUp(() => portion.length % 2 === 0 && rounds++ > 0);
        }
        zone = zoneAfter;
        await rollUp().catchUp();
        await rollUp().catchUp();
        const [from, to] = [FROM + firstHour * HOUR, FROM + (firstHour + hours) * HOUR];
        const time = `from=${new Date(from).toISOString()}&to=${new Date(to).toISOString()}`;
        const all = portions.flat().filter(({ at }) => at >= from && at < to);
        for (const [by, format] of [
          ['day', 'yyyy-MM-dd'],
          ['hour', 'HH'],
          ['weekday', 'c'],
          ['weekday_hour', 'c-HH'],
        ] as const)
          for (const [name, keyOf] of [
            ['queues', ({ queue }: Stored) => queue],
            ['lines', ({ line }: Stored) => line],
            ['calls', ({ direction }: Stored) => direction],
          ] as const) {
            const { rows } = await get(`${name}?by=${by}&${time}`);
            expect(rows.map(counted)).toEqual(direct(all, keyOf, format));
          }
      },
    ),
    // A statement is a round trip on PostgreSQL.
    { numRuns: isSqlite ? 25 : 3 },
  );
});

describe('a long report', () => {
  const from = NOW - 10 * DAY;
  const report = async (by: string) => {
    const { rows, totals } = await get(`calls?by=${by}&from=${new Date(from).toISOString()}`);
    return { rows, totals };
  };
  const midnight = (daysAgo: number) =>
    DateTime.fromMillis(NOW, { zone }).startOf('day').minus({ days: daysAgo }).toMillis();
  const insideDays = async () => {
    await db
      .deleteFrom('report_counts')
      .where('slot', '>=', (from + DAY) / (15 * MINUTE))
      .where('slot', '<', (NOW - DAY) / (15 * MINUTE))
      .execute();
  };

  beforeEach(async () => {
    for (let at = from; at < NOW; at += 7 * HOUR) await storeCall({ at, waitedMs: 4000 });
    await rollUp().catchUp();
  });

  it.each(['day', 'weekday', 'hour', 'weekday_hour'])('%s: reads no slots of whole days', async (by) => {
    const before = await report(by);
    await insideDays();
    expect(await report(by)).toEqual(before);
  });

  it.each(['day', 'weekday', 'hour', 'weekday_hour'] as const)('by %s of one key reads a row a day', async (by) => {
    await storeCall({ at: from, direction: 'outgoing' });
    await rollUp().catchUp();
    let read = 0;
    const counting = db.withPlugin({
      transformQuery: ({ node }) => node,
      transformResult: ({ result }) => {
        read += result.rows.length;
        return Promise.resolve(result);
      },
    });
    const whole = { from: midnight(10), to: midnight(1), by, zone, key: 'incoming' };
    await new ReportReader(counting).read('calls', whole);
    // Beside the days, only the entry about them, twice.
    expect(read).toBe(9 + 2);
  });

  it('reads slots until the days of a new time zone are built', async () => {
    zone = 'America/New_York';
    const before = await report('day');
    await rollUp().catchUp();
    expect(await report('day')).toEqual(before);
    await insideDays();
    expect(await report('day')).toEqual(before);
  });

  it('continues a build that was stopped', async () => {
    zone = 'America/New_York';
    const before = await report('day');
    let asked = 0;
    await rollUp().catchUp(() => asked++ > 3);
    await storeCall({ at: from + DAY });
    await storeCall({ at: NOW - DAY });
    await rollUp().catchUp();
    const after = await report('day');
    await insideDays();
    expect(await report('day')).toEqual(after);
    expect(after.totals[0]?.['calls']).toBe(Number(before.totals[0]?.['calls']) + 2);
  });

  it('has no days older than the slots', async () => {
    await rollUp().cleanupJob.run(NOW + 1097 * DAY);
    const { rows } = await report('day');
    expect(rows.map(({ group }) => group)).toEqual(['2026-11-18', '2026-11-19', '2026-11-20', '2026-11-21']);
    const days = await db
      .selectFrom('report_hours')
      .select('day')
      .where('report', '=', 'calls')
      .orderBy('day')
      .execute();
    expect(days.map(({ day }) => day * DAY)).toEqual(rows.map(({ group }) => Date.parse(group)));
    const slots = await db.selectFrom('report_counts').select('slot').orderBy('slot').executeTakeFirst();
    expect((slots?.slot ?? 0) * 15 * MINUTE).toBeGreaterThanOrEqual(Date.parse('2026-11-17T23:00:00Z'));
  });
});

function counted(row: Row) {
  const { group, key, calls: many, answered, lost, talk_ms: talk, waited_average_ms: waited } = row;
  return { group, key, calls: many, answered, lost, talk, waited, inTime: row['service_level'] };
}

/** Counts without the code under test. */
function direct(all: Stored[], keyOf: (call: Stored) => string | number | null, format: string) {
  const groups = new Map<string, Stored[]>();
  for (const call of all) {
    const key = keyOf(call);
    if (key === null) continue;
    const id = JSON.stringify([DateTime.fromMillis(call.at, { zone }).toFormat(format), String(key)]);
    groups.set(id, [...(groups.get(id) ?? []), call]);
  }
  return [...groups]
    .map(([id, some]) => {
      const [group, key] = JSON.parse(id) as [string, string];
      const answered = some.filter(({ outcome }) => outcome === 'answered');
      const waits = answered.flatMap(({ waitedMs }) => (waitedMs === null ? [] : [waitedMs]));
      const missed = some.filter(({ outcome }) =>
        ['lost', 'unanswered', 'busy', 'unreachable'].includes(outcome),
      ).length;
      const of = waits.length + missed;
      return {
        group,
        key,
        calls: some.length,
        answered: answered.length,
        lost: some.filter(({ outcome }) => outcome === 'lost').length,
        talk: some.reduce((sum, { talkMs }) => sum + talkMs, 0),
        waited: waits.length === 0 ? null : Math.round(waits.reduce((sum, ms) => sum + ms, 0) / waits.length),
        inTime: of === 0 ? null : waits.filter((ms) => ms <= 20_000).length / of,
      };
    })
    .sort((a, b) => a.group.localeCompare(b.group) || a.key.localeCompare(b.key, 'en', { numeric: true }));
}

test('CSV', async () => {
  await storeCall({
    timeline: [
      ['action', { action: 'menu', at: 'm' }],
      ['input', { digits: '1', ended: 'max' }],
    ],
  });
  await rollUp().catchUp();
  const response = await fetch(`${http.url}/api/v1/reports/menus.csv`, { headers: asAdmin });
  expect(response.headers.get('content-type')).toContain('text/csv');
  expect((await response.text()).replace('\uFEFF', '')).toBe(
    'group,key,entered,keys,timeouts,gave_up,name\r\n2026-11-21,m,1,1:1,0,0,\r\n',
  );
  await get('menus?by=hour');
  await fetch(`${http.url}/api/v1/reports/queues?by=hour&key=12&from=2026-11-20T00:00:00%2B01:00`, {
    headers: { ...asAdmin, accept: 'text/csv' },
  });
  const entries = await db.selectFrom('audit').select(['actor', 'action', 'subject', 'detail']).execute();
  const to = new Date(NOW).toISOString();
  const who = { actor: 'admin', action: 'report_exported' };
  expect(entries.map(({ detail, ...entry }) => ({ ...entry, detail: JSON.parse(detail) as unknown }))).toEqual([
    { ...who, subject: 'menus', detail: { from: '2026-11-14T10:00:00.000Z', to, by: 'day' } },
    { ...who, subject: 'queues', detail: { from: '2026-11-19T23:00:00.000Z', to, by: 'hour', key: '12' } },
  ]);
});

test.each(['by=month', 'within=21', 'from=2026-11-22T00:00:00Z', 'from=2020-01-01T00:00:00Z'])(
  'a bad request is refused: %s',
  async (query) => {
    expect(await get(`calls?${query}`)).toMatchObject({ status: 422 });
  },
);

test('reports need the scope metrics:read', async () => {
  expect(await get('agents', { authorization: `Bearer ${READER}` })).toMatchObject({ status: 403 });
});

test('calls that are not counted yet are reported; old sums are removed', async () => {
  await storeCall({});
  expect((await get('calls')).pending).toBe(1);
  await rollUp().catchUp();
  expect((await get('calls')).pending).toBe(0);
  expect(await rollUp().cleanupJob.run(NOW + 1000 * DAY)).toBe(0);
  expect(await rollUp().cleanupJob.run(NOW + 1200 * DAY)).toBeGreaterThan(0);
  expect((await get('calls')).rows).toEqual([]);
});
