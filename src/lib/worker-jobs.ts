import { messageOf } from './error-message.js';
import { parentPort } from 'node:worker_threads';
import type { WorkerMessage, WorkerRequest } from './worker-queue.js';

/** Runs the jobs of a {@link WorkerQueue} in its worker thread. Jobs arrive one at a time; the signal aborts when one is not needed any more. */
export function serveJobs(run: (job: unknown, signal: AbortSignal) => Promise<unknown>): void {
  const send = (message: WorkerMessage) => parentPort?.postMessage(message);
  let present = new AbortController();
  parentPort?.on('message', (request: WorkerRequest) => {
    if ('cancel' in request) {
      present.abort();
      return;
    }
    present = new AbortController();
    run(request.job, present.signal).then(
      (result) => send({ result }),
      (error: unknown) => send({ error: messageOf(error) }),
    );
  });
  send({ ready: true });
}
