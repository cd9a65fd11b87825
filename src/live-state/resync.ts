import type { WaitingCaller } from '../asterisk/queue-port.js';
import type { Instant } from '../lib/clock.js';
import {
  isInProgress,
  memberKey,
  type Member,
  type LiveState,
  type LiveStateEvent,
  type QueueStay,
  type LiveCall,
} from './live-state.js';
import { flowIdOf } from '../kernel/ids.js';

type Listed = Extract<LiveStateEvent, { type: 'listed' }>;

/** Rebuilds the state from Asterisk's listing. Keeps the known instants that a listing lacks, such as the start of ringing. */
export function resync(state: LiveState, listed: Listed): LiveState {
  const stays = listedStays(state, listed);
  const calls = new Map<string, LiveCall>();
  for (const id of new Set([...state.calls.keys(), ...stays.keys()])) {
    const before = state.calls.get(id) ?? { id, flow: null, stay: null, customer: null };
    const after = { ...before, stay: stays.get(id) ?? null };
    if (isInProgress(after)) calls.set(id, after);
  }
  const members = new Map<string, Member>();
  for (const { id: queue, members: listedMembers } of listed.queues)
    for (const member of listedMembers) members.set(memberKey(queue, member.handset), { ...member, queue });
  return { ...state, current: true, calls, members };
}

/** By call id. */
function listedStays(state: LiveState, { at, queues, talks, rings }: Listed): Map<string, QueueStay> {
  const stays = new Map<string, QueueStay>();
  const before = (channelId: string, queue: number): QueueStay | undefined => {
    const stay = state.calls.get(flowIdOf(channelId))?.stay;
    return stay?.queue === queue ? stay : undefined;
  };
  for (const { id: queue, waiting } of queues)
    for (const [rank, caller] of waiting.entries()) {
      const known = before(caller.channelId, queue);
      const ringing = rings.filter((ring) => ring.channelId === caller.channelId && ring.queue === queue);
      stays.set(flowIdOf(caller.channelId), {
        ...waitingStay(caller, queue, known),
        rank,
        rings: ringing.map(({ handset }) => ({ handset, since: ringingSince(known?.rings, handset, at) })),
        talk: null,
      });
    }
  for (const { channelId, queue, handset } of talks) {
    const known = before(channelId, queue);
    const base = known ?? { queue, caller: { number: '', name: '' }, joinedAt: at };
    const since = known?.talk?.handset === handset ? known.talk.since : at;
    stays.set(flowIdOf(channelId), { ...base, rank: null, rings: [], talk: { handset, since } });
  }
  return stays;
}

/** Prefers the known instant of joining: Asterisk lists waiting times in whole seconds only. */
function waitingStay({ caller, joinedAt }: WaitingCaller, queue: number, known: QueueStay | undefined) {
  return { queue, caller, joinedAt: known !== undefined && known.rank !== null ? known.joinedAt : joinedAt };
}

function ringingSince(rings: QueueStay['rings'] | undefined, handset: string, at: Instant): Instant {
  return rings?.find((ring) => ring.handset === handset)?.since ?? at;
}
