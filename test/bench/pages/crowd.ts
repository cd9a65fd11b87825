import type { AmiTap } from '../monitor/ami-tap.js';

/** Callers in queues, as Asterisk would tell of them. */
export class Crowd {
  #callers = 0;
  #changes = 0;
  #timer: NodeJS.Timeout | undefined;
  readonly #waiting = new Map<number, string[]>();

  constructor(
    private readonly tap: AmiTap,
    private readonly queues: readonly number[],
  ) {}

  fill(callers: number): void {
    for (let caller = 0; caller < callers; caller += 1) this.#join(this.#queueOf(caller));
  }

  /** Lets callers come and go. */
  start(changesPerSecond: number): void {
    this.#timer = setInterval(() => {
      this.#changes += 1;
      const queue = this.#queueOf(Math.floor(this.#changes / 2));
      if (this.#changes % 2 === 0) this.#join(queue);
      else this.#leave(queue);
    }, 1000 / changesPerSecond);
  }

  /** All leave. */
  stop(): void {
    clearInterval(this.#timer);
    for (const [queue, callers] of this.#waiting) while (callers.length > 0) this.#leave(queue);
  }

  #queueOf(n: number): number {
    return this.queues[n % this.queues.length] ?? 1;
  }

  #join(queue: number): void {
    this.#callers += 1;
    const caller = `b-${this.#callers}-${Date.now()}`;
    const callers = this.#waiting.get(queue) ?? [];
    this.#waiting.set(queue, callers);
    callers.push(caller);
    this.tap.send({
      Event: 'QueueCallerJoin',
      Queue: `q${queue}`,
      Position: callers.length,
      Count: callers.length,
      Uniqueid: caller,
      Linkedid: caller,
      Channel: `PJSIP/trunk-${caller}`,
      CallerIDNum: `+420777${String(this.#callers % 1_000_000).padStart(6, '0')}`,
      CallerIDName: '',
    });
  }

  #leave(queue: number): void {
    const callers = this.#waiting.get(queue) ?? [];
    const Uniqueid = callers.shift() ?? '';
    this.tap.send({ Event: 'QueueCallerLeave', Queue: `q${queue}`, Position: 1, Count: callers.length, Uniqueid });
  }
}
