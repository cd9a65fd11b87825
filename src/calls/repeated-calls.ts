import type { FlowSummary } from '../kernel/flow.js';
import { KeyedQueue } from '../lib/keyed-queue.js';

type StartResult<R> = { ok: true; callId: string } | R;

/**
 * Detects repeated requests for calls, as from a double click or a retry: while the first call is still being
 * dialled, an equal
request gets that call. Kept in memory only: after a restart, a repeated request makes a second call.
 */
export class RepeatedCalls {
  readonly #queue = new KeyedQueue();
  /** Call ids by request. */
  readonly #dialled = new Map<string, string>();

  constructor(private readonly summaryOf: (callId: string) => FlowSummary | undefined) {}

  /** @param start makes a new call */
  start<R extends { ok: false }>(wanted: object, start: () => Promise<StartResult<R>>): Promise<StartResult<R>> {
    const key = JSON.stringify(wanted);
    return this.#queue.run(key, async () => {
      this.#forgetDialled();
      const callId = this.#dialled.get(key);
      if (callId !== undefined) return { ok: true, callId };
      const begun = await start();
      if (begun.ok) this.#dialled.set(key, begun.callId);
      return begun;
    });
  }

  /** Removes calls that are no longer being dialled. */
  #forgetDialled(): void {
    for (const [key, callId] of this.#dialled) if (!isDialled(this.summaryOf(callId))) this.#dialled.delete(key);
  }
}

/** True while the first or the second party rings. */
function isDialled(summary: FlowSummary | undefined): boolean {
  if (summary === undefined || summary.endedAt !== null) return false;
  return summary.at === 'dialling' || (summary.at === 'ring' && summary.live?.talk === null);
}
