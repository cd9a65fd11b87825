import type { QueueAccount } from '../asterisk/queue-port.js';

interface Taken {
  calls: number;
  lastAt: number;
  /** Wrap-up time of the queue of the last call. */
  wrapUpMs: number;
}

/** The order in which `app_queue` rings handsets, and their wrap-up times. */
export class RingOrder {
  /** By `queue/handset`. A call counts in all queues of the handset (`shared_lastcall`). */
  readonly #taken = new Map<string, Taken>();
  /** Last rung handset of `rrmemory`, by queue. */
  readonly #lastRung = new Map<number, string>();
  #dice = 1;

  /**
   * @param free handsets of the queue that can be rung
   * @param lastRung for this caller; undefined: none yet
   * @returns the same handsets in ringing order
   */
  of({ id, strategy, handsets }: QueueAccount, free: string[], lastRung: string | undefined): string[] {
    switch (strategy) {
      case 'ringall':
        return free;
      case 'linear':
        return goingOn(handsets, lastRung).filter((name) => free.includes(name));
      case 'rrmemory':
        return goingOn(handsets, this.#lastRung.get(id)).filter((name) => free.includes(name));
      case 'leastrecent':
        return ascending(free, (name) => this.#of(id, name)?.lastAt ?? 0);
      case 'fewestcalls':
        return ascending(free, (name) => this.#of(id, name)?.calls ?? 0);
      case 'random':
        return goingOn(free, free[this.#throw(free.length)]);
    }
  }

  rung(queue: number, handset: string): void {
    this.#lastRung.set(queue, handset);
  }

  /** Records the end of a call of the queue `from`. */
  took(handset: string, from: QueueAccount, queues: readonly QueueAccount[], at: number): void {
    const last = { lastAt: Math.floor(at / 1000) * 1000, wrapUpMs: from.wrapUpS * 1000 };
    for (const { id, handsets } of queues)
      if (handsets.includes(handset))
        this.#taken.set(keyOf(id, handset), { calls: (this.#of(id, handset)?.calls ?? 0) + 1, ...last });
  }

  /** In whole seconds, as in Asterisk; null without a call since the handset joined the queue. */
  lastCallAt(queue: number, handset: string): number | null {
    return this.#of(queue, handset)?.lastAt ?? null;
  }

  /** When the queue may ring the handset again: after its own wrap-up time and that of the queue of the last call. */
  peaceUntil(handset: string, { id, wrapUpS }: QueueAccount): number {
    const taken = this.#of(id, handset);
    return taken === undefined ? 0 : taken.lastAt + Math.max(taken.wrapUpMs, wrapUpS * 1000);
  }

  /** Drops what was recorded of a handset in a queue. */
  forget(queue: number, handset: string): void {
    this.#taken.delete(keyOf(queue, handset));
  }

  /** Drops what was recorded of handsets that left these queues. */
  keepOnly(queues: readonly QueueAccount[]): void {
    const kept = new Set(queues.flatMap(({ id, handsets }) => handsets.map((name) => keyOf(id, name))));
    for (const key of this.#taken.keys()) if (!kept.has(key)) this.#taken.delete(key);
  }

  #of(queue: number, handset: string): Taken | undefined {
    return this.#taken.get(keyOf(queue, handset));
  }

  /** A pseudo-random number, the same in every run. */
  #throw(sides: number): number {
    this.#dice = (Math.imul(this.#dice, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((this.#dice / 2 ** 32) * sides);
  }
}

/** Rotates the names to start after `last`. */
function goingOn(names: readonly string[], last: string | undefined): string[] {
  const next = last === undefined ? 0 : names.indexOf(last) + 1;
  return [...names.slice(next), ...names.slice(0, next)];
}

function ascending(names: readonly string[], by: (name: string) => number): string[] {
  return [...names].sort((a, b) => by(a) - by(b));
}

function keyOf(queue: number, handset: string): string {
  return `${queue}/${handset}`;
}
