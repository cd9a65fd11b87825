import { resourceIdRange } from '../kernel/ids.js';
import { presentCall, presentRecordings, presentTimeline } from '../calls/present.js';
import type { CallReader } from '../calls/reader.js';
import { presentRecording } from '../recordings/present.js';
import type { History } from '../storage/database.js';
import { findInConfiguration, type ConfigurationItem } from './configuration.js';
import { findRows, SOURCES, type RowKey, type PersonalTable } from './find.js';
import type { Person } from './person.js';

export interface ExportParts {
  db: History;
  calls: CallReader;
  now: () => number;
}

/** Streams the data of a person as one JSON document, so that a long history is never in memory as a whole. */
export async function* exportPerson({ db, calls, now }: ExportParts, person: Person): AsyncGenerator<string> {
  yield `{"number":${JSON.stringify(person.number)},"exported_at":${JSON.stringify(iso(now()))}`;
  const each = (source: PersonalTable, read: (key: RowKey) => Promise<unknown>) => rowsOf(db, source, person, read);
  const exportedCalls = new Set<string>();
  const call = async (id: string) => {
    exportedCalls.add(id);
    return callOf(db, calls, id);
  };
  yield* jsonArray(
    'calls',
    each(SOURCES.calls, (id) => call(String(id))),
  );
  const others = async (id: number) => {
    const delivery = await deliveryOf(db, id);
    // Deliveries of the calls above are exported with them.
    return delivery && exportedCalls.has(delivery.call_id) ? undefined : delivery;
  };
  yield* jsonArray(
    'webhook_deliveries',
    each(SOURCES.deliveries, (id) => others(Number(id))),
  );
  yield* jsonArray(
    'orders',
    each(SOURCES.orders, (id) => orderOf(db, String(id))),
  );
  yield* jsonArray(
    'order_notices',
    each(SOURCES.notices, (id) => noticeOf(db, String(id))),
  );
  yield* jsonArray(
    'notifications',
    each(SOURCES.notifications, (id) => notificationOf(db, String(id))),
  );
  yield* jsonArray('recordings', recordingsOf(db, person));
  yield* jsonArray(
    'recorded_requests',
    each(SOURCES.recordedRequests, (id) => requestOf(db, Number(id))),
  );
  yield* jsonArray(
    'refused_calls',
    each(SOURCES.refusedCalls, (id) => refusedCallOf(db, Number(id))),
  );
  yield* jsonArray(
    'missed_calls_done',
    each(SOURCES.missedCallsDone, (id) => missedCallsDoneOf(db, Number(id))),
  );
  yield* jsonArray(
    'audit',
    each(SOURCES.audit, (id) => auditEntryOf(db, Number(id))),
  );
  yield* jsonArray(
    'do_not_call',
    each(SOURCES.doNotCall, (number) => doNotCallOf(db, String(number))),
  );
  yield `,"configuration":${JSON.stringify(await findInConfiguration(db, person))}}\n`;
}

/** What is stored about a person. */
export interface StoredData {
  /** Rows that hold the number, by kind. */
  counts: Record<'calls' | 'recordings' | 'webhook_deliveries' | 'orders' | 'notifications' | 'other', number>;
  isOnDoNotCallList: boolean;
  /** Items of the company document that hold the number. */
  configuration: ConfigurationItem[];
}

const COUNTED = {
  calls: [SOURCES.calls],
  webhook_deliveries: [SOURCES.deliveries],
  orders: [SOURCES.orders],
  notifications: [SOURCES.notifications],
  other: [SOURCES.notices, SOURCES.recordedRequests, SOURCES.refusedCalls, SOURCES.missedCallsDone, SOURCES.audit],
} as const;

/** Counts what {@link exportPerson} would export. */
export async function countStoredData(db: History, person: Person): Promise<StoredData> {
  const counts = { calls: 0, recordings: 0, webhook_deliveries: 0, orders: 0, notifications: 0, other: 0 };
  for (const [kind, sources] of Object.entries(COUNTED))
    for (const source of sources)
      for await (const page of findRows(db, source, person)) counts[kind as keyof typeof COUNTED] += page.length;
  for await (const _ of recordingsOf(db, person)) counts.recordings += 1;
  const own = db.selectFrom('do_not_call').where('number', '=', person.number).select('number');
  return {
    counts,
    isOnDoNotCallList: (await own.executeTakeFirst()) !== undefined,
    configuration: await findInConfiguration(db, person),
  };
}

async function* jsonArray(name: string, items: AsyncIterable<unknown>): AsyncGenerator<string> {
  yield `,${JSON.stringify(name)}:[`;
  let separator = '';
  for await (const item of items) {
    yield separator + JSON.stringify(item);
    separator = ',';
  }
  yield ']';
}

async function* rowsOf(
  db: History,
  source: PersonalTable,
  person: Person,
  read: (key: RowKey) => Promise<unknown>,
): AsyncGenerator {
  for await (const page of findRows(db, source, person))
    for (const key of page) {
      const row = await read(key);
      // Undefined when the row was removed meanwhile.
      if (row !== undefined) yield row;
    }
}

