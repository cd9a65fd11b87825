import {
  RETRY_S,
  type MemberState,
  type QueueAccount,
  type QueueEvent,
  type QueueMove,
  type QueueResult,
  type QueueSnapshot,
  type QueueTalk,
  type QueueVisit,
} from '../asterisk/queue-port.js';
import { prioritiesForMove } from '../asterisk/queues/caller-order.js';
import type { Clock } from '../lib/clock.js';
import { handsetIn, type Callee } from './fake-channels.js';
import { FakeQueueMembers, requireMember } from './fake-queue-members.js';
import { RingOrder } from './fake-ring-order.js';

interface Hands {
  /** The behaviour of the person at a handset. */
  callee: (handset: string) => Callee;
  /** State of a handset outside queues; undefined: idle. */
  line: (handset: string) => 'ringing' | 'busy' | undefined;
  talking: (channelId: string) => void;
  back: (channelId: string, visitId: string, result: QueueResult) => void;
  tell: (event: QueueEvent) => void;
  record: (visitId: string, phase: 'begin' | 'end') => void;
  callerOf: (channelId: string) => { number: string; name: string };
}

interface Stay {
  visit: QueueVisit;
  queue: QueueAccount;
  joinedAt: number;
  /** Ringing handsets, each with the function that cancels its answer. */
  rings: Map<string, () => void>;
  lastRung: string | undefined;
  rounds: number;
  /** Between two rounds of ringing. */
  pauses: boolean;
  talk: { handset: string; since: number } | undefined;
  cancelWait: () => void;
  cancelRound: () => void;
}

const nothing = (): void => undefined;

/** The channel of the handset that talks with this caller. */
export function partyOf(channelId: string): string {
  return `party-${channelId}`;
}

/** `app_queue` for the simulator: admission, order of callers, which handsets ring for a caller and how long. */
export class FakeQueues {
  readonly #members: FakeQueueMembers;
  readonly #order = new RingOrder();
  /** In order of arrival, or of the last change of priority. */
  readonly #stays = new Map<string, Stay>();
  /** Cancels the timer of a handset's wrap-up time. */
  readonly #peace = new Map<string, () => void>();

  constructor(
    private readonly clock: Clock,
    private readonly hands: Hands,
  ) {
    const facts = {
      state: (name: string) => this.#state(name),
      lastCallAt: (queue: number, name: string) => this.#order.lastCallAt(queue, name),
    };
    this.#members = new FakeQueueMembers(clock, facts, hands.tell);
  }

  put(queues: QueueAccount[]): void {
    this.#members.put(queues);
    this.#order.keepOnly(queues);
    for (const stay of this.#stays.values()) stay.queue = this.#members.find(stay.visit.queue) ?? stay.queue;
    this.#look();
  }

  add(id: number, handset: string): void {
    this.#members.add(id, handset);
    this.#look();
  }

  remove(id: number, handset: string): void {
    this.#members.remove(id, handset);
    this.#order.keepOnly(this.#members.queues);
    this.#look();
  }

  /** @returns false when the handset is not in the queue */
  pause(id: number, handset: string, reason: string | undefined): boolean {
    const done = this.#members.pause(id, handset, reason);
    this.#look();
    return done;
  }

  /** @throws {AsteriskError} `refused` when the handset is not in the queue */
  pauseMember(id: number, handset: string, reason: string | undefined): void {
    requireMember(this.pause(id, handset, reason), id, handset);
  }

  /** @throws {AsteriskError} `refused` when the handset is not in the queue */
  endWrapUp(id: number, handset: string): void {
    const isMember = this.#members.endWrapUp(id, handset, () => this.#order.forget(id, handset));
    requireMember(isMember, id, handset);
    this.#look();
  }

  list(): QueueSnapshot[] {
    return [...this.#members.queues]
      .sort((a, b) => a.id - b.id)
      .map((queue) => {
        const { id, strategy, weight, maxLength } = queue;
        const waiting = this.#waiting(id).map(({ visit: { channelId }, joinedAt }) => ({
          channelId,
          joinedAt,
          caller: this.hands.callerOf(channelId),
        }));
        return { id, strategy, weight, maxLength, members: this.#members.of(queue), waiting };
      });
  }

