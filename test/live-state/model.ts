import type { MemberState, QueueEvent, QueueSnapshot, QueueTalk } from '../../src/asterisk/queue-port.js';

export const QUEUES = [1, 2];
export const HANDSETS = ['a', 'b', 'c'];
export const CALLERS = ['x1', 'x2', 'x3', 'x4', 'x5', 'x6'];

/** Possible events; those that the current state does not allow are skipped. */
export interface ModelEvent {
  what: 'join' | 'ring' | 'ring_over' | 'answer' | 'leave' | 'talk_over' | 'member' | 'member_gone' | 'move';
  queue: number;
  caller: string;
  handset: string;
  /** Where a caller joins or moves to, as a share of the line: priority callers are let in further up. */
  place: number;
  state: MemberState;
}

interface Caller {
  queue: number;
  rings: Set<string>;
  talksTo: string | undefined;
}

/** A model of Asterisk's queues that emits events and listings like the port. */
export class QueueModel {
  readonly #callers = new Map<string, Caller>();
  readonly lines = new Map<number, string[]>(QUEUES.map((id) => [id, []]));
  readonly #members = new Map<number, Map<string, MemberState>>(QUEUES.map((id) => [id, new Map()]));

  constructor(private readonly emit: (event: QueueEvent) => void) {}

  apply({ what, queue, caller, handset, place, state }: ModelEvent): void {
    const found = this.#callers.get(caller);
    const at = 1000;
    const about = { at, queue: found?.queue ?? queue, channelId: caller };
    const line = this.lines.get(about.queue) ?? [];
    const waits = line.includes(caller);
    if (what === 'join' && found === undefined) {
      const index = Math.round(place * line.length);
      line.splice(index, 0, caller);
      this.#callers.set(caller, { queue, rings: new Set(), talksTo: undefined });
      const who = { number: `+42077700${caller}`, name: '' };
      this.emit({ ...about, type: 'queue_joined', position: index + 1, waiting: line.length, caller: who });
    } else if (what === 'ring' && waits) {
      found?.rings.add(handset);
      this.emit({ ...about, type: 'queue_ringing', handset });
    } else if (what === 'ring_over' && found?.rings.delete(handset) === true) {
      this.emit({ ...about, type: 'queue_ring_over', handset });
    } else if (what === 'answer' && found?.rings.has(handset) === true) {
      this.#leaves(caller, about.queue, at);
      found.talksTo = handset;
      found.rings.clear();
      this.emit({ ...about, type: 'queue_answered', handset });
    } else if (what === 'leave' && waits) {
      this.#leaves(caller, about.queue, at);
      this.#callers.delete(caller);
    } else if (what === 'move' && waits) {
      line.splice(line.indexOf(caller), 1);
      line.splice(Math.round(place * line.length), 0, caller);
      this.emit({ type: 'queue_order', at, queue: about.queue, channelIds: [...line] });
    } else if (what === 'talk_over' && found?.talksTo !== undefined) {
      this.#callers.delete(caller);
      this.emit({ ...about, type: 'queue_talk_over', handset: found.talksTo, talkedMs: 1 });
    } else if (what === 'member') {
      this.#members.get(queue)?.set(handset, state);
      this.emit({
        type: 'queue_member',
        at,
        queue,
        member: { handset, state, paused: false, pauseReason: '', lastCallAt: null },
      });
    } else if (what === 'member_gone' && this.#members.get(queue)?.delete(handset) === true) {
      this.emit({ type: 'queue_member_gone', at, queue, handset });
    }
  }

  list(): { queues: QueueSnapshot[]; talks: QueueTalk[]; rings: QueueTalk[] } {
    const settings = { strategy: 'ringall', weight: 0, maxLength: 0 };
    const queues = QUEUES.map((id) => ({
      id,
      ...settings,
      members: this.members(id),
      waiting: (this.lines.get(id) ?? []).map((channelId) => ({
        channelId,
        joinedAt: 1000,
        caller: { number: `+42077700${channelId}`, name: '' },
      })),
    }));
    return { queues, talks: this.talks(), rings: this.rings() };
  }

  members(queue: number) {
    return [...(this.#members.get(queue) ?? [])].map(([handset, state]) => ({
      handset,
      state,
      paused: false,
      pauseReason: '',
      lastCallAt: null,
    }));
  }

  talks(): QueueTalk[] {
    return [...this.#callers].flatMap(([channelId, { queue, talksTo }]) =>
      talksTo === undefined ? [] : [{ channelId, queue, handset: talksTo }],
    );
  }

  rings(): QueueTalk[] {
    return [...this.#callers].flatMap(([channelId, { queue, rings }]) =>
      [...rings].map((handset) => ({ channelId, queue, handset })),
    );
  }

  #leaves(caller: string, queue: number, at: number): void {
    const line = this.lines.get(queue) ?? [];
    line.splice(line.indexOf(caller), 1);
    this.emit({ at, queue, channelId: caller, type: 'queue_caller_left', waiting: line.length });
  }
}
