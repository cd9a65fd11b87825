import type { Clock } from '../../lib/clock.js';
import { textOf, type AmiEvent } from '../ami/ami-connection.js';
import { callerIdOf } from '../caller-id.js';
import type { AsteriskNames } from '../names.js';
import type { MemberState, QueueEvent, QueueMember } from '../queue-port.js';

/** By Asterisk's device state number; all others count as unavailable. */
const STATES: Partial<Record<string, MemberState>> = {
  '1': 'free',
  '2': 'busy',
  '3': 'busy',
  '6': 'ringing',
  '7': 'ringing',
  '8': 'busy',
};

/** Parses `QueueMember` and the events of members. */
export function memberOf(item: AmiEvent, names: AsteriskNames): QueueMember {
  return {
    handset: names.handsetOfInterface(textOf(item, 'interface') || textOf(item, 'location')),
    state: STATES[textOf(item, 'status')] ?? 'unavailable',
    paused: textOf(item, 'paused') === '1',
    pauseReason: textOf(item, 'paused') === '1' ? textOf(item, 'pausedreason') : '',
    lastCallAt: Number(textOf(item, 'lastcall')) * 1000 || null,
  };
}

/**
 * Converts AMI's queue events to events of the port. Tracks the ringing handsets of each caller, because Asterisk raises no event
 * when a handset stops ringing after another one answered or the caller left.
 */
export class QueueEvents {
  readonly #ringing = new Map<string, Set<string>>();

  constructor(
    private readonly names: AsteriskNames,
    private readonly clock: Clock,
    private readonly emit: (event: QueueEvent) => void,
  ) {}

  /** Clears the state when the link is lost; listing replaces it. */
  reset(): void {
    this.#ringing.clear();
  }

  fromAmi(event: AmiEvent): void {
    // The only event that ends ringing for callers who left by a key or by a timeout.
    if (event.event === 'Hangup') this.#ringing.delete(textOf(event, 'uniqueid'));
    const queue = this.names.queueIdOf(textOf(event, 'queue'));
    if (queue === undefined) return;
    const at = this.clock.now();
    const channelId = textOf(event, 'uniqueid');
    const about = { at, queue, channelId };
    const handset = this.names.handsetOfInterface(textOf(event, 'interface'));
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
        this.#endRing(about, handset);
        return;
      case 'QueueCallerLeave':
        this.emit({ ...about, type: 'queue_caller_left', waiting: Number(textOf(event, 'count')) });
        return;
      case 'QueueCallerAbandon':
        this.#endAllRings(about);
        return;
      case 'AgentConnect':
        this.#rings(channelId).delete(handset);
        this.emit({ ...about, type: 'queue_answered', handset });
        this.#endAllRings(about);
        return;
      case 'AgentComplete':
        this.emit({ ...about, type: 'queue_talk_over', handset, talkedMs: Number(textOf(event, 'talktime')) * 1000 });
        return;
      case 'QueueMemberAdded':
      case 'QueueMemberStatus':
      case 'QueueMemberPause':
        this.emit({ type: 'queue_member', at, queue, member: memberOf(event, this.names) });
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

  #endRing(about: { at: number; queue: number; channelId: string }, handset: string): void {
    const handsets = this.#ringing.get(about.channelId);
    if (handsets?.delete(handset) === true) this.emit({ ...about, type: 'queue_ring_over', handset });
    if (handsets?.size === 0) this.#ringing.delete(about.channelId);
  }

  #endAllRings(about: { at: number; queue: number; channelId: string }): void {
    for (const handset of [...(this.#ringing.get(about.channelId) ?? [])]) this.#endRing(about, handset);
    this.#ringing.delete(about.channelId);
  }
}
