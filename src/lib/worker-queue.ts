import { Worker } from 'node:worker_threads';
import { MINUTE_MS } from './time.js';

/**
 * Thrown when a job has no result. `busy`: it was not started. `too_long`: it exceeded its time or memory. `canceled`: its signal aborted.
 * `failed`: see the message.
 */
export class JobFailed extends Error {
  override readonly name = 'JobFailed';

  constructor(
    readonly reason: 'busy' | 'too_long' | 'canceled' | 'failed',
    message: string,
  ) {
    super(message);
  }
}

interface WorkerQueueOptions {
  /** Module of the worker: see {@link serveJobs}. */
  module: URL;
  workerData: unknown;
  /** Limit of a job's CPU time in its thread (ms); waiting does not count. */
  busyMs: number;
  /** Limit of a job's total time (ms). */
  totalMs: number;
  /** Limit of waiting jobs. */
  maxWaiting: number;
}

/** Idle time after which the thread is ended (ms). */
const IDLE_MS = MINUTE_MS;
const WATCH_MS = 100;
const MEMORY_MB = 512;
const OUT_OF_MEMORY = 'ERR_WORKER_OUT_OF_MEMORY';

interface QueuedJob {
  job: unknown;
  signal: AbortSignal | undefined;
  resolve: (result: unknown) => void;
  reject: (error: Error) => void;
}

/** To the thread. `cancel`: the present job is not needed any more. */
export type WorkerRequest = { job: unknown } | { cancel: true };
export type WorkerMessage = { ready: true } | { result: unknown } | { error: string };

interface JobOptions {
  alwaysWaits?: boolean;
  signal?: AbortSignal | undefined;
}

/** Runs jobs sequentially in a worker thread, so that they do not block the event loop. Jobs and results are plain data. */
export class WorkerQueue<Job, Result> {
  readonly #queue: QueuedJob[] = [];
  #worker: Worker | undefined;
  #running: QueuedJob | undefined;
  #idle: NodeJS.Timeout | undefined;
  #watch: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(private readonly options: WorkerQueueOptions) {}

  /**
   * @param alwaysWaits is not refused when too many jobs wait: for a sender of one job at a time
   * @param signal cancels the job
   * @throws {JobFailed}
   */
  run(job: Job, { alwaysWaits = false, signal }: JobOptions = {}): Promise<Result> {
    if (signal?.aborted === true) return Promise.reject(canceled());
    if (this.#stopped || (!alwaysWaits && this.#queue.length >= this.options.maxWaiting))
      return Promise.reject(new JobFailed('busy', 'too many jobs are waiting'));
    let cancel: (() => void) | undefined;
    return new Promise<Result>((resolve, reject) => {
      const queued: QueuedJob = { job, signal, resolve: resolve as (result: unknown) => void, reject };
      cancel = () => this.#cancel(queued);
      signal?.addEventListener('abort', cancel);
      this.#queue.push(queued);
      this.#next();
    }).finally(() => cancel && signal?.removeEventListener('abort', cancel));
  }

  #cancel(job: QueuedJob): void {
    const waiting = this.#queue.indexOf(job);
    if (waiting !== -1) this.#queue.splice(waiting, 1);
    else this.#worker?.postMessage({ cancel: true } satisfies WorkerRequest);
    job.reject(canceled());
  }

  /** Ends the thread; running and waiting jobs fail. */
  async stop(): Promise<void> {
    this.#stopped = true;
    for (const { reject } of this.#queue.splice(0)) reject(new JobFailed('busy', 'the gateway is stopping'));
    this.#settle(new JobFailed('failed', 'the gateway is stopping'));
    const worker = this.#worker;
    this.#worker = undefined;
    clearTimeout(this.#idle);
    await worker?.terminate();
  }

  #next(): void {
    if (this.#running !== undefined) return;
    this.#running = this.#queue.shift();
    clearTimeout(this.#idle);
    if (this.#running !== undefined) {
      if (this.#worker === undefined) this.#startThread();
      else this.#send(this.#worker, this.#running);
    } else if (this.#worker !== undefined) this.#idle = setTimeout(() => this.#terminate(), IDLE_MS).unref();
  }

  /** A new thread reports when it is ready; its start-up does not count as part of the job. */
  #startThread(): void {
    const worker = new Worker(this.options.module, {
      workerData: this.options.workerData,
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    });
    worker.unref();
    this.#worker = worker;
    worker.on('message', (message: WorkerMessage) => {
      if (worker !== this.#worker || this.#running === undefined) return;
      if ('ready' in message) this.#send(worker, this.#running);
      else this.#settle('error' in message ? new JobFailed('failed', message.error) : message);
    });
    const lost = (failure: JobFailed) => {
      if (worker !== this.#worker) return;
      this.#worker = undefined;
      this.#settle(failure);
    };
    worker.on('error', (error: NodeJS.ErrnoException) =>
      lost(new JobFailed(error.code === OUT_OF_MEMORY ? 'too_long' : 'failed', error.message)),
    );
    worker.on('exit', () => lost(new JobFailed('failed', 'the thread has ended')));
  }

  #send(worker: Worker, { job, signal }: QueuedJob): void {
    if (signal?.aborted === true) {
      this.#settle(canceled());
      return;
    }
    const { busyMs, totalMs } = this.options;
    const before = worker.performance.eventLoopUtilization();
    const startedAt = performance.now();
    this.#watch = setInterval(() => {
      const { active } = worker.performance.eventLoopUtilization(before);
      if (active <= busyMs && performance.now() - startedAt <= totalMs) return;
      this.#terminate();
      this.#settle(new JobFailed('too_long', 'the job took too long'));
    }, WATCH_MS);
    worker.postMessage({ job } satisfies WorkerRequest);
  }

  #settle(outcome: JobFailed | { result: unknown }): void {
    clearInterval(this.#watch);
    const job = this.#running;
    this.#running = undefined;
    if (outcome instanceof JobFailed) job?.reject(outcome);
    else job?.resolve(outcome.result);
    if (!this.#stopped) this.#next();
  }

  #terminate(): void {
    const worker = this.#worker;
    this.#worker = undefined;
    void worker?.terminate();
  }
}

function canceled(): JobFailed {
  return new JobFailed('canceled', 'the job was canceled');
}
