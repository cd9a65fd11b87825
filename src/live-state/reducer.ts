import type { QueueEvent } from '../asterisk/queue-port.js';
import {
  inLine,
  isThere,
  memberKey,
  type Member,
  type LiveState,
  type Sighting,
  type Stay,
  type WatchedCall,
} from './live-state.js';
import { relisted } from './resync.js';
import { flowIdOf } from '../kernel/ids.js';

/**
 * The picture after something was seen. Pure, and total: what means nothing for this picture leaves it as it is (the
 * same object), so that seeing a thing twice, or after a listing that knew of it, does no harm.
 */
export function see(picture: LiveState, sighting: Sighting): LiveState {
  switch (sighting.type) {
    case 'listed':
      return relisted(picture, sighting);
    case 'out_of_reach':
      return picture.current ? { ...picture, current: false } : picture;
    case 'durable':
      return picture.durable === sighting.durable ? picture : { ...picture, durable: sighting.durable };
    case 'directory':
      return { ...picture, directory: sighting.directory };
    case 'flow':
      return sighting.over
        ? without(picture, sighting.id)
        : withCall(picture, sighting.id, (call) => ({ ...call, flow: sighting.summary }));
    case 'back':
      if (picture.calls.get(sighting.id)?.stay == null) return picture;
      return withCall(picture, sighting.id, (call) => ({ ...call, stay: null }));
    case 'customer':
      if (!picture.calls.has(sighting.id)) return picture;
      return withCall(picture, sighting.id, (call) => ({ ...call, customer: sighting.customer }));
    case 'queue_member': {
      const { queue, member } = sighting;
      return withMembers(picture, (members) => members.set(memberKey(queue, member.handset), { ...member, queue }));
    }
    case 'queue_member_gone':
      return withMembers(picture, (members) => members.delete(memberKey(sighting.queue, sighting.handset)));
    default:
      return ofCaller(picture, sighting);
  }
}

type OfCaller = Exclude<QueueEvent, { type: 'queue_member' | 'queue_member_gone' }>;

function ofCaller(picture: LiveState, event: OfCaller): LiveState {
  const id = flowIdOf(event.channelId);
  const stay = picture.calls.get(id)?.stay ?? null;
  const here = stay?.queue === event.queue ? stay : null;
  if (event.type === 'queue_joined') return here?.rank == null ? joined(picture, event, id) : picture;
  // About a stay in another queue, or a call that is over.
  if (here === null) return picture;
  const after = stayAfter(here, event);
  if (after === here) return picture;
  return withCall(picture, id, (call) => ({ ...call, stay: after }));
}

function joined(picture: LiveState, event: Extract<OfCaller, { type: 'queue_joined' }>, id: string): LiveState {
  const { at, queue, caller, position } = event;
  const line = inLine(picture.calls, queue).filter((other) => other.id !== id);
  const rank = rankAt(line, position);
  if (line.some(({ stay }) => stay?.rank === rank)) return joined(spacedOut(picture, line), event, id);
  const stay = { queue, caller, joinedAt: at, rank, rings: [], talk: null };
  return withCall(picture, id, (call) => ({ ...call, stay }));
}

/** Room between all neighbours in a line: between two numbers there is not always a third. */
function spacedOut(picture: LiveState, line: WatchedCall[]): LiveState {
  const calls = new Map(picture.calls);
  for (const [rank, call] of line.entries()) calls.set(call.id, { ...call, stay: call.stay && { ...call.stay, rank } });
  return { ...picture, calls };
}

function stayAfter(stay: Stay, event: Exclude<OfCaller, { type: 'queue_joined' }>): Stay | null {
  switch (event.type) {
    case 'queue_ringing': {
      if (stay.rank === null) return stay;
      const others = stay.rings.filter(({ handset }) => handset !== event.handset);
      return { ...stay, rings: [...others, { handset: event.handset, since: event.at }] };
    }
    case 'queue_ring_over': {
      const rings = stay.rings.filter(({ handset }) => handset !== event.handset);
      return rings.length === stay.rings.length ? stay : { ...stay, rings };
    }
    case 'queue_caller_left':
      return stay.rank === null ? stay : { ...stay, rank: null, rings: [] };
    case 'queue_answered':
      if (stay.talk?.handset === event.handset) return stay;
      return { ...stay, rank: null, rings: [], talk: { handset: event.handset, since: event.at } };
    case 'queue_talk_over':
      return null;
  }
}

/** A number between those of the neighbours: `position` counts from 1. */
function rankAt(line: WatchedCall[], position: number): number {
  const before = line[position - 2] ?? (position > line.length ? line.at(-1) : undefined);
  const after = before === undefined ? line[0] : line[line.indexOf(before) + 1];
  const [low, high] = [before?.stay?.rank, after?.stay?.rank];
  if (low != null && high != null) return (low + high) / 2;
  if (low != null) return low + 1;
  return high == null ? 0 : high - 1;
}

function withCall(picture: LiveState, id: string, change: (call: WatchedCall) => WatchedCall): LiveState {
  const before = picture.calls.get(id);
  const after = change(before ?? { id, flow: null, stay: null, customer: null });
  const calls = new Map(picture.calls);
  if (isThere(after)) calls.set(id, after);
  else if (before === undefined) return picture;
  else calls.delete(id);
  return { ...picture, calls };
}

function without(picture: LiveState, id: string): LiveState {
  if (!picture.calls.has(id)) return picture;
  const calls = new Map(picture.calls);
  calls.delete(id);
  return { ...picture, calls };
}

function withMembers(picture: LiveState, change: (members: Map<string, Member>) => void): LiveState {
  const members = new Map(picture.members);
  change(members);
  return { ...picture, members };
}