async function callOf(db: History, calls: CallReader, id: string): Promise<unknown> {
  const found = await calls.get(id);
  if (found === undefined) return undefined;
  const { call, timeline, recordings } = found;
  const legs = resourceIdRange(id);
  const dials = await db
    .selectFrom('dials')
    .where('leg_id', '>=', legs.first)
    .where('leg_id', '<', legs.end)
    .selectAll()
    .execute();
  return {
    ...presentCall(call, true),
    recordings: presentRecordings(recordings),
    dials: dials.map(({ leg_id: leg, at, ended_at }) => ({ leg, at: iso(at), ended_at: isoOrNull(ended_at) })),
    timeline: presentTimeline(call, timeline, true),
    webhook_deliveries: await deliveriesOf(db, id),
  };
}

async function deliveriesOf(db: History, callId: string): Promise<unknown[]> {
  const rows = await db
    .selectFrom('webhook_deliveries')
    .where('flow_id', '=', callId)
    .orderBy('id')
    .select('id')
    .execute();
  const deliveries: unknown[] = [];
  for (const { id } of rows) deliveries.push(await deliveryOf(db, id));
  return deliveries;
}

async function deliveryOf(db: History, id: number) {
  const row = await db.selectFrom('webhook_deliveries').where('id', '=', id).selectAll().executeTakeFirst();
  if (row === undefined) return undefined;
  const attempts = await db
    .selectFrom('webhook_attempts')
    .where('delivery_id', '=', id)
    .selectAll()
    .orderBy('number')
    .execute();
  const { hook, url, event, flow_id: call_id, state, body } = row;
  return {
    id,
    hook,
    url,
    event,
    call_id,
    state,
    body,
    created_at: iso(row.created_at),
    attempts: attempts.map(({ number, at, status, failed, answer }) => ({
      number,
      at: iso(at),
      status,
      failed,
      answer,
    })),
  };
}

async function orderOf(db: History, id: string): Promise<unknown> {
  const row = await db.selectFrom('orders').where('id', '=', id).selectAll().executeTakeFirst();
  if (row === undefined) return undefined;
  const { raw_status, client, driver, line, details, fields, updated_at } = row;
  return {
    id,
    status: row.status,
    raw_status,
    client,
    driver,
    line,
    details: JSON.parse(details) as unknown,
    fields: JSON.parse(fields) as unknown,
    updated_at: iso(updated_at),
  };
}

async function noticeOf(db: History, orderId: string): Promise<unknown> {
  const row = await db.selectFrom('gootax_notices').where('order_id', '=', orderId).selectAll().executeTakeFirst();
  return row && { order_id: row.order_id, name: row.name, at: iso(row.at) };
}

async function notificationOf(db: History, id: string): Promise<unknown> {
  const row = await db.selectFrom('notifications').where('id', '=', id).selectAll().executeTakeFirst();
  if (row === undefined) return undefined;
  const attempts = await db
    .selectFrom('notification_attempts')
    .where('notification_id', '=', id)
    .selectAll()
    .orderBy('number')
    .execute();
  const { external_id, order_id, raw_status, to_number: to, line, terms, state, result, digit, action } = row;
  return {
    id,
    external_id,
    order_id,
    raw_status,
    to,
    line,
    state,
    result,
    digit,
    action,
    terms: JSON.parse(terms) as unknown,
    created_at: iso(row.created_at),
    attempts: attempts.map(({ number, flow_id: call_id, started_at, ended_at, outcome }) => ({
      number,
      call_id,
      started_at: iso(started_at),
      ended_at: isoOrNull(ended_at),
      outcome,
    })),
  };
}

/** Recordings of the person's calls, and of calls that are no longer stored. */
async function* recordingsOf(db: History, person: Person): AsyncGenerator {
  const exported = new Set<string>();
  for await (const page of findRows(db, SOURCES.calls, person))
    for (const key of page) {
      const rows = await db
        .selectFrom('recordings')
        .where('call_id', '=', String(key))
        .where('deleted_at', 'is', null)
        .selectAll()
        .execute();
      for (const row of rows) {
        exported.add(row.id);
        yield presentRecording(row, true);
      }
    }
  for await (const page of findRows(db, SOURCES.recordings, person))
    for (const key of page) {
      const row = await db.selectFrom('recordings').where('id', '=', String(key)).selectAll().executeTakeFirst();
      if (row !== undefined && row.deleted_at === null && !exported.has(row.id)) yield presentRecording(row, true);
    }
}

async function requestOf(db: History, id: number): Promise<unknown> {
  const row = await db.selectFrom('recorded_requests').where('id', '=', id).selectAll().executeTakeFirst();
  return row && { ...row, at: iso(row.at) };
}

async function refusedCallOf(db: History, id: number): Promise<unknown> {
  const row = await db.selectFrom('refused_calls').where('id', '=', id).selectAll().executeTakeFirst();
  return row && { ...row, at: iso(row.at), last_at: iso(row.last_at) };
}

async function missedCallsDoneOf(db: History, id: number): Promise<unknown> {
  const row = await db.selectFrom('missed_calls_done').where('id', '=', id).selectAll().executeTakeFirst();
  return row && { ...row, at: iso(row.at) };
}

async function auditEntryOf(db: History, id: number): Promise<unknown> {
  const row = await db.selectFrom('audit').where('id', '=', id).selectAll().executeTakeFirst();
  return row && { ...row, at: iso(row.at), detail: JSON.parse(row.detail) as unknown };
}

async function doNotCallOf(db: History, number: string): Promise<unknown> {
  const row = await db.selectFrom('do_not_call').where('number', '=', number).selectAll().executeTakeFirst();
  return row && { ...row, at: iso(row.at) };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}

function isoOrNull(at: number | null): string | null {
  return at === null ? null : iso(at);
}
