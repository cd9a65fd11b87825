import { AsteriskError } from '../asterisk/port.js';
import type { MemberState, QueueAccount, QueueEvent, QueueMember } from '../asterisk/queue-port.js';
import type { Clock } from '../lib/clock.js';

interface MemberFacts {
  state: (handset: string) => MemberState;
  lastCallAt: (queue: number, handset: string) => number | null;
}

/** The configured queues of the fake: members and pauses. */
export class FakeQueueMembers {
  #queues: QueueAccount[] = [];
  /** Pause reasons by `queue/handset`. */
  readonly #paused = new Map<string, string>();

  constructor(
    private readonly clock: Clock,
    private readonly facts: MemberFacts,
    private readonly tell: (event: QueueEvent) => void,
  ) {}

  get queues(): readonly QueueAccount[] {
    return this.#queues;
  }

  find(id: number): QueueAccount | undefined {
    return this.#queues.find((queue) => queue.id === id);
  }

  put(queues: QueueAccount[]): void {
    const before = this.#queues;
    this.#queues = structuredClone(queues);
    for (const { id, handsets } of before)
      if (this.find(id) === undefined) for (const name of handsets) this.#paused.delete(`${id}/${name}`);
    for (const { id, handsets, paused } of queues) {
      const was = before.find((queue) => queue.id === id)?.handsets ?? [];
      for (const name of handsets.filter((one) => !was.includes(one))) this.reportStatus(name, id);
      for (const name of was.filter((one) => !handsets.includes(one))) this.#left(id, name);
      if (paused !== undefined) for (const name of handsets) this.pause(id, name, paused[name]);
    }
  }

  add(id: number, handset: string): void {
    const queue = this.find(id);
    if (queue === undefined || queue.handsets.includes(handset)) return;
    queue.handsets.push(handset);
    this.reportStatus(handset, id);
  }

  remove(id: number, handset: string): void {
    const queue = this.find(id);
    if (queue?.handsets.includes(handset) !== true) return;
    queue.handsets.splice(queue.handsets.indexOf(handset), 1);
    this.#left(id, handset);
  }

  /** @returns false when the handset is not in the queue */
  pause(id: number, handset: string, reason: string | undefined): boolean {
    if (this.find(id)?.handsets.includes(handset) !== true) return false;
    const key = `${id}/${handset}`;
    if (this.#paused.get(key) === reason) return true;
    if (reason === undefined) this.#paused.delete(key);
    else this.#paused.set(key, reason);
    this.reportStatus(handset, id);
    return true;
  }

  /** Adds a handset again that has taken a call, as Asterisk does it. @param forget its calls */
  endWrapUp(id: number, handset: string, forget: () => void): boolean {
    if (this.find(id)?.handsets.includes(handset) !== true) return false;
    if (this.facts.lastCallAt(id, handset) === null) return true;
    const reason = this.#paused.get(`${id}/${handset}`);
    this.remove(id, handset);
    forget();
    this.add(id, handset);
    if (reason !== undefined) this.pause(id, handset, reason);
    return true;
  }

  /** Members without a pause. */
  serving({ id, handsets }: QueueAccount): string[] {
    return handsets.filter((name) => !this.#paused.has(`${id}/${name}`));
  }

  of({ id, handsets }: QueueAccount): QueueMember[] {
    return handsets.map((name) => this.#member(id, name));
  }

  /** Raises the agent status of a handset. @param only the queue that changed; default: all its queues */
  reportStatus(handset: string, only?: number): void {
    for (const { id, handsets } of this.#queues) {
      if (!handsets.includes(handset) || (only !== undefined && only !== id)) continue;
      this.tell({ type: 'queue_member', at: this.clock.now(), queue: id, member: this.#member(id, handset) });
    }
  }

  #left(queue: number, handset: string): void {
    this.#paused.delete(`${queue}/${handset}`);
    this.tell({ type: 'queue_member_gone', at: this.clock.now(), queue, handset });
  }

  #member(queue: number, handset: string): QueueMember {
    const reason = this.#paused.get(`${queue}/${handset}`);
    const { state, lastCallAt } = this.facts;
    const standing = { state: state(handset), lastCallAt: lastCallAt(queue, handset) };
    return { handset, ...standing, paused: reason !== undefined, pauseReason: reason ?? '' };
  }
}

/** @throws {AsteriskError} for a command to a handset that is not in the queue */
export function requireMember(isMember: boolean, queue: number, handset: string): void {
  if (!isMember) throw new AsteriskError('refused', `${handset} is not in the queue ${queue}`);
}
