import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { recordingIdOf } from '../../src/recordings/store.js';
import { indexPendingRows } from '../../src/privacy/number-index.js';
import { asAdmin, READER } from '../http/http-harness.js';
import { ADAM, EVA, LINE, NOW, PrivacyHarness } from './privacy-harness.js';

let harness: PrivacyHarness;
beforeEach(async () => {
  harness = await PrivacyHarness.make();
});
afterEach(async () => {
  await harness.stop();
});

const post = (path: string, body: unknown, headers: Record<string, string> = asAdmin) =>
  fetch(`${harness.http.url}/api/v1/people/${path}`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

interface Receipt {
  id: string;
  counts: Record<string, number>;
  do_not_call: string;
  configuration: { section: string; key: string }[];
  log_truncated: boolean;
}

async function erase(number = EVA, more: object = {}): Promise<Receipt> {
  const answer = await post('erasures', { number, ...more });
  expect(answer.status).toBe(200);
  return (await answer.json()) as Receipt;
}

async function exported(number = EVA): Promise<Record<string, { id?: string }[]>> {
  const answer = await post('export', { number });
  expect(answer.status).toBe(200);
  return (await answer.json()) as Record<string, { id?: string }[]>;
}

/** One row of each kind with Eva's number, and one of Adam's without it. */
async function everything(): Promise<string> {
  await harness.call('c_1');
  await harness.call('c_2', { caller: ADAM });
  await harness.call('b_1', { caller: ADAM, kind: 'bridge' });
  const recording = await harness.recording('c_1');
  await harness.note('c_1', 'a nice person');
  await harness.note('c_2', 'his wife has 777 888 999 too');
  await harness.delivery('n_other', { body: `phone=777888999` });
  await harness.order('o_client');
  await harness.order('o_driver', { client: ADAM, driver: EVA });
  await harness.notification('n_1');
  await harness.notification('n_2', { state: 'waiting' });
  await harness.notification('n_3', { to: ADAM });
  await harness.smallThings();
  return recording;
}

test('erasing leaves the number in no table and in no file', async () => {
  const recording = await everything();
  await sql`pragma wal_checkpoint(passive)`.execute(harness.db);
  expect(await harness.isOnDisk('777888999')).toBe(true);
  const receipt = await erase('777 888 999', { remove_do_not_call: true });
  expect(receipt.counts).toMatchObject({
    calls: 2,
    recordings: 1,
    orders: 1,
    notifications: 2,
    notifications_canceled: 1,
    recorded_requests: 1,
    spoken_texts: 1,
  });
  expect([receipt.do_not_call, receipt.log_truncated]).toEqual(['removed', true]);
  expect(await harness.isOnDisk('777888999')).toBe(false);
  expect(await harness.isOnDisk('777 888 999')).toBe(false);
  expect(await harness.files.has(recording)).toBe(false);
  expect(harness.canceled).toEqual(['n_2']);
  expect(harness.forgottenCustomers).toEqual(['+420777888999']);
  expect(JSON.stringify(receipt)).not.toContain('777888');
  const after = await exported();
  const lists = Object.entries(after).filter(([, value]) => Array.isArray(value) && value.length > 0);
  expect(lists).toEqual([]);
});

test('the note about a call goes with the person, and keeps what it says about others', async () => {
  await everything();
  const texts = JSON.stringify(await exported());
  expect(texts).toContain('a nice person');
  expect(texts).toContain('his wife has 777 888 999 too');
  await indexPendingRows(harness.db);
  await erase();
  const left = await harness.db.selectFrom('call_notes').select(['call_id', 'text', 'searched']).execute();
  expect(left).toEqual([{ call_id: 'c_2', text: 'his wife has [erased] too', searched: 'his wife has [erased] too' }]);
});

test('the summary counts what is stored, and nothing after an erasure', async () => {
  await everything();
  const summary = async () => (await (await post('summary', { number: '777 888 999' })).json()) as object;
  const { calls, recordings, orders, notifications } = await exported();
  expect(await summary()).toMatchObject({
    number: EVA,
    counts: {
      calls: calls?.length,
      recordings: recordings?.length,
      orders: orders?.length,
      notifications: notifications?.length,
    },
    do_not_call: true,
    configuration: [],
  });
  expect([calls?.length, recordings?.length, orders?.length, notifications?.length]).toEqual([3, 1, 2, 3]);
  await erase(EVA, { remove_do_not_call: true });
  expect(await summary()).toEqual({
    number: EVA,
    counts: { calls: 0, recordings: 0, webhook_deliveries: 0, orders: 0, notifications: 0, other: 0 },
    do_not_call: false,
    configuration: [],
  });
  expect((await post('summary', { number: EVA }, { authorization: `Bearer ${READER}` })).status).toBe(403);
  expect(await (await post('summary', { number: 'boss' })).json()).toMatchObject({
    errors: [{ field: 'body.number', code: 'bad_number' }],
  });
});

test('data of other people is kept', async () => {
  await everything();
  await erase();
  const { db } = harness;
  const kinds = async (id: string) =>
    (await db.selectFrom('timeline').where('flow_id', '=', id).select('kind').orderBy('seq').execute()).map(
      ({ kind }) => kind,
    );
  expect(await kinds('c_1')).toEqual(['erased']);
  expect(await kinds('c_2')).toEqual(['arrived', 'shop_answer', 'prompt']);
  const [order] = await db.selectFrom('orders').selectAll().execute();
  expect(order).toMatchObject({ id: 'o_driver', client: ADAM, driver: null, fields: '{"contact":"[erased]"}' });
  const row = await db.selectFrom('notifications').select(['id', 'to_number']).execute();
  expect(row).toEqual([{ id: 'n_3', to_number: ADAM }]);
  // Lists of calls still count the erased call.
  expect(await db.selectFrom('calls').select('id').orderBy('id').execute()).toHaveLength(3);
});

test('a second erasure succeeds and finds nothing', async () => {
  await everything();
  const first = await erase();
  const second = await erase();
  expect(second.id).not.toBe(first.id);
  expect(Object.values(second.counts).every((count) => count === 0)).toBe(true);
});

test('the do-not-call entry stays unless its removal is requested', async () => {
  await harness.smallThings();
  expect((await erase()).do_not_call).toBe('kept');
  expect(await harness.db.selectFrom('do_not_call').select(['number', 'reason']).orderBy('number').execute()).toEqual([
    { number: ADAM, reason: 'husband of [erased]' },
    { number: EVA, reason: 'asked' },
  ]);
  expect((await erase(EVA, { remove_do_not_call: true })).do_not_call).toBe('removed');
  expect((await erase()).do_not_call).toBe('none');
});

test('the erasure itself is stored, without the number', async () => {
  await everything();
  const { id, counts } = await erase();
  const answer = await fetch(`${harness.http.url}/api/v1/people/erasures`, { headers: asAdmin });
  const text = await answer.text();
  expect(JSON.parse(text)).toEqual({ erasures: [expect.objectContaining({ id, by: 'admin', counts })] });
  expect(text).not.toMatch(/777.?888.?999/);
});

test('a recording that Asterisk still has is not imported afterwards', async () => {
  await harness.call('c_1');
  await erase();
  const rows = await harness.db.selectFrom('recordings').select(['id', 'deleted_by']).orderBy('name').execute();
  expect(rows).toEqual(['c_1~q1', 'c_1~q2'].map((name) => ({ id: recordingIdOf(name), deleted_by: 'admin' })));
});

describe('while the person is in a call', () => {
  test.each([
    ['that goes on', () => harness.call('c_1', { over: false })],
    [
      'whose flow is still in memory',
      async () => {
        await harness.call('c_1');
        harness.running = ['c_1'];
      },
    ],
    ['of a notification', () => harness.notification('n_1', { state: 'calling' })],
  ])('%s, nothing is erased, and the problem says so', async (_name, begin) => {
    await begin();
    await harness.order('o_1');
    const answer = await post('erasures', { number: EVA });
    expect(answer.status).toBe(409);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(await answer.text()).toContain('the number is in a call');
    expect(await harness.db.selectFrom('orders').select('id').execute()).toHaveLength(1);
  });
});

test('the export holds each kind', async () => {
  const recording = await everything();
  await harness.db
    .insertInto('config_items')
    .values({ section: 'operators', key: '7', position: 0, body: JSON.stringify({ mobile: EVA }) })
    .execute();
  const all = await exported('00420777888999');
  const ids = (kind: string) => all[kind]?.map(({ id }) => id);
  expect(all['number']).toBe(EVA);
  expect(ids('calls')).toEqual(['b_1', 'c_1', 'c_2']);
  expect(all['calls']?.[1]).toMatchObject({
    caller: EVA,
    timeline: [{ kind: 'arrived' }, { kind: 'shop_answer' }, { kind: 'prompt' }],
    dials: [{ leg: 'c_1~l1' }],
    webhook_deliveries: [{ hook: 'shop', attempts: [{ answer: 'ok 777888999' }] }],
  });
  expect(all['webhook_deliveries']).toMatchObject([{ call_id: 'n_other' }]);
  expect(ids('orders')).toEqual(['o_client', 'o_driver']);
  expect(ids('notifications')).toEqual(['n_1', 'n_2', 'n_3']);
  expect(all['recordings']).toMatchObject([{ id: recording, audio: `/api/v1/recordings/${recording}/audio` }]);
  expect(all['recorded_requests']).toHaveLength(1);
  expect(all['do_not_call']).toHaveLength(2);
  expect(all['configuration']).toEqual([{ section: 'operators', key: '7' }]);
  expect((await erase()).configuration).toEqual([{ section: 'operators', key: '7' }]);
});

test('missed calls and refused calls are exported and erased', async () => {
  await harness.refusedCall();
  await harness.refusedCall({ caller: 'anonymous', dialled: '777888999' });
  await harness.refusedCall({ caller: ADAM });
  await harness.missedCallDone({ number: EVA.replace('+', '') });
  await harness.missedCallDone({ note: 'call back 777 888 999' });
  await harness.missedCallDone();
  const all = await exported();
  expect(all['refused_calls']).toMatchObject([{ caller: EVA }, { dialled: '777888999' }]);
  expect(all['missed_calls_done']).toMatchObject([{ number: '420777888999' }, { note: 'call back 777 888 999' }]);
  expect((await erase()).counts['mentions']).toBe(4);
  expect(await harness.db.selectFrom('refused_calls').select('caller').execute()).toEqual([{ caller: ADAM }]);
  expect(await harness.db.selectFrom('missed_calls_done').select(['number', 'note']).execute()).toEqual([
    { number: ADAM, note: '' },
  ]);
});

test('former versions and drafts of the configuration are erased', async () => {
  const { db } = harness;
  const withEva = JSON.stringify([{ section: 'operators', key: '7', body: { mobile: '777 888 999' } }]);
  const version = { at: NOW, author: 'anna' };
  const draft = { name: 'n', author: 'anna', base: 1, revision: 1, created_at: NOW, updated_at: NOW };
  await db.deleteFrom('config_versions').execute();
  for (const items of [withEva, '[]', withEva])
    await db
      .insertInto('config_versions')
      .values({ ...version, items })
      .execute();
  await db
    .insertInto('config_drafts')
    .values({ ...draft, id: 'with', items: withEva })
    .execute();
  await db
    .insertInto('config_drafts')
    .values({ ...draft, id: 'without', items: '[]' })
    .execute();
  await erase();
  const versions = await db.selectFrom('config_versions').select('items').orderBy('version').execute();
  // The newest version is the present configuration.
  expect(versions.map(({ items }) => items)).toEqual(['[]', withEva]);
  expect(await db.selectFrom('config_drafts').select('id').execute()).toEqual([{ id: 'without' }]);
});

test('erasing leaves the number in no index', async () => {
  await everything();
  await indexPendingRows(harness.db);
  const indexed = () =>
    harness.db.selectFrom('number_mentions').where('digits', '=', '999888777').selectAll().execute();
  expect((await indexed()).length).toBeGreaterThan(5);
  await erase(EVA, { remove_do_not_call: true });
  expect(await indexed()).toEqual([]);
  expect(await harness.isOnDisk('999888777')).toBe(false);
});

test('a long history is erased in small steps, so that other requests can use the database', async () => {
  for (let n = 0; n < 150; n += 1) await harness.call(`c_${n}`, { caller: n % 5 === 0 ? EVA : ADAM });
  let turns = 0;
  const erasing = { over: false };
  const others = (async () => {
    while (!erasing.over) {
      await harness.db.selectFrom('flows').select('id').limit(1).execute();
      turns += 1;
    }
  })();
  const { counts } = await erase();
  erasing.over = true;
  await others;
  expect([counts['calls'], counts['mentions']]).toEqual([30, 120 + 120]);
  expect(turns).toBeGreaterThan(100);
});

test('export and erasure are only for admins, and only for numbers of people', async () => {
  for (const path of ['export', 'erasures'])
    expect((await post(path, { number: EVA }, { authorization: `Bearer ${READER}` })).status).toBe(403);
  for (const number of ['12', 'anonymous', LINE, '222 333 444'])
    expect((await post('erasures', { number })).status).toBe(422);
});

test('the audit log has exports and erasures, without the number', async () => {
  await everything();
  const { audit } = await exported();
  expect(audit).toMatchObject([{ action: 'draft_published' }]);
  const { id } = await erase();
  const entries = await harness.db.selectFrom('audit').select(['action', 'actor', 'subject', 'detail']).execute();
  expect(entries).toEqual([
    { action: 'draft_published', actor: '', subject: '', detail: '{"name":"for [erased]"}' },
    { action: 'person_exported', actor: 'admin', subject: '', detail: '{}' },
    expect.objectContaining({ action: 'recording_deleted', actor: 'admin' }),
    expect.objectContaining({ action: 'person_erased', actor: 'admin', subject: id }),
  ]);
});
