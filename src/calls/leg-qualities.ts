import { sql } from 'kysely';
import type { MediaStatistics } from '../asterisk/media-statistics.js';
import type { AsteriskEvent } from '../asterisk/port.js';
import { flowIdOf, isTestCall } from '../kernel/ids.js';
import type { Clock, Instant } from '../lib/clock.js';
import { SECOND_MS } from '../lib/time.js';
import type { Database } from '../storage/database.js';

/** How long legs are gathered, so that a busy gateway stores many in one transaction. */
const GATHER_MS = SECOND_MS;
/** Legs that wait while the database cannot be written. */
const MOST_GATHERED = 1_000;
/** Two seconds: what is shorter says nothing. */
const LEAST_PACKETS = 100;

/** The audio of one leg of a call. */
export interface LegQuality {
  /** `handset`: one of the company's, by its name. `trunk`: any other SIP endpoint. */
  kind: 'handset' | 'trunk';
  name: string;
  endedAt: Instant;
  statistics: MediaStatistics;
}

interface Gathered extends LegQuality {
  legId: string;
  callId: string;
}

interface LegQualitiesOptions {
  db: Database;
  clock: Clock;
  isHandset: (endpoint: string) => boolean;
  onMeasured: (leg: LegQuality) => void;
  onError: (error: unknown) => void;
}

/** Stores how well each leg of a call was heard. Asterisk reports it with the hang-up, so it costs no request. */
export class LegQualities {
  #gathered: Gathered[] = [];
  #cancel: (() => void) | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(private readonly options: LegQualitiesOptions) {}

  onEvent(event: AsteriskEvent): void {
    if (event.type !== 'media_ended') return;
    const { channelId, linkedId, endpoint, statistics, at } = event;
    if (isTestCall(endpoint)) return;
    const { clock, isHandset, onMeasured } = this.options;
    if (Math.max(statistics.received.packets, statistics.sent?.packets ?? 0) < LEAST_PACKETS) return;
    const kind = isHandset(endpoint) ? 'handset' : 'trunk';
    const quality = { kind, name: endpoint, endedAt: at, statistics } as const;
    onMeasured(quality);
    if (this.#gathered.length >= MOST_GATHERED) return;
    this.#gathered.push({ ...quality, legId: channelId, callId: flowIdOf(linkedId) });
    this.#cancel ??= clock.wakeAt(clock.now() + GATHER_MS, () => {
      this.#cancel = undefined;
      this.#writing = this.#writing.then(() => this.#write()).catch(this.options.onError);
    });
  }

  /** Stores what was gathered. */
  async stop(): Promise<void> {
    this.#cancel?.();
    this.#cancel = undefined;
    await this.#writing;
    await this.#write().catch(this.options.onError);
  }

  async #write(): Promise<void> {
    const legs = this.#gathered;
    this.#gathered = [];
    if (legs.length === 0) return;
    await this.options.db.transaction().execute(async (tx) => {
      // Channels without a call, such as the echo test, are left out.
      for (const { legId, callId, kind, name, endedAt, statistics } of legs)
        await sql`insert into leg_qualities (leg_id, call_id, kind, name, ended_at, statistics)
          select ${legId}, id, ${kind}, ${name}, ${endedAt}, ${JSON.stringify(statistics)} from flows where id = ${callId}
          on conflict do nothing`.execute(tx);
    });
  }
}
