import { setTimeout as delay } from 'node:timers/promises';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { CpuProfile } from './flame-graph.js';

const CONNECT_WITHIN_MS = 10_000;
const SAMPLE_EVERY_US = 500;

/** Milliseconds. */
export interface LoopDelay {
  p50: number;
  p99: number;
  max: number;
}

export interface HeapUse {
  heapUsedKb: number;
  /** Memory outside the heap that objects hold, such as buffers. */
  externalKb: number;
}

/**
 * The inside of a Node process that was started with `--inspect`: its heap, event loop and CPU profile. Works for every
 * revision, since the process need not know of it.
 */
export class Inspector {
  #lastId = 0;
  readonly #waiting = new Map<number, { resolve: (result: unknown) => void; reject: (error: Error) => void }>();

  private constructor(private readonly socket: WebSocket) {
    socket.on('message', (data: Buffer) => this.#receive(data.toString('utf8')));
    socket.on('close', () => {
      for (const { reject } of this.#waiting.values()) reject(new Error('the inspected process is gone'));
      this.#waiting.clear();
    });
    socket.on('error', () => undefined);
  }

  /** @param port of `--inspect=127.0.0.1:PORT` */
  static async connect(port: number): Promise<Inspector> {
    const deadline = Date.now() + CONNECT_WITHIN_MS;
    for (;;) {
      try {
        const response = await fetch(`http://127.0.0.1:${port}/json/list`);
        const [target] = (await response.json()) as { webSocketDebuggerUrl: string }[];
        if (target === undefined) throw new Error('nothing to inspect');
        const socket = new WebSocket(target.webSocketDebuggerUrl, { perMessageDeflate: false, maxPayload: 2 ** 30 });
        await once(socket, 'open');
        return new Inspector(socket);
      } catch (error) {
        if (Date.now() > deadline) throw error;
        await delay(100);
      }
    }
  }

  close(): void {
    this.socket.terminate();
  }

  /** After a full collection of garbage. */
  async heapUse(): Promise<HeapUse> {
    await this.#call('HeapProfiler.collectGarbage');
    const usage = await this.#evaluate<{ heapUsed: number; external: number }>('process.memoryUsage()');
    return { heapUsedKb: usage.heapUsed / 1024, externalKb: usage.external / 1024 };
  }

  /** Delays of timers from now on; see {@link loopDelay}. */
  async watchLoop(): Promise<void> {
    await this.#evaluate(
      `globalThis.benchLoop ??= process.getBuiltinModule('perf_hooks').monitorEventLoopDelay({ resolution: 1 });
       benchLoop.reset(); benchLoop.enable(); null`,
    );
  }

  /** By how much timers were late since {@link watchLoop}. */
  async loopDelay(): Promise<LoopDelay> {
    // The histogram holds the whole distance between two ticks of its timer, which is due every millisecond.
    return this.#evaluate<LoopDelay>(
      `(() => { const late = (ns) => Math.max(0, Number((ns / 1e6 - 1).toFixed(2)));
         return { p50: late(benchLoop.percentile(50)), p99: late(benchLoop.percentile(99)), max: late(benchLoop.max) }; })()`,
    );
  }

  async startProfile(): Promise<void> {
    await this.#call('Profiler.enable');
    await this.#call('Profiler.setSamplingInterval', { interval: SAMPLE_EVERY_US });
    await this.#call('Profiler.start');
  }

  async stopProfile(): Promise<CpuProfile> {
    const { profile } = (await this.#call('Profiler.stop')) as { profile: CpuProfile };
    return profile;
  }

  async #evaluate<T>(expression: string): Promise<T> {
    const answer = await this.#call('Runtime.evaluate', { expression, returnByValue: true });
    const { result, exceptionDetails } = answer as { result: { value: T }; exceptionDetails?: { text: string } };
    if (exceptionDetails !== undefined)
      throw new Error(`in the inspected process: ${JSON.stringify(exceptionDetails)}`);
    return result.value;
  }

  #call(method: string, params: object = {}): Promise<unknown> {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.socket.send(JSON.stringify({ id, method, params }));
    });
  }

  #receive(text: string): void {
    const message = JSON.parse(text) as { id?: number; result?: unknown; error?: { message: string } };
    const waiting = this.#waiting.get(message.id ?? 0);
    if (waiting === undefined) return;
    this.#waiting.delete(message.id ?? 0);
    if (message.error === undefined) waiting.resolve(message.result);
    else waiting.reject(new Error(message.error.message));
  }
}
