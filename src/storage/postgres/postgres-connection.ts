import { createRequire } from 'node:module';
import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';
import { RecentMap } from '../../lib/recent-map.js';
import type { Connection, Statement, StatementResult } from '../connection.js';
import { GuardFailed } from '../guard.js';
import { Batch, type NumberedStatement } from './batch.js';
import { PostgresError, postgresErrorOf } from './postgres-error.js';
import { connectToPrimary, serverUrls } from './servers.js';
import { postgresValue } from './values.js';

// Not by `import`, which would load it at each start: few installations need it.
const loadDriver = () => createRequire(import.meta.url)('pg') as typeof pg;

interface PostgresOptions {
  /** `postgres://user:password@host:port/database`, with the parameters of the driver `pg` such as `sslmode`. Several servers: see {@link serverUrls}. */
  url: string;
  /** Nothing can be written through this connection. */
  readOnly?: boolean;
  /** Maximum wait (ms) for an answer; then the connection is given up. Default: none. */
  answerMs?: number;
}

const CONNECT_MS = 5_000;
/** The same with several servers: all are asked, and one of them may be dead. */
const CONNECT_TO_EACH_MS = 2_000;
/** Maximum wait (ms) for the transaction of another process. */
const LOCK_MS = 2_000;
/** After it the server ends a transaction whose process sleeps, for others wait for it. */
const IDLE_MS = 15_000;
/** A connection is checked for a dead server after this silence (ms). */
const KEEP_ALIVE_MS = 10_000;
const CLOSE_MS = 2_000;

/**
 * One writer at a time, also of several processes, as in SQLite: a transaction that reads and then writes must not meet another. Held until
 * the end of the transaction.
 */
const WRITE_LOCK: Statement = { sql: 'select pg_advisory_xact_lock(724631)', parameters: [] };
const BEGIN: Statement = { sql: 'begin', parameters: [] };

/** These change no row: they do not wait for writers. */
const READS = /^\s*(select|with|show|explain|vacuum)\b/i;
const CONTROLS = /^\s*(begin|commit|rollback)\b/i;

/** All statements are sent at once: a guard that finds nothing has to fail on the server. */
function failing(statement: Statement): Statement {
  if (statement.isGuard !== true) return statement;
  return { ...statement, sql: `with guard as (${statement.sql}) select 1 / count(*) from guard` };
}

/** https://www.postgresql.org/docs/15/errcodes-appendix.html. Only guards divide. */
const isDivisionByZero = (cause: unknown): boolean => (cause as { code?: string } | undefined)?.code === '22012';

/** How many statements the server keeps prepared for this connection. */
const MOST_PREPARED = 300;

/**
 * A connection to PostgreSQL. A lost connection is made again by the next statement outside of a transaction; one inside fails, because
 * the server has rolled the transaction back.
 */
export class PostgresConnection implements Connection {
  #client: pg.Client | undefined;
  #inTransaction = false;
  /** Names of prepared statements of the current client. */
  readonly #prepared = new Map<string, string>();
  #names = 0;
  readonly #numbered = new RecentMap<string, string>(MOST_PREPARED);

  readonly #urls: readonly string[];

  constructor(private readonly options: PostgresOptions) {
    this.#urls = serverUrls(options.url);
  }

  async execute(statement: Statement): Promise<StatementResult> {
    const { sql } = statement;
    if (sql === 'begin') return this.#begin();
    if (CONTROLS.test(sql)) return this.#end(statement);
    const isAlone = !this.#inTransaction && !READS.test(sql);
    const results = await this.#run(isAlone ? [WRITE_LOCK, statement] : [statement]);
    return results.at(-1) ?? { rows: [], changes: 0, lastInsertId: 0 };
  }

  async write(statements: readonly Statement[]): Promise<void> {
    if (statements.length === 0) return;
    try {
      await this.#run([WRITE_LOCK, ...statements.map(failing)], true);
    } catch (error) {
      if (error instanceof PostgresError && isDivisionByZero(error.cause)) throw new GuardFailed({ cause: error });
      throw error;
    }
  }

  async close(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    if (client === undefined) return;
    await Promise.race([client.end().catch(() => undefined), delay(CLOSE_MS, undefined, { ref: false })]);
  }

