import type { QueueAccount } from '../asterisk/queue-port.js';

interface Taken {
  calls: number;
  lastAt: number;
  /** Of the queue that the last call came from. */
  wrapUpMs: number;
}

/** Whom `app_queue` offers a caller to first, and whom it leaves in peace. */
export class RingOrder {
  /** A call counts in all queues of the handset (`shared_lastcall`). By `queue/handset`. */
  readonly #taken = new Map<string, Taken>();
  /** Where `rrmemory` goes on, by queue. */
  readonly #lastRung = new Map<number, string>();
  #dice = 1;

  /**
   * @param free handsets of the queue that can be rung
   * @param lastRung for this caller; undefined: none yet
   * @returns the same, the first to be rung first
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

  /** A call of the queue `from` is over. */
  took(handset: string, from: QueueAccount, queues: readonly QueueAccount[], at: number): void {
    const last = { lastAt: Math.floor(at / 1000) * 1000, wrapUpMs: from.wrapUpS * 1000 };
    for (const { id, handsets } of queues)
      if (handsets.includes(handset))
        this.#taken.set(keyOf(id, handset), { calls: (this.#of(id, handset)?.calls ?? 0) + 1, ...last });
  }

  /** To the second, as Asterisk counts; null when it has had none since it came into the queue. */
  lastCallAt(queue: number, handset: string): number | null {
    return this.#of(queue, handset)?.lastAt ?? null;
  }

  /** Until when that queue leaves the handset alone: for as long as it says itself, and the queue of the last call. */
  peaceUntil(handset: string, { id, wrapUpS }: QueueAccount): number {
    const taken = this.#of(id, handset);
    return taken === undefined ? 0 : taken.lastAt + Math.max(taken.wrapUpMs, wrapUpS * 1000);
  }

  /** Whoever is in these queues no more begins anew another time. */
  keepOnly(queues: readonly QueueAccount[]): void {
    const kept = new Set(queues.flatMap(({ id, handsets }) => handsets.map((name) => keyOf(id, name))));
    for (const key of this.#taken.keys()) if (!kept.has(key)) this.#taken.delete(key);
  }

  #of(queue: number, handset: string): Taken | undefined {
    return this.#taken.get(keyOf(queue, handset));
  }

  /** As good as by chance, and the same in every run. */
  #throw(sides: number): number {
    this.#dice = (Math.imul(this.#dice, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((this.#dice / 2 ** 32) * sides);
  }
}

/** Around, from the one behind `last` on. */
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
