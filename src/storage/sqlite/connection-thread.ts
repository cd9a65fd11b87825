import { parentPort, workerData } from 'node:worker_threads';
import { messageOf } from '../../lib/error-message.js';
import type { StatementResult } from '../connection.js';
import { GuardFailed } from '../guard.js';
import { SqliteError } from './sqlite-error.js';
import { SyncConnection } from './sync-connection.js';
import type { ThreadAnswer, ThreadData, ThreadRequest } from './thread-connection.js';

/** The worker thread of a {@link ThreadConnection}: handles one request after another. */

const { driver, ...options } = workerData as ThreadData;
const connection = new SyncConnection(driver, options);
let last: Promise<void> = Promise.resolve();

parentPort?.on('message', (request: ThreadRequest) => {
  last = last.then(() => answer(request));
});

async function answer(request: ThreadRequest): Promise<void> {
  const { id } = request;
  const send = (message: ThreadAnswer) => parentPort?.postMessage(message);
  try {
    send({ id, result: await perform(request) });
  } catch (error) {
    send({
      id,
      error: {
        message: messageOf(error),
        code: error instanceof SqliteError || error instanceof GuardFailed ? error.code : undefined,
      },
    });
  }
}

async function perform(request: ThreadRequest): Promise<StatementResult | undefined> {
  if (request.type === 'execute') return connection.execute(request.statement);
  if (request.type === 'write') await connection.write(request.statements);
  else await connection.close();
  return undefined;
}
