import type { FlowSummary } from '../kernel/flow.js';
import { KeyedQueue } from '../lib/keyed-queue.js';

type Begun<R> = { ok: true; callId: string } | R;

/**
 * Requests for calls that come twice within a moment, as from a double click or a client that repeats a request: while the
 * first call is still being dialled, an equal request gets that call. Kept in memory alone: after a restart a request
 * that is repeated makes a call of its own.
 */
export class RepeatedCalls {
  readonly #queue = new KeyedQueue();
  /** Call ids by what was wanted. */
  readonly #dialled = new Map<string, string>();

  constructor(private readonly summaryOf: (callId: string) => FlowSummary | undefined) {}

  /** @param start makes a new call */
  begin<R extends { ok: false }>(wanted: object, start: () => Promise<Begun<R>>): Promise<Begun<R>> {
    const key = JSON.stringify(wanted);
    return this.#queue.run(key, async () => {
      this.#forgetOthers();
      const callId = this.#dialled.get(key);
      if (callId !== undefined) return { ok: true, callId };
      const begun = await start();
      if (begun.ok) this.#dialled.set(key, begun.callId);
      return begun;
    });
  }

  /** Forgets calls that nobody is being called for any more. */
  #forgetOthers(): void {
    for (const [key, callId] of this.#dialled) if (!isDialled(this.summaryOf(callId))) this.#dialled.delete(key);
  }
}

/** Rings the first party, or the second one. */
function isDialled(summary: FlowSummary | undefined): boolean {
  if (summary === undefined || summary.endedAt !== null) return false;
  return summary.at === 'dialling' || (summary.at === 'ring' && summary.live?.talk === null);
}
