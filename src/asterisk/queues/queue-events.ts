import type { Clock } from '../../lib/clock.js';
import { textOf, type AmiEvent } from '../ami/ami-connection.js';
import { callerIdOf } from '../caller-id.js';
import { queueIdOf } from './queue-config.js';
import type { MemberState, QueueEvent, QueueMember } from '../queue-port.js';

/** A handset with one phone is a member by its account, one with several by the dialplan that rings them all. */
const HANDSET = /^(?:PJSIP\/(.+)|Local\/(.+)@(?:cordboard-)?ring-handset.*)$/;

/** By Asterisk's number for the state of a device; of what is not here nothing can be expected. */
const STATES: Partial<Record<string, MemberState>> = {
  '1': 'free',
  '2': 'busy',
  '3': 'busy',
  '6': 'ringing',
  '7': 'ringing',
  '8': 'busy',
};

export function handsetOf(interfaceName: string): string {
  const [, alone, several] = HANDSET.exec(interfaceName) ?? [];
  return alone ?? several ?? interfaceName;
}

/** Reads `QueueMember` and the events about members alike. */
export function memberOf(item: AmiEvent): QueueMember {
  return {
    handset: handsetOf(textOf(item, 'interface') || textOf(item, 'location')),
    state: STATES[textOf(item, 'status')] ?? 'unavailable',
    paused: textOf(item, 'paused') === '1',
    pauseReason: textOf(item, 'paused') === '1' ? textOf(item, 'pausedreason') : '',
    lastCallAt: Number(textOf(item, 'lastcall')) * 1000 || null,
  };
}

/**
 * Turns what AMI says of queues into the events of the port. Remembers which handsets ring for whom, because Asterisk
 * does not tell that a handset stopped ringing when another one answered, or when the caller left.
 */
export class QueueEvents {
  readonly #ringing = new Map<string, Set<string>>();

  constructor(
    private readonly clock: Clock,
    private readonly emit: (event: QueueEvent) => void,
  ) {}

  /** For when the link is gone: what was missed is made up for by listing. */
  reset(): void {
    this.#ringing.clear();
  }

  fromAmi(event: AmiEvent): void {
    // Of callers who left by a key or in time nothing else says that nobody rings for them any more.
    if (event.event === 'Hangup') this.#ringing.delete(textOf(event, 'uniqueid'));
    const queue = queueIdOf(textOf(event, 'queue'));
    if (queue === undefined) return;
    const at = this.clock.now();
    const channelId = textOf(event, 'uniqueid');
    const about = { at, queue, channelId };
    const handset = handsetOf(textOf(event, 'interface'));
    switch (event.event) {
      case 'QueueCallerJoin':
        this.emit({
          ...about,
          type: 'queue_joined',
          position: Number(textOf(event, 'position')),
          waiting: Number(textOf(event, 'count')),
          caller: callerIdOf(textOf(event, 'calleridnum'), textOf(event, 'calleridname')),
        });
        return;
      case 'AgentCalled':
        this.#rings(channelId).add(handset);
        this.emit({ ...about, type: 'queue_ringing', handset });
        return;
      case 'AgentRingNoAnswer':
        this.#ringOver(about, handset);
        return;
      case 'QueueCallerLeave':
        this.emit({ ...about, type: 'queue_caller_left', waiting: Number(textOf(event, 'count')) });
        return;
      case 'QueueCallerAbandon':
        this.#noMoreRinging(about);
        return;
      case 'AgentConnect':
        this.#rings(channelId).delete(handset);
        this.emit({ ...about, type: 'queue_answered', handset });
        this.#noMoreRinging(about);
        return;
      case 'AgentComplete':
        this.emit({ ...about, type: 'queue_talk_over', handset, talkedMs: Number(textOf(event, 'talktime')) * 1000 });
        return;
      case 'QueueMemberAdded':
      case 'QueueMemberStatus':
      case 'QueueMemberPause':
        this.emit({ type: 'queue_member', at, queue, member: memberOf(event) });
        return;
      case 'QueueMemberRemoved':
        this.emit({ type: 'queue_member_gone', at, queue, handset });
    }
  }

  #rings(channelId: string): Set<string> {
    const handsets = this.#ringing.get(channelId) ?? new Set();
    this.#ringing.set(channelId, handsets);
    return handsets;
  }

  #ringOver(about: { at: number; queue: number; channelId: string }, handset: string): void {
    const handsets = this.#ringing.get(about.channelId);
    if (handsets?.delete(handset) === true) this.emit({ ...about, type: 'queue_ring_over', handset });
    if (handsets?.size === 0) this.#ringing.delete(about.channelId);
  }

  #noMoreRinging(about: { at: number; queue: number; channelId: string }): void {
    for (const handset of [...(this.#ringing.get(about.channelId) ?? [])]) this.#ringOver(about, handset);
    this.#ringing.delete(about.channelId);
  }
}
