import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { conflict } from '../http/problem.js';
import type { Clock } from '../lib/clock.js';
import type { Database } from '../storage/database.js';
import { recordAudit } from '../storage/audit-log.js';
import { findInConfiguration, type ConfigurationItem } from './configuration.js';
import { eraseCall, isParty } from './erase-call.js';
import { findRows, holdsNumber, SOURCES, type RowKey, type PersonalTable } from './find.js';
import { indexPendingRows } from './number-index.js';
import type { Person } from './person.js';
import { redactRow } from './redact.js';

export interface ErasureParts {
  db: Database;
  /** Removes a recording and its file. False when it was removed before. */
  removeRecording: (id: string, by: string) => Promise<boolean>;
  /** Cancels a waiting notification, and publishes that result. */
  cancelNotification: (id: string) => Promise<boolean>;
  /** Removes spoken texts and their audio. @returns the number removed */
  removeSpokenTexts: (ids: readonly number[]) => Promise<number>;
  /** Removes what the shop said about a number. */
  forgetCustomer: (number: string) => void;
  /** Ids of the flows in memory, which can include ended ones. */
  runningFlows: () => readonly string[];
  removeUnusedPrograms: () => Promise<number>;
  /** Names of the stored backups. An erasure does not change them. */
  backups: () => Promise<string[]>;
  clock: Clock;
}

/** The result of an erasure. Holds no phone number. */
export interface ErasureReceipt {
  id: string;
  at: number;
  by: string;
  counts: Counts;
  /** The entry of the do-not-call list; kept by default, so that the person is not called again. */
  doNotCall: 'kept' | 'removed' | 'none';
  /** Items of the company document that hold the number; people must change them there. */
  configuration: ConfigurationItem[];
  /** Backups that were made before and may hold the data. */
  backups: string[];
  /** False when another process reads the database: its write-ahead log keeps the erased data until that process ends. */
  logTruncated: boolean;
}

interface Counts {
  /** Calls of the person. */
  calls: number;
  /** Rows of other people (calls, webhooks, orders, notifications) from which the number was removed. */
  mentions: number;
  recordings: number;
  webhook_deliveries: number;
  orders: number;
  notifications: number;
  /** Those of the notifications that were still waiting. */
  notifications_canceled: number;
  recorded_requests: number;
  spoken_texts: number;
}

interface Erasure {
  person: Person;
  at: number;
  by: string;
  counts: Counts;
}

/** Erases the data of a person in many small transactions; a repeated erasure completes an interrupted one. */
export class Eraser {
  #busy = false;

  constructor(private readonly parts: ErasureParts) {}

  /** @throws {Problem} 409 while the person is in a call, or another erasure is running */
  async erase(
    person: Person,
    { by, removeDoNotCall }: { by: string; removeDoNotCall: boolean },
  ): Promise<ErasureReceipt> {
    if (this.#busy) throw conflict('another erasure is running; repeat the request when it has ended');
    this.#busy = true;
    try {
      await this.#refuseWhileInCall(person);
      this.parts.forgetCustomer(person.number);
      const counts = emptyCounts();
      const erasure = { person, at: this.parts.clock.now(), by, counts };
      await this.#eraseNotifications(erasure);
      await this.#eraseCalls(erasure);
      await this.#redactDeliveries(erasure);
      await this.#eraseOrders(erasure);
      await this.#eraseRecordings(erasure);
      await this.#eraseOtherRows(erasure);
      const doNotCall = await this.#eraseDoNotCall(erasure, removeDoNotCall);
      return await this.#finish(erasure, doNotCall);
    } finally {
      this.#busy = false;
    }
  }

  async #refuseWhileInCall(person: Person): Promise<void> {
    const { db, runningFlows } = this.parts;
    const inCall = () => conflict('the number is in a call: end the call, or repeat the request after it');
    const flows = await db.selectFrom('flows').where('over', '=', 0).select('id').execute();
    for (const id of new Set([...flows.map((flow) => flow.id), ...runningFlows()]))
      if (await holdsNumber(db, SOURCES.calls, person, id)) throw inCall();
    const calling = await db.selectFrom('notifications').where('state', '=', 'calling').select('id').execute();
    for (const { id } of calling) if (await holdsNumber(db, SOURCES.notifications, person, id)) throw inCall();
  }

