import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '../../src/lib/logger.js';
import { isResourceEvent, type CallEvent } from '../../src/telephony/domain-events.js';
import { recordingJobs, removeRecording } from '../../src/recordings/jobs.js';
import { RecordingFiles } from '../../src/recordings/files.js';
import { RecordingReader } from '../../src/recordings/reader.js';
import { RecordingStore } from '../../src/recordings/store.js';
import { RecordingImporter } from '../../src/recordings/importer.js';
import { FakeAsterisk } from '../../src/simulator/fake-asterisk.js';
import { VirtualClock } from '../../src/simulator/virtual-clock.js';
import { openDatabase, type Database } from '../../src/storage/database.js';
import { SqlFlowStore, type EventFanout } from '../../src/storage/flow-store.js';
import { news } from '../webhooks/webhook-harness.js';

export const START = Date.parse('2026-11-21T10:00:00Z');
export const LINE = '+420222333444';
export const QUIET_MS = 30_000;
export const DAY_MS = 86_400_000;

/** The recordings module on a fake Asterisk, a database in memory, a temporary folder and a virtual clock. */
export class RecordingHarness {
  readonly clock = new VirtualClock(START);
  readonly asterisk = new FakeAsterisk({ clock: this.clock, durationOf: () => undefined });
  /** Events for webhooks. */
  readonly published: CallEvent[] = [];
  keepDays = 30;
  #calls = 0;

  private constructor(
    readonly db: Database,
    readonly folder: string,
  ) {
    this.asterisk.start();
  }

  static async make(): Promise<RecordingHarness> {
    const harness = new RecordingHarness(
      await openDatabase(':memory:'),
      await mkdtemp(join(tmpdir(), 'cordboard-recordings-')),
    );
    await harness.files.start();
    return harness;
  }

  readonly fanout: EventFanout = {
    deliveries: (_flowId, pieces) => {
      this.published.push(...pieces.filter((piece) => !isResourceEvent(piece)));
      return [];
    },
    stored: () => undefined,
  };

  readonly reader = () => new RecordingReader(this.db);

  get files(): RecordingFiles {
    return new RecordingFiles(join(this.folder, 'recordings'));
  }

  get store(): RecordingStore {
    return new RecordingStore({
      db: this.db,
      fanout: this.fanout,
      urlOf: (id) => `http://gateway.test/${id}`,
      messagesChanged: () => undefined,
    });
  }

  /** An importer without memory, as after a start of the gateway. */
  taker(more: { store?: RecordingStore; files?: RecordingFiles } = {}): RecordingImporter {
    return new RecordingImporter({
      recordings: this.asterisk.recordings,
      files: this.files,
      store: this.store,
      statusOf: (flowId) => new SqlFlowStore(this.db).statusOf(flowId),
      clock: this.clock,
      logger: createLogger({ level: 'silent' }),
      quietMs: QUIET_MS,
      ...more,
    });
  }

  jobs() {
    return recordingJobs({ store: this.store, files: this.files, keepDays: () => this.keepDays });
  }

  remove(id: string, by: string): Promise<boolean> {
    return removeRecording({ store: this.store, files: this.files }, id, by, this.clock.now());
  }

  /** Adds a recorded call in a queue. @returns the name of the recording in Asterisk */
  async recorded({ over = true, lastsMs = 5000, known = true, finished = true } = {}): Promise<string> {
    this.#calls += 1;
    const callId = `c_test-${this.#calls}.1`;
    const name = `${callId}~q3`;
    this.asterisk.recordings.begin(name);
    const startedAt = this.clock.now();
    this.clock.advanceBy(lastsMs);
    if (finished) this.asterisk.recordings.end(name);
    if (known) await this.call(callId, name, startedAt, over);
    return name;
  }

  async call(callId: string, name: string, startedAt: number, over: boolean): Promise<void> {
    const at = this.clock.now();
    const agent = { handset: 'sales' };
    const ready = over ? news('recording_ready', 5, at, { agent, startedAt, result: 'SUCCESS' }) : null;
    const summary = {
      line: LINE,
      caller: '+420777888999',
      direction: 'incoming' as const,
      startedAt,
      answeredAt: startedAt,
      endedAt: over ? at : null,
      endedBy: over ? 'caller' : null,
      at: over ? 'over' : 'enqueue',
      recordings: [{ id: name, queue: 12, agent, startedAt, endedAt: over ? at : null, news: ready }],
    };
    const log = [{ seq: 0, at, kind: 'arrived', data: {} }];
    const program = { hash: 'h', body: {} };
    const step = { kind: 'plan', startedAt, program, state: {}, pending: [], summary, over };
    await new SqlFlowStore(this.db).commit([{ flowId: callId, at, step, log }]);
  }

  async timeline(callId: string): Promise<string[]> {
    const rows = await this.db
      .selectFrom('timeline')
      .where('flow_id', '=', callId)
      .orderBy('seq')
      .select('kind')
      .execute();
    return rows.map(({ kind }) => kind);
  }

  async stop(): Promise<void> {
    await this.asterisk.stop();
    await this.db.destroy();
    await rm(this.folder, { recursive: true, force: true });
  }
}
