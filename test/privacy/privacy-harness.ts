import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CallReader } from '../../src/calls/reader.js';
import { removeRecording } from '../../src/recordings/jobs.js';
import { RecordingFiles } from '../../src/recordings/files.js';
import { recordingIdOf, RecordingStore } from '../../src/recordings/store.js';
import { Eraser } from '../../src/privacy/erase.js';
import { privacyRoutes } from '../../src/privacy/routes.js';
import { VirtualClock } from '../../src/simulator/virtual-clock.js';
import { recordAudit } from '../../src/storage/audit-log.js';
import { openDatabase, type Database } from '../../src/storage/database.js';
import { SqlFlowStore } from '../../src/storage/flow-store.js';
import { startServer, type TestServer } from '../http/http-harness.js';
import { encodeWav } from '../../src/prompts/wav.js';

export const NOW = Date.parse('2026-11-21T10:00:00Z');
export const LINE = '+420222333444';
export const EVA = '+420777888999';
export const ADAM = '+420602111222';
const SPOKEN = 1_000_000_001;

/** The database of a gateway in a file, with the routes of this module. */
export class PrivacyHarness {
  readonly clock = new VirtualClock(NOW);
  readonly canceled: string[] = [];
  readonly forgotten: number[] = [];
  /** Numbers whose customer is no longer kept. */
  readonly forgottenCustomers: string[] = [];
  /** Ids of the flows in memory. */
  running: string[] = [];
  http!: TestServer;

  private constructor(
    readonly db: Database,
    readonly folder: string,
    readonly files: RecordingFiles,
  ) {}

  static async make(): Promise<PrivacyHarness> {
    const folder = await mkdtemp(path.join(tmpdir(), 'cordboard-privacy-'));
    const files = new RecordingFiles(path.join(folder, 'recordings'));
    await files.start();
    const harness = new PrivacyHarness(await openDatabase(path.join(folder, 'cordboard.db')), folder, files);
    harness.http = await startServer(harness.routes());
    return harness;
  }

  routes() {
    const { db, files, clock } = this;
    const fanout = { deliveries: () => [], stored: () => undefined };
    const store = new RecordingStore({ db, fanout, urlOf: (id) => id, messagesChanged: () => undefined });
    return privacyRoutes({
      db,
      calls: new CallReader(db),
      now: () => clock.now(),
      audit: (entry) => recordAudit(db, entry),
      company: () => ({ country: 'CZ', lines: [{ number: LINE }] }),
      eraser: new Eraser({
        db,
        clock,
        runningFlows: () => this.running,
        removeRecording: (id, by) => removeRecording({ store, files }, id, by, clock.now()),
        cancelNotification: async (id) => {
          this.canceled.push(id);
          await db
            .updateTable('notifications')
            .set({ state: 'done', result: 'canceled' })
            .where('id', '=', id)
            .execute();
          return true;
        },
        forgetCustomer: (number) => void this.forgottenCustomers.push(number),
        removeSpokenTexts: (ids) => {
          this.forgotten.push(...ids);
          return Promise.resolve(ids.length);
        },
        backups: () => Promise.resolve(['cordboard-20261129T023000Z.tar.gz']),
        removeUnusedPrograms: () => new SqlFlowStore(db).removeUnusedPrograms(),
      }),
    });
  }

  /** Adds a call of Eva's with her number in every possible place, or a call that only mentions her. */
  async call(id: string, { caller = EVA, over = true, kind = 'plan' } = {}): Promise<void> {
    const summary = {
      line: LINE,
      caller,
      direction: 'incoming' as const,
      startedAt: NOW,
      answeredAt: NOW,
      endedAt: over ? NOW : null,
      endedBy: over ? 'caller' : null,
      at: 'over',
      recordings: [`${id}~q1`, `${id}~q2`].map((name) => ({
        id: name,
        queue: 12,
        agent: null,
        startedAt: NOW,
        news: null,
      })),
    };
    const log = [
      { seq: 0, at: NOW, kind: 'arrived', data: { caller, line: LINE } },
      { seq: 1, at: NOW, kind: 'shop_answer', data: { body: '{"phone":777888999,"note":"call 777 888 999"}' } },
      { seq: 2, at: NOW, kind: 'prompt', data: { prompts: [{ id: SPOKEN }] } },
    ];
    const program = { hash: `program of ${id}`, body: { order: { client: EVA } } };
    const step = {
      kind,
      startedAt: NOW,
      program,
      summary,
      over,
      state: { caller, saved: { phone: '777888999' } },
      pending: [{ type: 'http', id: 'e1', body: `from=${encodeURIComponent(EVA)}` }],
    };
    await new SqlFlowStore(this.db).commit([{ flowId: id, at: NOW, step, log }]);
    await this.delivery(id, { body: JSON.stringify({ caller }) });
  }

  async note(callId: string, text: string): Promise<void> {
    const row = { call_id: callId, text, searched: text.toLowerCase(), by: '@anna', at: NOW, changes: 1 };
    await this.db.insertInto('call_notes').values(row).execute();
  }

