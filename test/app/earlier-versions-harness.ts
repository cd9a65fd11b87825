import { sql } from 'kysely';
import type { QueueAccount, QueueVisit } from '../../src/asterisk/queue-port.js';
import { FakeAsterisk } from '../../src/simulator/fake-asterisk.js';
import { VirtualClock } from '../../src/simulator/virtual-clock.js';
import { Database } from '../../src/storage/database.js';
import { SqliteDialect } from '../../src/storage/sqlite-dialect.js';
import { openConnection } from '../../src/storage/sqlite/open-connection.js';

/** What test/data/earlier-versions/write-fixture.ts writes beside a database. */
export interface Fixture {
  killedAt: number;
  addresses: Record<ServerName, string>;
  ids: Record<'bridged' | 'waiting' | 'heard' | 'over' | 'clicked', string>;
  /** E.164, by the name of the call. */
  callers: Record<string, string>;
  channels: {
    id: string;
    caller: { number: string };
    dialplan: { exten: string; app_name: string; app_data: string };
  }[];
  bridges: { id: string; channels: string[] }[];
}

export const serverNames = ['shop', 'hooks', 'down'] as const;
export type ServerName = (typeof serverNames)[number];

const TICK_MS = 10;
const PROMPT_MS = 400;
const TRUNK = 'PJSIP/trunk';
const QUEUE: QueueAccount = {
  id: 12,
  handsets: ['a1'],
  strategy: 'ringall',
  ringTimeoutS: 30,
  wrapUpS: 0,
  weight: 0,
  maxLength: 0,
  joinWhen: 'always',
  stayWhen: 'always',
};

/** Begins at a given instant and goes on at most as fast as real time: a busy machine slows it down. */
export class PumpedClock extends VirtualClock {
  #pump: NodeJS.Timeout | undefined;

  run(): void {
    this.#pump = setInterval(() => this.advanceBy(TICK_MS), TICK_MS);
  }

  halt(): void {
    clearInterval(this.#pump);
  }
}

/** The fake with what the whole application asks of an Asterisk besides. Its link is up once the application starts it. */
export class RestoredAsterisk extends FakeAsterisk {
  readonly version = '22.10.1';
  readonly addresses = { loginError: undefined, onLogin: () => () => undefined, putBans: () => Promise.resolve() };

  constructor(clock: VirtualClock) {
    super({ clock, durationOf: () => PROMPT_MS });
    this.setCallee(TRUNK, { type: 'answers', afterMs: 1 });
  }

  missingContexts(): Promise<string[]> {
    return Promise.resolve([]);
  }

  registrations(): Promise<string[]> {
    return Promise.resolve([]);
  }

  missingRingingNeeds(): Promise<string[]> {
    return Promise.resolve([]);
  }
}

/**
 * The stays in queues that the stored effects asked for. Read before the database is migrated: later versions do not keep
 * acknowledged effects.
 */
export async function queueVisitsIn(file: string): Promise<QueueVisit[]> {
  const db = new Database(new SqliteDialect(() => openConnection({ filename: file, pragmas: [] })));
  try {
    const { rows } = await sql<{ effect: string }>`select effect from intents`.execute(db);
    return rows
      .map(({ effect }) => JSON.parse(effect) as QueueVisit & { type: string })
      .filter(({ type }) => type === 'enqueue');
  } finally {
    await db.destroy();
  }
}

/** Makes the channels, bridges and the queue as Asterisk had them when the gateway was killed. The link is down afterwards. */
export async function restoreChannels(
  visits: QueueVisit[],
  { channels, bridges }: Fixture,
  asterisk: RestoredAsterisk,
  clock: VirtualClock,
): Promise<void> {
  asterisk.start();
  for (const { id, caller, dialplan } of channels) {
    if (dialplan.app_data === 'cordboard,dialled') {
      await asterisk.dial({ channelId: id, endpoint: TRUNK, timeoutS: 30 });
      clock.advanceBy(1);
    } else {
      const to = /\+\d+/.exec(dialplan.app_data)?.[0] ?? '';
      asterisk.incomingCall({ channelId: id, from: caller.number, to, args: ['incoming', to] });
      await asterisk.answer(id);
    }
  }
  for (const { id, channels: members } of bridges) {
    await asterisk.createBridge(id);
    await asterisk.addToBridge(id, members);
  }
  const queued = channels.filter(({ dialplan }) => dialplan.app_name === 'Queue').map(({ id }) => id);
  await asterisk.putQueues([QUEUE]);
  for (const visit of visits) if (queued.includes(visit.channelId)) await asterisk.enqueue(visit);
  asterisk.dropLink();
}

/** The servers of the fixture have other addresses now, wherever the database names them. */
export async function moveServer(db: Database, from: string, to: string): Promise<void> {
  const columns = [
    ['programs', 'body'],
    ['config_items', 'body'],
    ['webhook_deliveries', 'url'],
  ] as const;
  for (const [table, column] of columns)
    await sql`update ${sql.table(table)} set ${sql.ref(column)} = replace(${sql.ref(column)}, ${from}, ${to})`.execute(
      db,
    );
}
