import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { MediaStatistics } from '../../src/asterisk/media-statistics.js';
import { LegQualities } from '../../src/calls/leg-qualities.js';
import { ReportRollUp } from '../../src/reports/roll-up.js';
import { openDatabase, type Database } from '../../src/storage/database.js';
import { VirtualClock } from '../../src/simulator/virtual-clock.js';

const AT = Date.parse('2026-11-21T10:00:00Z');
const LINE = '+420222333444';
const direction = (lostShare: number) => ({ packets: 500, lostShare, jitterMs: 4 });

let db: Database;
let clock: VirtualClock;
let qualities: LegQualities;
const onMeasured = vi.fn();
const onError = (error: unknown) => expect.unreachable(String(error));

beforeEach(async () => {
  onMeasured.mockClear();
  db = await openDatabase(':memory:');
  clock = new VirtualClock(AT);
  await db.insertInto('programs').values({ hash: 'p', body: '{}' }).execute();
  await addCall('c_1');
  const isHandset = (name: string) => name === 'eva';
  qualities = new LegQualities({ db, clock, isHandset, onMeasured, onError });
});
afterEach(async () => {
  await qualities.stop();
  await db.destroy();
});

async function addCall(id: string): Promise<void> {
  const flow = { id, program: 'p', state: '{}', summary: '{}', over: 1, started_at: AT, updated_at: AT };
  await db
    .insertInto('flows')
    .values({ ...flow, kind: 'plan' })
    .execute();
  const none = { outcome: null, reason: null, queue: null, waited_ms: null, agent_kind: null, agent: null };
  const ended = { talk_ms: null, ended_at: AT, ended_by: null, number: '', order_id: null };
  const call = { id, kind: 'plan', started_at: AT, direction: 'incoming' as const, line: LINE, over: 1 };
  await db
    .insertInto('calls')
    .values({ ...call, ...none, ...ended })
    .execute();
}

function ends(channelId: string, endpoint: string, statistics: Partial<MediaStatistics> = {}, linkedId = '1'): void {
  const all = { received: direction(0), sent: direction(0), roundTripMs: 20, ...statistics };
  qualities.onEvent({ type: 'media_ended', at: AT, channelId, linkedId, endpoint, statistics: all });
}

const stored = () => db.selectFrom('leg_qualities').select(['call_id', 'kind', 'name']).orderBy('name').execute();

test('legs of a call are stored together a second later, each once', async () => {
  ends('1', 'provider');
  ends('c_1~l2', 'eva');
  ends('c_1~l2', 'eva');
  expect(await stored()).toEqual([]);
  clock.advanceBy(1000);
  await expect.poll(stored).toEqual([
    { call_id: 'c_1', kind: 'handset', name: 'eva' },
    { call_id: 'c_1', kind: 'trunk', name: 'provider' },
  ]);
  expect(onMeasured).toHaveBeenCalledTimes(3);
});

test('without a call, and with hardly any sound, there is nothing to store', async () => {
  ends('2', 'eva', {}, '2');
  ends('3', 'eva', { received: { ...direction(0), packets: 50 }, sent: undefined });
  await qualities.stop();
  expect(await stored()).toEqual([]);
  expect(onMeasured).toHaveBeenCalledTimes(1);
});

test('the report has each leg at its handset or trunk, and at its line', async () => {
  ends('1', 'provider', { received: direction(0.2) });
  ends('c_1~l2', 'eva', { sent: undefined, roundTripMs: undefined });
  await qualities.stop();
  const company = () => ({ time_zone: 'Europe/Prague', queues: [] });
  const rollUp = new ReportRollUp({ db, company, clock, onError });
  await rollUp.catchUp();
  await rollUp.catchUp();
  const counted = await db
    .selectFrom('report_counts')
    .select(['key', 'measure', 'value'])
    .where('report', '=', 'quality')
    .execute();
  const sums = (key: string) =>
    Object.fromEntries(counted.filter((row) => row.key === key).map(({ measure, value }) => [measure, value]));
  expect(sums('trunk/provider')).toMatchObject({
    poor: 1,
    lost_permyriad: 2000,
    jitter: 4,
    round_trip: 20,
    round_trips: 1,
  });
  expect(sums('handset/eva')).toEqual({ good: 1, mos_hundredths: 440, jitter: 4 });
  expect(sums(`line/${LINE}`)).toMatchObject({ good: 1, poor: 1, lost_permyriad: 2000, jitter: 8 });
});