  async #begin(): Promise<StatementResult> {
    const [result = { rows: [], changes: 0, lastInsertId: 0 }] = await this.#run(
      this.options.readOnly === true ? [BEGIN] : [BEGIN, WRITE_LOCK],
    ).catch(async (error: unknown) => {
      // The transaction may have begun before the wait for the lock failed.
      await this.#run([{ sql: 'rollback', parameters: [] }]).catch(() => undefined);
      throw error;
    });
    this.#inTransaction = true;
    return result;
  }

  async #end(statement: Statement): Promise<StatementResult> {
    const hasClient = this.#client !== undefined;
    if (!hasClient && statement.sql === 'rollback') {
      this.#inTransaction = false;
      return { rows: [], changes: 0, lastInsertId: 0 };
    }
    try {
      const [result = { rows: [], changes: 0, lastInsertId: 0 }] = await this.#run([statement]);
      return result;
    } finally {
      this.#inTransaction = false;
    }
  }

  /** @param keep the statements are frequent: the server prepares each of them once */
  async #run(statements: readonly Statement[], keep = false): Promise<StatementResult[]> {
    const client = await this.#connected();
    if (this.#prepared.size > MOST_PREPARED) await this.#forgetPrepared(client);
    const fresh: [string, string][] = [];
    const numbered = statements.map(({ sql, parameters }) => {
      const text = parameters.length === 0 ? sql : this.#numberedText(sql);
      const known = keep ? this.#prepared.get(text) : '';
      const name = known ?? `s${(this.#names += 1)}`;
      if (known === undefined) {
        this.#prepared.set(text, name);
        fresh.push([text, name]);
      }
      return { sql: text, values: parameters.map(postgresValue), name, isPrepared: keep && known !== undefined };
    });
    try {
      return await this.#answer(client, numbered);
    } catch (error) {
      // Those after the failed statement were not prepared. Names are not used again.
      for (const [text] of fresh) this.#prepared.delete(text);
      const failure = postgresErrorOf(error);
      // The server became a replica, and another one is the primary now.
      if (failure.code === 'POSTGRES_READ_ONLY' && this.#urls.length > 1 && this.options.readOnly !== true)
        this.#lose(client);
      throw failure;
    }
  }

  async #answer(client: pg.Client, statements: readonly NumberedStatement[]): Promise<StatementResult[]> {
    const { answerMs } = this.options;
    let timer: NodeJS.Timeout | undefined;
    const answered = new Promise<StatementResult[]>((resolve, reject) => {
      client.query(new Batch(statements, { resolve, reject }));
      if (answerMs === undefined) return;
      timer = setTimeout(() => {
        this.#lose(client);
        reject(new PostgresError('POSTGRES_UNREACHABLE', `PostgreSQL has not answered for ${answerMs} ms`));
      }, answerMs);
    });
    return answered.finally(() => clearTimeout(timer));
  }

  async #connected(): Promise<pg.Client> {
    if (this.#client !== undefined) return this.#client;
    if (this.#inTransaction)
      throw new PostgresError('POSTGRES_UNREACHABLE', 'PostgreSQL: the connection was lost during a transaction');
    const [url = ''] = this.#urls;
    const client = await (
      this.#urls.length > 1 ? connectToPrimary(this.#urls, (each) => this.#connect(each)) : this.#connect(url)
    ).catch((error: unknown) => {
      throw postgresErrorOf(error);
    });
    this.#prepared.clear();
    this.#client = client;
    return client;
  }

  async #connect(url: string): Promise<pg.Client> {
    const { Client } = loadDriver();
    const settings = [
      ...(this.options.readOnly === true ? ['-c default_transaction_read_only=on'] : [`-c lock_timeout=${LOCK_MS}`]),
      `-c idle_in_transaction_session_timeout=${IDLE_MS}`,
    ];
    const client = new Client({
      connectionString: url,
      connectionTimeoutMillis: this.#urls.length > 1 ? CONNECT_TO_EACH_MS : CONNECT_MS,
      keepAlive: true,
      keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
      application_name: 'cordboard',
      options: settings.join(' '),
    });
    client.on('error', () => this.#lose(client));
    client.on('end', () => this.#lose(client));
    await client.connect();
    return client;
  }

  #lose(client: pg.Client): void {
    if (this.#client !== client) return;
    this.#client = undefined;
    client.end().catch(() => undefined);
  }

  async #forgetPrepared(client: pg.Client): Promise<void> {
    this.#prepared.clear();
    await this.#answer(client, [{ sql: 'deallocate all', values: [], name: '', isPrepared: false }]);
  }

  /** `?` as `$1`, `$2` …, which PostgreSQL wants. Kysely numbers them itself. */
  #numberedText(sql: string): string {
    if (/\$\d/.test(sql)) return sql;
    const known = this.#numbered.get(sql);
    if (known !== undefined) return known;
    let count = 0;
    const numbered = sql.replaceAll('?', () => `$${(count += 1)}`);
    this.#numbered.set(sql, numbered);
    return numbered;
  }
}
