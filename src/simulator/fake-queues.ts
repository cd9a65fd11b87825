import type { QueueAccount, QueueResult, QueueSnapshot, QueueVisit } from '../asterisk/queue-port.js';
import type { Clock } from '../lib/clock.js';
import type { Callee } from './fake-channels.js';

interface Hands {
  /** Undefined: this handset does not answer. */
  answerAfterMs: (handset: string) => number | undefined;
  talking: (channelId: string) => void;
  back: (channelId: string, visitId: string, result: QueueResult) => void;
}

interface Stay {
  visit: QueueVisit;
  queue: QueueAccount;
  /** Who rings for this caller, or talks. */
  handset: string | undefined;
  talks: boolean;
  cancelWait: () => void;
  cancelRing: () => void;
}

/** `app_queue` for the simulator: first come, first served, by the first handset that will answer. No strategies, no wrap-up. */
export class FakeQueues {
  #queues: QueueAccount[] = [];
  /** In the order of their coming. */
  readonly #stays = new Map<string, Stay>();

  constructor(
    private readonly clock: Clock,
    private readonly does: (handset: string) => Callee['does'],
    private readonly hands: Hands,
  ) {}

  put(queues: QueueAccount[]): void {
    this.#queues = structuredClone(queues);
    for (const stay of this.#stays.values()) stay.queue = this.#find(stay.visit.queue) ?? stay.queue;
    this.look();
  }

  list(): QueueSnapshot[] {
    return [...this.#queues]
      .sort((a, b) => a.id - b.id)
      .map(({ id, strategy, weight, maxLength, handsets }) => {
        const waiting = this.#waiting(id).map(({ visit }) => visit.channelId);
        return { id, strategy, weight, maxLength, handsets: [...handsets], waiting };
      });
  }

  join(visit: QueueVisit): void {
    const queue = this.#find(visit.queue);
    const refusal = queue === undefined ? 'UNKNOWN' : this.#refusal(queue, visit);
    if (queue === undefined || refusal !== undefined) {
      this.hands.back(visit.channelId, visit.visitId, refusal ?? 'UNKNOWN');
      return;
    }
    const cancelWait = this.clock.wakeAt(this.clock.now() + visit.waitS * 1000, () =>
      this.leave(visit.channelId, 'TIMEOUT'),
    );
    const stay: Stay = { visit, queue, handset: undefined, talks: false, cancelWait, cancelRing: () => undefined };
    this.#stays.set(visit.channelId, stay);
    this.look();
    if (visit.once && stay.handset === undefined) this.#onceAround(stay);
  }

  /** Sends the caller back; does nothing when the caller is in no queue. */
  leave(channelId: string, result: QueueResult): void {
    const stay = this.#stays.get(channelId);
    if (stay === undefined || !this.gone(channelId)) return;
    this.hands.back(channelId, stay.visit.visitId, result);
  }

  press(channelId: string, digit: string): void {
    const stay = this.#stays.get(channelId);
    if (stay?.talks === false && stay.visit.exitKey === digit) this.leave(channelId, 'EXITED');
  }

  /** False when the caller was in no queue. */
  gone(channelId: string): boolean {
    const stay = this.#stays.get(channelId);
    if (stay === undefined) return false;
    stay.cancelWait();
    stay.cancelRing();
    this.#stays.delete(channelId);
    this.look();
    return true;
  }

  forgetCallers(): void {
    for (const stay of this.#stays.values()) {
      stay.cancelWait();
      stay.cancelRing();
    }
    this.#stays.clear();
  }

  /** Something has changed: sends away who may not stay, and offers callers to handsets. */
  look(): void {
    for (const stay of [...this.#stays.values()]) {
      if (stay.talks) continue;
      if (stay.queue.stayWhen === 'registered' && !stay.queue.handsets.some((name) => this.#there(name)))
        this.leave(stay.visit.channelId, 'LEAVEEMPTY');
      else if (stay.handset === undefined) this.#offer(stay);
    }
  }

  #offer(stay: Stay): void {
    const handset = stay.queue.handsets.find(
      (name) => this.#free(name) && this.hands.answerAfterMs(name) !== undefined,
    );
    const afterMs = handset === undefined ? undefined : this.hands.answerAfterMs(handset);
    if (afterMs === undefined) return;
    stay.handset = handset;
    stay.cancelRing = this.clock.wakeAt(this.clock.now() + afterMs, () => {
      stay.talks = true;
      stay.cancelWait();
      this.hands.talking(stay.visit.channelId);
    });
  }

  /** Who rejects is through at once, who ignores it rings. */
  #onceAround(stay: Stay): void {
    const { visit, queue } = stay;
    const rings = queue.handsets.some((name) => this.does(name) === 'ignores');
    const endsAt = this.clock.now() + (rings ? Math.min(queue.ringTimeoutS, visit.waitS) * 1000 : 0);
    stay.cancelRing = this.clock.wakeAt(endsAt, () => this.leave(visit.channelId, 'TIMEOUT'));
  }

  #refusal(queue: QueueAccount, { once }: QueueVisit): QueueResult | undefined {
    const there = queue.handsets.some((name) => this.#there(name));
    const free = queue.handsets.some((name) => this.#free(name));
    if (once && !there) return 'JOINEMPTY';
    if (once && !free) return 'BUSY';
    if (queue.maxLength > 0 && this.#waiting(queue.id).length >= queue.maxLength) return 'FULL';
    if (queue.joinWhen === 'registered' && !there) return 'JOINEMPTY';
    return queue.joinWhen === 'free' && !free ? 'JOINEMPTY' : undefined;
  }

  #waiting(id: number): Stay[] {
    return [...this.#stays.values()].filter(({ visit, talks }) => visit.queue === id && !talks);
  }

  #there(handset: string): boolean {
    return this.does(handset) !== 'offline';
  }

  #free(handset: string): boolean {
    return this.#there(handset) && ![...this.#stays.values()].some((stay) => stay.handset === handset);
  }

  #find(id: number): QueueAccount | undefined {
    return this.#queues.find((queue) => queue.id === id);
  }
}
