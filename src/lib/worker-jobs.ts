import { messageOf } from './error-message.js';
import { parentPort } from 'node:worker_threads';
import type { WorkerMessage } from './worker-queue.js';

/** Runs the jobs of a {@link WorkerQueue} in its worker thread. Jobs arrive one at a time. */
export function serveJobs(run: (job: unknown) => Promise<unknown>): void {
  const send = (message: WorkerMessage) => parentPort?.postMessage(message);
  parentPort?.on('message', (job: unknown) => {
    run(job).then(
      (result) => send({ result }),
      (error: unknown) => send({ error: messageOf(error) }),
    );
  });
  send({ ready: true });
}