  async #eraseNotifications({ person, counts }: Erasure): Promise<void> {
    const { db, cancelNotification } = this.parts;
    await this.#forEachRow(SOURCES.notifications, person, async (key) => {
      const id = String(key);
      const row = await db.selectFrom('notifications').where('id', '=', id).selectAll().executeTakeFirst();
      if (row === undefined) return;
      const isTheirs = [row.to_number, row.external_id, row.order_id].some((text) => person.isIn(text));
      if (!isTheirs) {
        await db.transaction().execute((tx) => redactRow(tx, SOURCES.notifications, person, id));
        counts.mentions += 1;
        return;
      }
      if (row.state === 'waiting' && (await cancelNotification(id))) counts.notifications_canceled += 1;
      const removed = await db.transaction().execute(async (tx) => {
        const one = await tx
          .deleteFrom('notifications')
          .where('id', '=', id)
          .where('state', '=', 'done')
          .executeTakeFirst();
        if (one.numDeletedRows === 0n) return undefined;
        // Waiting deliveries still report the result to the dispatch; a number in them is redacted with the other deliveries.
        return tx
          .deleteFrom('webhook_deliveries')
          .where('flow_id', '=', id)
          .where('state', '!=', 'waiting')
          .executeTakeFirst();
      });
      if (removed === undefined) return;
      counts.notifications += 1;
      counts.webhook_deliveries += Number(removed.numDeletedRows);
    });
  }

  async #eraseCalls(erasure: Erasure): Promise<void> {
    const { db, removeRecording, removeUnusedPrograms } = this.parts;
    const { person, counts, by } = erasure;
    const spoken = new Set<number>();
    await this.#forEachRow(SOURCES.calls, person, async (key) => {
      const id = String(key);
      const flow = await db.selectFrom('flows').where('id', '=', id).select(['kind', 'summary']).executeTakeFirst();
      if (flow !== undefined && isParty(flow, person))
        for (const recording of await this.#recordingsOf(id))
          if (await removeRecording(recording, by)) counts.recordings += 1;
      const erased = await eraseCall(db, person, id, erasure);
      if (erased === undefined) return;
      counts[erased.as === 'party' ? 'calls' : 'mentions'] += 1;
      counts.webhook_deliveries += erased.deliveries;
      for (const one of erased.spoken) spoken.add(one);
    });
    await removeUnusedPrograms();
    counts.spoken_texts += await this.#eraseSpokenTexts([...spoken]);
  }

  async #recordingsOf(callId: string): Promise<string[]> {
    const rows = await this.parts.db
      .selectFrom('recordings')
      .where('call_id', '=', callId)
      .where('deleted_at', 'is', null)
      .select('id')
      .execute();
    return rows.map(({ id }) => id);
  }

  /** Removes spoken texts, except those that a call in progress plays. */
  async #eraseSpokenTexts(ids: number[]): Promise<number> {
    const { db, removeSpokenTexts } = this.parts;
    const free: number[] = [];
    for (const id of ids) {
      const { rows } = await sql`select 1 from flows join programs on programs.hash = flows.program
        where over = 0 and (instr(state, ${String(id)}) > 0 or instr(body, ${String(id)}) > 0) limit 1`.execute(db);
      if (rows.length === 0) free.push(id);
    }
    return removeSpokenTexts(free);
  }

  async #redactDeliveries({ person, counts }: Erasure): Promise<void> {
    await this.#forEachRow(SOURCES.deliveries, person, async (id) => {
      await this.parts.db.transaction().execute((tx) => redactRow(tx, SOURCES.deliveries, person, id));
      counts.mentions += 1;
    });
  }

  async #eraseOrders({ person, counts }: Erasure): Promise<void> {
    const { db } = this.parts;
    await this.#forEachRow(SOURCES.orders, person, async (key) => {
      const id = String(key);
      const row = await db.selectFrom('orders').where('id', '=', id).select('client').executeTakeFirst();
      if (person.isIn(id) || person.isIn(row?.client ?? '')) {
        await db.deleteFrom('orders').where('id', '=', id).execute();
        counts.orders += 1;
        return;
      }
      await db.transaction().execute((tx) => redactRow(tx, SOURCES.orders, person, id));
      await db
        .updateTable('orders')
        .set({ driver: null })
        .where('id', '=', id)
        .where('driver', '=', '[erased]')
        .execute();
      counts.mentions += 1;
    });
  }

  /** Recordings whose call is no longer stored. */
  async #eraseRecordings({ person, counts, by }: Erasure): Promise<void> {
    const { db, removeRecording } = this.parts;
    await this.#forEachRow(SOURCES.recordings, person, async (id) => {
      if (await removeRecording(String(id), by)) counts.recordings += 1;
      await db.transaction().execute((tx) => redactRow(tx, SOURCES.recordings, person, id));
    });
  }

  async #eraseOtherRows({ person, counts }: Erasure): Promise<void> {
    const { db } = this.parts;
    await this.#forEachRow(SOURCES.recordedRequests, person, async (id) => {
      await db.deleteFrom('recorded_requests').where('id', '=', Number(id)).execute();
      counts.recorded_requests += 1;
    });
    await this.#forEachRow(SOURCES.notices, person, async (id) => {
      await db.deleteFrom('gootax_notices').where('order_id', '=', String(id)).execute();
      counts.mentions += 1;
    });
    await this.#forEachRow(SOURCES.refusedCalls, person, async (id) => {
      await db.deleteFrom('refused_calls').where('id', '=', Number(id)).execute();
      counts.mentions += 1;
    });
    await this.#forEachRow(SOURCES.missedCallsDone, person, async (id) => {
      await db.deleteFrom('missed_calls_done').where('id', '=', Number(id)).execute();
      counts.mentions += 1;
    });
    await this.#forEachRow(SOURCES.audit, person, async (id) => {
      await db.transaction().execute((tx) => redactRow(tx, SOURCES.audit, person, id));
      counts.mentions += 1;
    });
    await this.#eraseFormerConfigurations(person);
    // Keys are kept for at most a day.
    const keys = await db.selectFrom('idempotency_keys').where(person.mayBeIn('key')).select(['who', 'key']).execute();
    for (const { who, key } of keys.filter((one) => person.isIn(one.key))) {
      await db.deleteFrom('idempotency_keys').where('who', '=', who).where('key', '=', key).execute();
      counts.mentions += 1;
    }
  }

  /** Former versions and drafts; the present configuration is changed by its editors. */
  async #eraseFormerConfigurations(person: Person): Promise<void> {
    const { db } = this.parts;
    const versions = await db.selectFrom('config_versions').where(person.mayBeIn('items')).selectAll().execute();
    const newest = await db
      .selectFrom('config_versions')
      .select((e) => e.fn.max('version').as('version'))
      .executeTakeFirst();
    for (const { version, items } of versions)
      if (version !== newest?.version && person.isIn(items))
        await db.deleteFrom('config_versions').where('version', '=', version).execute();
    const drafts = await db
      .selectFrom('config_drafts')
      .where(person.mayBeIn('items'))
      .select(['id', 'items'])
      .execute();
    for (const { id, items } of drafts)
      if (person.isIn(items)) await db.deleteFrom('config_drafts').where('id', '=', id).execute();
  }

  async #eraseDoNotCall({ person, counts }: Erasure, remove: boolean): Promise<ErasureReceipt['doNotCall']> {
    const { db } = this.parts;
    await this.#forEachRow(SOURCES.doNotCall, person, async (number) => {
      if (number === person.number) return;
      await db.transaction().execute((tx) => redactRow(tx, SOURCES.doNotCall, person, number));
      counts.mentions += 1;
    });
    const own = db.selectFrom('do_not_call').where('number', '=', person.number).select('number');
    if ((await own.executeTakeFirst()) === undefined) return 'none';
    if (!remove) return 'kept';
    await db.deleteFrom('do_not_call').where('number', '=', person.number).execute();
    return 'removed';
  }

  async #finish({ person, at, by, counts }: Erasure, doNotCall: ErasureReceipt['doNotCall']): Promise<ErasureReceipt> {
    const { db } = this.parts;
    const id = `e_${randomUUID()}`;
    await db.transaction().execute(async (tx) => {
      await tx
        .insertInto('erasures')
        .values({ id, at, by, counts: JSON.stringify(counts) })
        .execute();
      await recordAudit(tx, { at, action: 'person_erased', subject: id });
    });
    // The number must not remain in the index either.
    await indexPendingRows(db);
    const logTruncated = await db.forgetErased();
    const configuration = await findInConfiguration(db, person);
    const backups = await this.parts.backups();
    return { id, at, by, counts, doNotCall, configuration, backups, logTruncated };
  }

  async #forEachRow(source: PersonalTable, person: Person, erase: (key: RowKey) => Promise<void>): Promise<void> {
    for await (const page of findRows(this.parts.db.history, source, person)) for (const key of page) await erase(key);
  }
}

function emptyCounts(): Counts {
  return {
    calls: 0,
    mentions: 0,
    recordings: 0,
    webhook_deliveries: 0,
    orders: 0,
    notifications: 0,
    notifications_canceled: 0,
    recorded_requests: 0,
    spoken_texts: 0,
  };
}