  talks(): QueueTalk[] {
    return [...this.#stays.values()].flatMap(({ talk, visit: { channelId, queue } }) =>
      talk === undefined ? [] : [{ channelId, queue, handset: talk.handset }],
    );
  }

  findParty({ channelId, handset }: { channelId: string; handset: string }): string | undefined {
    return this.#stays.get(channelId)?.talk?.handset === handset ? partyOf(channelId) : undefined;
  }

  ringing(): QueueTalk[] {
    return [...this.#stays.values()].flatMap(({ rings, visit: { channelId, queue } }) =>
      [...rings.keys()].map((handset) => ({ channelId, queue, handset })),
    );
  }

  join(visit: QueueVisit): void {
    const queue = this.#members.find(visit.queue);
    const refusal = queue === undefined ? 'UNKNOWN' : this.#refusal(queue, visit);
    if (queue === undefined || refusal !== undefined) {
      this.hands.back(visit.channelId, visit.visitId, refusal ?? 'UNKNOWN');
      return;
    }
    const joinedAt = this.clock.now();
    const cancelWait = this.clock.wakeAt(joinedAt + visit.waitS * 1000, () => this.leave(visit.channelId, 'TIMEOUT'));
    const fresh = { rings: new Map(), lastRung: undefined, rounds: 0, pauses: false, talk: undefined };
    const stay: Stay = { visit, queue, joinedAt, ...fresh, cancelWait, cancelRound: nothing };
    this.#stays.set(visit.channelId, stay);
    const all = this.#waiting(queue.id);
    const place = { position: all.indexOf(stay) + 1, waiting: all.length };
    const caller = this.hands.callerOf(visit.channelId);
    this.hands.tell({ ...this.#about(stay), type: 'queue_joined', ...place, caller });
    this.#look();
  }

  /** Removes the caller with a result; does nothing when the caller is in no queue. */
  leave(channelId: string, result: QueueResult): void {
    const stay = this.#stays.get(channelId);
    if (stay === undefined || !this.gone(channelId)) return;
    this.hands.back(channelId, stay.visit.visitId, result);
  }

  move({ channelId, queue, position }: QueueMove): void {
    const callers = this.#waiting(queue).map(({ visit }) => ({
      channelId: visit.channelId,
      priority: visit.priority ?? 0,
    }));
    for (const { channelId: id, priority } of prioritiesForMove(callers, channelId, position)) {
      const stay = this.#stays.get(id);
      if (stay === undefined) continue;
      stay.visit = { ...stay.visit, priority };
      this.#stays.delete(id);
      this.#stays.set(id, stay);
    }
    const channelIds = this.#waiting(queue).map(({ visit }) => visit.channelId);
    this.hands.tell({ type: 'queue_order', at: this.clock.now(), queue, channelIds });
    this.#look();
  }

  press(channelId: string, digit: string): void {
    const stay = this.#stays.get(channelId);
    if (stay?.talk === undefined && stay?.visit.exitKey === digit) this.leave(channelId, 'EXITED');
  }

  /** @returns false when the caller was in no queue */
  gone(channelId: string): boolean {
    const stay = this.#stays.get(channelId);
    if (stay === undefined) return false;
    this.#forget(stay);
    if (stay.visit.record === true) this.hands.record(stay.visit.visitId, 'end');
    if (stay.talk === undefined) {
      this.#silence(stay);
      this.#tellLeft(stay);
    } else this.#talkOver(stay, stay.talk);
    this.#look();
    return true;
  }

  /** Asterisk died: drops callers and statistics. */
  forgetCallers(): void {
    for (const stay of [...this.#stays.values()]) this.#forget(stay);
    for (const cancel of this.#peace.values()) cancel();
    this.#peace.clear();
    this.#order.keepOnly([]);
  }

  /** The state of a handset changed. Other endpoints are ignored. */
  changed(endpoint: string | undefined): void {
    if (endpoint === undefined) return;
    this.#members.reportStatus(handsetIn(endpoint));
    this.#look();
  }

  /** Removes callers that may no longer wait, and offers the others to handsets. */
  #look(): void {
    for (const stay of inOrder([...this.#stays.values()])) {
      const { visit, queue, rings, talk, pauses } = stay;
      if (this.#stays.get(visit.channelId) !== stay || talk !== undefined || rings.size > 0) continue;
      if (queue.stayWhen === 'registered' && !this.#isStaffed(queue))
        this.leave(visit.channelId, this.#busyOr('LEAVEEMPTY', queue));
      else if (!pauses && this.#isTurnOf(stay)) this.#offer(stay);
    }
  }

  /** Whether callers ahead have ringing handsets, or enough handsets are free for all of them. */
  #isTurnOf(stay: Stay): boolean {
    const line = this.#waiting(stay.visit.queue);
    const before = line.slice(0, line.indexOf(stay)).filter(({ rings }) => rings.size === 0);
    return before.length < this.#available(stay.queue);
  }

  /** Rings all free handsets, or the first one that does not refuse at once. */
  #offer(stay: Stay): void {
    const { queue } = stay;
    const free = this.#free(queue).filter((name) => !this.#isWanted(name, queue) && !this.#isSkipped(name, stay));
    if (free.length === 0) {
      this.#lookAfterSkip(stay);
      return;
    }
    stay.rounds += 1;
    stay.cancelRound = this.clock.wakeAt(this.clock.now() + queue.ringTimeoutS * 1000, () => this.#roundOver(stay));
    for (const handset of this.#order.of(queue, free, stay.lastRung)) {
      this.#ring(stay, handset);
      if (queue.strategy !== 'ringall' && stay.rings.size > 0) break;
    }
    if (stay.rings.size === 0) this.#roundOver(stay);
  }

  #ring(stay: Stay, handset: string): void {
    stay.lastRung = handset;
    this.#order.rung(stay.queue.id, handset);
    this.hands.tell({ ...this.#about(stay), type: 'queue_ringing', handset });
    const callee = this.hands.callee(handset);
    const cancel =
      callee.type === 'answers'
        ? this.clock.wakeAt(this.clock.now() + callee.afterMs, () => this.#answered(stay, handset))
        : nothing;
    stay.rings.set(handset, cancel);
    if (callee.type === 'rejects') this.#silence(stay, handset);
    else this.#members.reportStatus(handset);
  }

  /** @param only one of the ringing handsets */
  #silence(stay: Stay, only?: string): void {
    for (const [handset, cancel] of [...stay.rings]) {
      if (only !== undefined && only !== handset) continue;
      cancel();
      stay.rings.delete(handset);
      this.hands.tell({ ...this.#about(stay), type: 'queue_ring_over', handset });
      this.#members.reportStatus(handset);
    }
  }

  #roundOver(stay: Stay): void {
    const { visit, queue, rounds } = stay;
    stay.cancelRound();
    this.#silence(stay);
    const oneByOne = queue.strategy === 'rrmemory' || queue.strategy === 'linear';
    if (visit.once && rounds >= (oneByOne ? queue.handsets.length : 1)) {
      this.leave(visit.channelId, 'TIMEOUT');
      return;
    }
    stay.pauses = true;
    stay.cancelRound = this.clock.wakeAt(this.clock.now() + (queue.retryS ?? RETRY_S) * 1000, () => {
      stay.pauses = false;
      this.#look();
    });
    this.#look();
  }

  #answered(stay: Stay, handset: string): void {
    const { visit } = stay;
    stay.talk = { handset, since: this.clock.now() };
    stay.rings.delete(handset);
    stay.cancelWait();
    stay.cancelRound();
    if (visit.record === true) this.hands.record(visit.visitId, 'begin');
    this.#tellLeft(stay);
    this.hands.tell({ ...this.#about(stay), type: 'queue_answered', handset });
    this.#members.reportStatus(handset);
    this.#silence(stay);
    this.hands.talking(visit.channelId);
    this.#look();
  }

  #talkOver(stay: Stay, { handset, since }: { handset: string; since: number }): void {
    const about = this.#about(stay);
    this.#order.took(handset, stay.queue, this.#members.queues, about.at);
    this.hands.tell({ ...about, type: 'queue_talk_over', handset, talkedMs: about.at - since });
    this.#members.reportStatus(handset);
    this.#lookAfterPeace(handset);
  }

  /** Looks again when each queue may ring the handset again. */
  #lookAfterPeace(handset: string): void {
    this.#peace.get(handset)?.();
    const now = this.clock.now();
    const ends = this.#members.queues
      .filter(({ handsets }) => handsets.includes(handset))
      .map((queue) => this.#order.peaceUntil(handset, queue))
      .filter((end) => end > now);
    const look = () => {
      this.#lookAfterPeace(handset);
      this.#look();
    };
    this.#peace.set(handset, ends.length === 0 ? nothing : this.clock.wakeAt(Math.min(...ends), look));
  }

  #forget({ visit, rings, cancelWait, cancelRound }: Stay): void {
    cancelWait();
    cancelRound();
    for (const cancel of rings.values()) cancel();
    this.#stays.delete(visit.channelId);
  }

  #tellLeft(stay: Stay): void {
    const waiting = this.#waiting(stay.visit.queue).length;
    this.hands.tell({ ...this.#about(stay), type: 'queue_caller_left', waiting });
  }

  #about({ visit: { queue, channelId } }: Stay): { at: number; queue: number; channelId: string } {
    return { at: this.clock.now(), queue, channelId };
  }

  #refusal(queue: QueueAccount, { once }: QueueVisit): QueueResult | undefined {
    const staffed = this.#isStaffed(queue);
    const free = this.#free(queue).length > 0;
    const refused = this.#busyOr('JOINEMPTY', queue);
    if (once && !free) return refused;
    if (queue.maxLength > 0 && this.#waiting(queue.id).length >= queue.maxLength) return 'FULL';
    if (queue.joinWhen === 'registered' && !staffed) return refused;
    return queue.joinWhen === 'free' && !free ? refused : undefined;
  }

  /** `BUSY` while a handset of the queue is registered, even if paused, as in our dialplan. */
  #busyOr(empty: QueueResult, queue: QueueAccount): QueueResult {
    return queue.handsets.some((name) => this.#isThere(name)) ? 'BUSY' : empty;
  }

  #waiting(id: number): Stay[] {
    return inOrder([...this.#stays.values()]).filter(({ visit, talk }) => visit.queue === id && talk === undefined);
  }

  #isStaffed(queue: QueueAccount): boolean {
    return this.#members.serving(queue).some((name) => this.#isThere(name));
  }

  #isThere(handset: string): boolean {
    return this.#state(handset) !== 'unavailable';
  }

  #free(queue: QueueAccount): string[] {
    const now = this.clock.now();
    return this.#members
      .serving(queue)
      .filter((name) => this.#state(name) === 'free' && this.#order.peaceUntil(name, queue) <= now);
  }

  /** Number of callers that can be offered at once. */
  #available(queue: QueueAccount): number {
    const free = this.#free(queue).length;
    return queue.strategy === 'ringall' ? Math.min(free, 1) : free;
  }

  #isSkipped(handset: string, stay: Stay): boolean {
    return stay.visit.skip?.handset === handset && this.clock.now() < skipEnd(stay);
  }

  #lookAfterSkip(stay: Stay): void {
    const until = skipEnd(stay);
    if (this.clock.now() >= until) return;
    stay.cancelRound();
    stay.cancelRound = this.clock.wakeAt(until, () => this.#look());
  }

  /** Whether a heavier queue has more callers than free handsets. */
  #isWanted(handset: string, { weight }: QueueAccount): boolean {
    return this.#members.queues.some((other) => {
      if (other.weight <= weight || !other.handsets.includes(handset)) return false;
      const waiting = this.#waiting(other.id).length;
      return waiting > 0 && waiting >= this.#available(other);
    });
  }

  #state(handset: string): MemberState {
    const { type } = this.hands.callee(handset);
    if (type === 'offline') return 'unavailable';
    const stays = [...this.#stays.values()];
    if (type === 'busy' || stays.some(({ talk }) => talk?.handset === handset)) return 'busy';
    if (stays.some(({ rings }) => rings.has(handset))) return 'ringing';
    return this.hands.line(handset) ?? 'free';
  }
}

function skipEnd({ visit: { skip }, joinedAt }: Stay): number {
  return joinedAt + (skip?.seconds ?? 0) * 1000;
}

/** Callers in serving order: queue weight, then priority, then arrival. */
function inOrder(stays: Stay[]): Stay[] {
  const priorityOf = ({ visit: { priority = 0 } }: Stay) => priority;
  return stays.sort((a, b) => b.queue.weight - a.queue.weight || priorityOf(b) - priorityOf(a));
}
