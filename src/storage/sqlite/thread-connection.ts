import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { ConnectionOptions } from './connection.js';
import type { Connection, Statement, StatementResult } from '../connection.js';
import type { DriverName } from './drivers.js';
import { SqliteError } from './sqlite-error.js';

type Operation =
  { type: 'execute'; statement: Statement } | { type: 'write'; statements: readonly Statement[] } | { type: 'close' };

/** A request to the thread. `id` numbers the requests; `close` ends the thread. */
export type ThreadRequest = { id: number } & Operation;

export type ThreadAnswer = { id: number } & ({ result: StatementResult | undefined } | { error: ThreadError });

/** Error classes are lost between threads. */
interface ThreadError {
  message: string;
  /** Code of a {@link SqliteError}. */
  code: string | undefined;
}

export interface ThreadData extends ConnectionOptions {
  driver: Exclude<DriverName, 'sqlite3'>;
}

interface Waiting {
  resolve: (result: StatementResult | undefined) => void;
  reject: (error: Error) => void;
}

/** A connection in its own thread, so that neither long reads nor the disk block the event loop. */
export class ThreadConnection implements Connection {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  /** The reason why the connection accepts no more requests. */
  #ended: Error | undefined;

  constructor(data: ThreadData) {
    this.#worker = new Worker(...moduleFor(data));
    this.#worker.unref();
    this.#worker.on('message', (answer: ThreadAnswer) => this.#answered(answer));
    this.#worker.on('error', (error) => this.#end(error));
    this.#worker.on('exit', () => this.#end(new Error('the thread of the database has ended')));
  }

  async execute(statement: Statement): Promise<StatementResult> {
    const result = await this.#ask({ type: 'execute', statement });
    return result ?? { rows: [], changes: 0, lastInsertId: 0 };
  }

  async write(statements: readonly Statement[]): Promise<void> {
    await this.#ask({ type: 'write', statements });
  }

  async close(): Promise<void> {
    try {
      if (this.#ended === undefined) await this.#ask({ type: 'close' });
    } finally {
      await this.#worker.terminate();
    }
  }

  #ask(operation: Operation): Promise<StatementResult | undefined> {
    return new Promise((resolve, reject) => {
      if (this.#ended !== undefined) {
        reject(this.#ended);
        return;
      }
      this.#lastId += 1;
      this.#waiting.set(this.#lastId, { resolve, reject });
      // A pending request must keep the process alive.
      if (this.#waiting.size === 1) this.#worker.ref();
      this.#worker.postMessage({ ...operation, id: this.#lastId } satisfies ThreadRequest);
    });
  }

  #answered(answer: ThreadAnswer): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if (this.#waiting.size === 0) this.#worker.unref();
    if ('error' in answer) waiting?.reject(errorOf(answer.error));
    else waiting?.resolve(answer.result);
  }

  #end(error: Error): void {
    this.#ended ??= error;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}

/** The module of the thread. In the source tree it is TypeScript, which a worker cannot load directly. */
function moduleFor(workerData: ThreadData): ConstructorParameters<typeof Worker> {
  const built = new URL('./connection-thread.js', import.meta.url);
  if (existsSync(built)) return [built, { workerData }];
  const source = new URL('./connection-thread.ts', import.meta.url).href;
  const load = `import('tsx/esm/api').then(({ register }) => { register(); return import('${source}'); })`;
  return [load, { workerData, eval: true }];
}

function errorOf({ message, code }: ThreadError): Error {
  return code === undefined ? new Error(message) : new SqliteError(code, message);
}
