import type {
  QueueAccount,
  QueueEvent,
  QueueMember,
  QueueResult,
  QueueSnapshot,
  QueueTalk,
  QueueVisit,
} from '../asterisk/queue-port.js';
import type { Clock } from '../lib/clock.js';
import type { Callee } from './fake-channels.js';

/** Between two rounds of ringing, as in our queues of Asterisk. */
const RETRY_MS = 1000;

interface Hands {
  /** Undefined: this handset does not answer. */
  answerAfterMs: (handset: string) => number | undefined;
  talking: (channelId: string) => void;
  back: (channelId: string, visitId: string, result: QueueResult) => void;
  tell: (event: QueueEvent) => void;
  record: (visitId: string, phase: 'begin' | 'end') => void;
  callerOf: (channelId: string) => { number: string; name: string };
}

interface Stay {
  visit: QueueVisit;
  queue: QueueAccount;
  /** Who rings for this caller, or talks. */
  handset: string | undefined;
  talks: boolean;
  joinedAt: number;
  talksSince: number;
  cancelWait: () => void;
  cancelRing: () => void;
}

/** `app_queue` for the simulator: served in the order of weight, priority and coming, by the first handset that will answer. No strategies, no wrap-up. */
export class FakeQueues {
  #queues: QueueAccount[] = [];
  /** By handset. */
  readonly #lastCalls = new Map<string, number>();
  /** Reasons of those who are paused, by `queue/handset`. */
  readonly #paused = new Map<string, string>();
  /** In the order of their coming. */
  readonly #stays = new Map<string, Stay>();

  constructor(
    private readonly clock: Clock,
    private readonly does: (handset: string) => Callee['does'],
    private readonly hands: Hands,
  ) {}

