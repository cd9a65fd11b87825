import type { WaitingCaller } from '../asterisk/queue-port.js';
import type { Instant } from '../lib/clock.js';
import {
  isThere,
  memberKey,
  type Member,
  type LiveState,
  type Sighting,
  type Stay,
  type WatchedCall,
} from './live-state.js';
import { flowIdOf } from '../kernel/ids.js';

type Listed = Extract<Sighting, { type: 'listed' }>;

/** The picture as Asterisk lists its queues now; of what it does not list (since when somebody rings) what was known before. */
export function relisted(picture: LiveState, listed: Listed): LiveState {
  const stays = staysIn(picture, listed);
  const calls = new Map<string, WatchedCall>();
  for (const id of new Set([...picture.calls.keys(), ...stays.keys()])) {
    const before = picture.calls.get(id) ?? { id, flow: null, stay: null, customer: null };
    const after = { ...before, stay: stays.get(id) ?? null };
    if (isThere(after)) calls.set(id, after);
  }
  const members = new Map<string, Member>();
  for (const { id: queue, members: those } of listed.queues)
    for (const member of those) members.set(memberKey(queue, member.handset), { ...member, queue });
  return { ...picture, current: true, calls, members };
}

/** By call id. */
function staysIn(picture: LiveState, { at, queues, talks, rings }: Listed): Map<string, Stay> {
  const stays = new Map<string, Stay>();
  const before = (channelId: string, queue: number): Stay | undefined => {
    const stay = picture.calls.get(flowIdOf(channelId))?.stay;
    return stay?.queue === queue ? stay : undefined;
  };
  for (const { id: queue, waiting } of queues)
    for (const [rank, caller] of waiting.entries()) {
      const known = before(caller.channelId, queue);
      const ringing = rings.filter((ring) => ring.channelId === caller.channelId && ring.queue === queue);
      stays.set(flowIdOf(caller.channelId), {
        ...waits(caller, queue, known),
        rank,
        rings: ringing.map(({ handset }) => ({ handset, since: sinceOf(known?.rings, handset, at) })),
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

/** Asterisk tells for how many whole seconds somebody waits: what was known before is more exact. */
function waits({ caller, joinedAt }: WaitingCaller, queue: number, known: Stay | undefined) {
  return { queue, caller, joinedAt: known !== undefined && known.rank !== null ? known.joinedAt : joinedAt };
}

function sinceOf(rings: Stay['rings'] | undefined, handset: string, at: Instant): Instant {
  return rings?.find((ring) => ring.handset === handset)?.since ?? at;
}