  async delivery(flowId: string, more: { body?: string; state?: 'delivered' | 'waiting' } = {}): Promise<number> {
    const { body = '{}', state = 'delivered' } = more;
    const { id } = await this.db
      .insertInto('webhook_deliveries')
      .values({
        hook: 'shop',
        event_id: `${flowId} ${Math.random()}`,
        flow_id: flowId,
        seq: 1,
        event: 'call_ended',
        body,
        state,
        tries: 1,
        created_at: NOW,
        expires_at: NOW + 1000,
        due_at: null,
        finished_at: NOW,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await this.db
      .insertInto('webhook_attempts')
      .values({ delivery_id: id, number: 1, at: NOW, latency_ms: 1, status: 200, failed: null, answer: 'ok 777888999' })
      .execute();
    return id;
  }

  /** Adds a recording of a call with its file. @returns its id */
  async recording(callId: string): Promise<string> {
    const name = `${callId}~q1`;
    const id = recordingIdOf(name);
    const file = await this.files.store(
      id,
      (async function* () {
        await Promise.resolve();
        yield encodeWav(Buffer.alloc(1600));
      })(),
    );
    await this.db
      .insertInto('recordings')
      .values({
        id,
        name,
        call_id: callId,
        line: LINE,
        queue: 12,
        agent: JSON.stringify({ number: EVA }),
        started_at: NOW,
        duration_ms: file.durationMs,
        bytes: file.bytes,
        sha256: file.sha256,
        stored_at: NOW,
        deleted_at: null,
        deleted_by: null,
      })
      .execute();
    return id;
  }

  async order(id: string, more: { client?: string | null; driver?: string | null } = {}): Promise<void> {
    const { client = EVA, driver = null } = more;
    await this.db
      .insertInto('orders')
      .values({
        id,
        status: 'new',
        raw_status: 'new',
        client,
        driver,
        line: LINE,
        details: '{}',
        final: 0,
        updated_at: NOW,
        fields: JSON.stringify({ contact: '777 888 999' }),
      })
      .execute();
  }

  async notification(id: string, more: { state?: 'waiting' | 'calling' | 'done'; to?: string } = {}): Promise<void> {
    const { state = 'done', to = EVA } = more;
    await this.db
      .insertInto('notifications')
      .values({
        id,
        external_id: `x ${id}`,
        digest: 'd',
        order_id: 'o',
        status: null,
        raw_status: '',
        to_number: to,
        line: LINE,
        trunk: 't',
        batch: null,
        terms: JSON.stringify({ vars: { phone: EVA } }),
        state,
        result: null,
        withdrawn: null,
        attempts: 1,
        due_at: NOW,
        expires_at: NOW,
        created_at: NOW,
        finished_at: null,
        answered_at: null,
        duration_ms: null,
        digit: null,
        action: null,
      })
      .execute();
    await this.db
      .insertInto('notification_attempts')
      .values({
        notification_id: id,
        number: 1,
        flow_id: `${id}-1`,
        order_id: 'o',
        trunk: 't',
        started_at: NOW,
        ended_at: NOW,
        outcome: 'heard',
      })
      .execute();
  }

  async refusedCall({ caller = EVA, dialled = LINE } = {}): Promise<void> {
    const values = { at: NOW, last_at: NOW, reason: 'no_line', dialled, caller, endpoint: 'trunk', times: 1 } as const;
    await this.db.insertInto('refused_calls').values(values).execute();
  }

  async missedCallDone({ number = ADAM, note = '' } = {}): Promise<void> {
    await this.db.insertInto('missed_calls_done').values({ number, at: NOW, by: 'anna', note }).execute();
  }

  async smallThings(): Promise<void> {
    const { db } = this;
    await db.insertInto('do_not_call').values({ number: EVA, reason: 'asked', by: 'admin', at: NOW }).execute();
    await db
      .insertInto('do_not_call')
      .values({ number: ADAM, reason: 'husband of 777888999', by: 'admin', at: NOW })
      .execute();
    await db
      .insertInto('recorded_requests')
      .values({
        at: NOW,
        who: 'x',
        method: 'GET',
        path: '/x/777888999',
        query: '{}',
        headers: '{}',
        body: 'null',
        bytes: 0,
        status: 501,
        why: '',
      })
      .execute();
    await db.insertInto('gootax_notices').values({ order_id: '777888999', digest: 'd', name: 'n', at: NOW }).execute();
    await db
      .insertInto('idempotency_keys')
      .values({ who: 'x', key: `to-${EVA}`, request: 'd', id: 'c_1', at: NOW })
      .execute();
    await recordAudit(db, { at: NOW, action: 'draft_published', detail: { name: 'for 777 888 999' } });
    await db.insertInto('dials').values({ leg_id: 'c_1~l1', at: NOW, ended_at: NOW }).execute();
  }

  /** True when the digits occur in any file of the data folder. */
  async isOnDisk(digits: string): Promise<boolean> {
    const names = (await readdir(this.folder)).filter((name) => name.startsWith('cordboard.db'));
    const contents = await Promise.all(names.map((name) => readFile(path.join(this.folder, name))));
    return contents.some((content) => content.includes(digits));
  }

  async stop(): Promise<void> {
    await this.http.stop();
    await this.db.destroy();
    await rm(this.folder, { recursive: true, force: true });
  }
}