  put(queues: QueueAccount[]): void {
    const before = this.#queues;
    this.#queues = structuredClone(queues);
    for (const stay of this.#stays.values()) stay.queue = this.#find(stay.visit.queue) ?? stay.queue;
    for (const { id, handsets, paused } of queues) {
      const was = before.find((queue) => queue.id === id)?.handsets ?? [];
      for (const name of handsets.filter((one) => !was.includes(one))) this.#tellMember(name, id);
      for (const name of was.filter((one) => !handsets.includes(one))) this.#left(id, name);
      if (paused !== undefined) for (const name of handsets) this.pause(id, name, paused[name]);
    }
    this.look();
  }

  add(id: number, handset: string): void {
    const queue = this.#find(id);
    if (queue === undefined || queue.handsets.includes(handset)) return;
    queue.handsets.push(handset);
    this.#tellMember(handset, id);
    this.look();
  }

  remove(id: number, handset: string): void {
    const queue = this.#find(id);
    if (queue?.handsets.includes(handset) !== true) return;
    queue.handsets.splice(queue.handsets.indexOf(handset), 1);
    this.#left(id, handset);
    this.look();
  }

  /** False when the handset is not in the queue. */
  pause(id: number, handset: string, reason: string | undefined): boolean {
    if (this.#find(id)?.handsets.includes(handset) !== true) return false;
    const key = `${id}/${handset}`;
    if (this.#paused.get(key) === reason) return true;
    if (reason === undefined) this.#paused.delete(key);
    else this.#paused.set(key, reason);
    this.#tellMember(handset, id);
    this.look();
    return true;
  }

  list(): QueueSnapshot[] {
    return [...this.#queues]
      .sort((a, b) => a.id - b.id)
      .map(({ id, strategy, weight, maxLength, handsets }) => {
        const waiting = this.#waiting(id).map(({ visit: { channelId }, joinedAt }) => ({
          channelId,
          joinedAt,
          caller: this.hands.callerOf(channelId),
        }));
        return { id, strategy, weight, maxLength, members: handsets.map((name) => this.#member(id, name)), waiting };
      });
  }

  talks(): QueueTalk[] {
    return [...this.#stays.values()].flatMap(({ talks, handset, visit: { channelId, queue } }) =>
      talks && handset !== undefined ? [{ channelId, queue, handset }] : [],
    );
  }

  ringing(): QueueTalk[] {
    return [...this.#stays.values()].flatMap(({ talks, handset, visit: { channelId, queue } }) =>
      !talks && handset !== undefined ? [{ channelId, queue, handset }] : [],
    );
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
    const fresh = { handset: undefined, talks: false, joinedAt: this.clock.now(), talksSince: 0 };
    const stay: Stay = { visit, queue, ...fresh, cancelWait, cancelRing: () => undefined };
    this.#stays.set(visit.channelId, stay);
    const all = this.#waiting(queue.id);
    const place = { position: all.indexOf(stay) + 1, waiting: all.length };
    const caller = this.hands.callerOf(visit.channelId);
    this.hands.tell({ ...this.#about(stay), type: 'queue_joined', ...place, caller });
    this.look();
    if (visit.once && !stay.queue.handsets.some((name) => this.hands.answerAfterMs(name) !== undefined))
      this.#onceAround(stay);
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
    if (stay.visit.record === true) this.hands.record(stay.visit.visitId, 'end');
    this.#tellGone(stay);
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

  /** A handset came or went. */
  changed(handset: string): void {
    this.#tellMember(handset);
    this.look();
  }

  /** Something has changed: sends away who may not stay, and offers callers to handsets. */
  look(): void {
    for (const stay of inOrder([...this.#stays.values()])) {
      if (stay.talks) continue;
      if (stay.queue.stayWhen === 'registered' && !this.#serving(stay.queue).some((name) => this.#there(name)))
        this.leave(stay.visit.channelId, 'LEAVEEMPTY');
      else if (stay.handset === undefined) this.#offer(stay);
    }
  }

  /** One handset at a time; who will answer goes first. */
  #offer(stay: Stay): void {
    const free = this.#serving(stay.queue).filter((name) => this.#free(name));
    const handset =
      free.find((name) => this.hands.answerAfterMs(name) !== undefined) ??
      free.find((name) => this.does(name) === 'ignores');
    if (handset === undefined) return;
    stay.handset = handset;
    this.#rings(stay, handset);
    const afterMs = this.hands.answerAfterMs(handset);
    const now = this.clock.now();
    stay.cancelRing =
      afterMs === undefined
        ? this.clock.wakeAt(now + stay.queue.ringTimeoutS * 1000, () => this.#ringOver(stay, handset))
        : this.clock.wakeAt(now + afterMs, () => this.#answered(stay, handset));
  }

  #ringOver(stay: Stay, handset: string): void {
    stay.handset = undefined;
    this.hands.tell({ ...this.#about(stay), type: 'queue_ring_over', handset });
    this.#tellMember(handset);
    stay.cancelRing = this.clock.wakeAt(this.clock.now() + RETRY_MS, () => this.look());
  }

  #rings(stay: Stay, handset: string): void {
    this.hands.tell({ ...this.#about(stay), type: 'queue_ringing', handset });
    this.#tellMember(handset);
  }

  #answered(stay: Stay, handset: string): void {
    stay.talks = true;
    stay.talksSince = this.clock.now();
    stay.cancelWait();
    if (stay.visit.record === true) this.hands.record(stay.visit.visitId, 'begin');
    const about = this.#about(stay);
    this.hands.tell({ ...about, type: 'queue_caller_left', waiting: this.#waiting(stay.visit.queue).length });
    this.hands.tell({ ...about, type: 'queue_answered', handset });
    this.#tellMember(handset);
    this.hands.talking(stay.visit.channelId);
  }

  #tellGone(stay: Stay): void {
    const { talks, talksSince, handset, visit } = stay;
    const about = this.#about(stay);
    if (talks && handset !== undefined) {
      this.#lastCalls.set(handset, Math.floor(about.at / 1000) * 1000);
      this.hands.tell({ ...about, type: 'queue_talk_over', handset, talkedMs: about.at - talksSince });
    } else {
      this.hands.tell({ ...about, type: 'queue_caller_left', waiting: this.#waiting(visit.queue).length });
      if (handset !== undefined) this.hands.tell({ ...about, type: 'queue_ring_over', handset });
    }
    if (handset !== undefined) this.#tellMember(handset);
  }

  #serving({ id, handsets }: QueueAccount): string[] {
    return handsets.filter((name) => !this.#paused.has(`${id}/${name}`));
  }

  #left(queue: number, handset: string): void {
    this.#paused.delete(`${queue}/${handset}`);
    this.hands.tell({ type: 'queue_member_gone', at: this.clock.now(), queue, handset });
  }

  /** @param only the one queue whose members have changed; else all that the handset is in */
  #tellMember(handset: string, only?: number): void {
    for (const { id, handsets } of this.#queues) {
      if (!handsets.includes(handset) || (only !== undefined && only !== id)) continue;
      this.hands.tell({ type: 'queue_member', at: this.clock.now(), queue: id, member: this.#member(id, handset) });
    }
  }

  #member(queue: number, handset: string): QueueMember {
    const stay = [...this.#stays.values()].find((one) => one.handset === handset);
    const state = !this.#there(handset) ? 'unavailable' : stay === undefined ? 'free' : stay.talks ? 'busy' : 'ringing';
    const reason = this.#paused.get(`${queue}/${handset}`);
    const lastCallAt = this.#lastCalls.get(handset) ?? null;
    return { handset, state, paused: reason !== undefined, pauseReason: reason ?? '', lastCallAt };
  }

  #about({ visit: { queue, channelId } }: Stay): { at: number; queue: number; channelId: string } {
    return { at: this.clock.now(), queue, channelId };
  }

  /** Who rejects is through at once, who ignores it rings. */
  #onceAround(stay: Stay): void {
    const { visit, queue } = stay;
    const rings = queue.handsets.some((name) => this.does(name) === 'ignores');
    stay.cancelRing();
    const endsAt = this.clock.now() + (rings ? Math.min(queue.ringTimeoutS, visit.waitS) * 1000 : 0);
    stay.cancelRing = this.clock.wakeAt(endsAt, () => this.leave(visit.channelId, 'TIMEOUT'));
  }

  #refusal(queue: QueueAccount, { once }: QueueVisit): QueueResult | undefined {
    const there = this.#serving(queue).some((name) => this.#there(name));
    const free = this.#serving(queue).some((name) => this.#free(name));
    if (once && !there) return 'JOINEMPTY';
    if (once && !free) return 'BUSY';
    if (queue.maxLength > 0 && this.#waiting(queue.id).length >= queue.maxLength) return 'FULL';
    if (queue.joinWhen === 'registered' && !there) return 'JOINEMPTY';
    return queue.joinWhen === 'free' && !free ? 'JOINEMPTY' : undefined;
  }

  #waiting(id: number): Stay[] {
    return inOrder([...this.#stays.values()]).filter(({ visit, talks }) => visit.queue === id && !talks);
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

/** Who is served before whom: in the heavier queue, with the higher priority, who came first. */
function inOrder(stays: Stay[]): Stay[] {
  const priorityOf = ({ visit: { priority = 0 } }: Stay) => priority;
  return stays.sort((a, b) => b.queue.weight - a.queue.weight || priorityOf(b) - priorityOf(a));
}
