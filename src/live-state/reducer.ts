import type { QueueEvent } from '../asterisk/queue-port.js';
import {
  waitingCalls,
  isInProgress,
  memberKey,
  type Member,
  type LiveState,
  type LiveStateEvent,
  type QueueStay,
  type LiveCall,
} from './live-state.js';
import { resync } from './resync.js';
import { flowIdOf } from '../kernel/ids.js';
import { isSameJson } from '../lib/same-json.js';

/**
 * Applies an event to the live state. Pure and idempotent: an event that changes nothing returns the same object, so an
 * event may arrive twice, or after a listing that already includes it. Only a caller who joined again or was moved
 * in between may have another place until the next listing.
 */
export function reduce(state: LiveState, event: LiveStateEvent): LiveState {
  switch (event.type) {
    case 'listed':
      return resync(state, event);
    case 'link_lost':
      return state.current ? { ...state, current: false } : state;
    case 'durable':
      return state.durable === event.durable ? state : { ...state, durable: event.durable };
    case 'directory':
      return { ...state, directory: event.directory };
    case 'flow':
      return applyStep(state, event);
    case 'left_queues':
      if (state.calls.get(event.id)?.stay == null) return state;
      return withCall(state, event.id, (call) => ({ ...call, stay: null }));
    case 'customer':
      if (!state.calls.has(event.id)) return state;
      return withCall(state, event.id, (call) => ({ ...call, customer: event.customer }));
    case 'queue_member': {
      const { queue, member } = event;
      return withMembers(state, (members) => members.set(memberKey(queue, member.handset), { ...member, queue }));
    }
    case 'queue_order':
      return reorder(state, event);
    case 'queue_member_gone':
      return withMembers(state, (members) => members.delete(memberKey(event.queue, event.handset)));
    default:
      return applyCallerEvent(state, event);
  }
}

/** Most steps change nothing in the summary: then neither the state is copied nor its listeners called. */
function applyStep(state: LiveState, { id, summary, ended }: Extract<LiveStateEvent, { type: 'flow' }>): LiveState {
  if (ended) return withoutCall(state, id);
  if (isSameJson(state.calls.get(id)?.flow, summary)) return state;
  return withCall(state, id, (call) => ({ ...call, flow: summary }));
}

type CallerEvent = Exclude<QueueEvent, { type: 'queue_member' | 'queue_member_gone' | 'queue_order' }>;

function applyCallerEvent(state: LiveState, event: CallerEvent): LiveState {
  const id = flowIdOf(event.channelId);
  const stay = state.calls.get(id)?.stay ?? null;
  const current = stay?.queue === event.queue ? stay : null;
  if (event.type === 'queue_joined') return current?.rank == null ? addWaitingCaller(state, event, id) : state;
  // The event is about another queue, or about a call that has ended.
  if (current === null) return state;
  const after = nextStay(current, event);
  if (after === current) return state;
  return withCall(state, id, (call) => ({ ...call, stay: after }));
}

function addWaitingCaller(
  state: LiveState,
  event: Extract<CallerEvent, { type: 'queue_joined' }>,
  id: string,
): LiveState {
  const { at, queue, caller, position } = event;
  const line = waitingCalls(state.calls, queue).filter((other) => other.id !== id);
  const rank = rankAt(line, position);
  if (line.some(({ stay }) => stay?.rank === rank)) return addWaitingCaller(respaceRanks(state, line), event, id);
  const stay = { queue, caller, joinedAt: at, rank, rings: [], talk: null };
  return withCall(state, id, (call) => ({ ...call, stay }));
}

/** Callers who are not in the event keep their places: they joined after it. */
function reorder(state: LiveState, { queue, channelIds }: Extract<QueueEvent, { type: 'queue_order' }>): LiveState {
  const line = waitingCalls(state.calls, queue);
  const places = new Map(channelIds.map((channelId, index) => [flowIdOf(channelId), index]));
  const placeOf = ({ id }: LiveCall) => places.get(id) ?? 0;
  const listed = line.filter(({ id }) => places.has(id)).sort((a, b) => placeOf(a) - placeOf(b));
  const sorted = line.flatMap((call) => (places.has(call.id) ? (listed.shift() ?? []) : call));
  return sorted.every((call, index) => call === line[index]) ? state : respaceRanks(state, sorted);
}

/** Numbers the ranks of a queue again: repeated halving exhausts the precision of floating-point numbers. */
function respaceRanks(state: LiveState, line: LiveCall[]): LiveState {
  const calls = new Map(state.calls);
  for (const [rank, call] of line.entries()) calls.set(call.id, { ...call, stay: call.stay && { ...call.stay, rank } });
  return { ...state, calls };
}

function nextStay(stay: QueueStay, event: Exclude<CallerEvent, { type: 'queue_joined' }>): QueueStay | null {
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

/** Returns a rank between those of the neighbours. @param position from 1 */
function rankAt(line: LiveCall[], position: number): number {
  const before = line[position - 2] ?? (position > line.length ? line.at(-1) : undefined);
  const after = before === undefined ? line[0] : line[line.indexOf(before) + 1];
  const [low, high] = [before?.stay?.rank, after?.stay?.rank];
  if (low != null && high != null) return (low + high) / 2;
  if (low != null) return low + 1;
  return high == null ? 0 : high - 1;
}

function withCall(state: LiveState, id: string, change: (call: LiveCall) => LiveCall): LiveState {
  const before = state.calls.get(id);
  const after = change(before ?? { id, flow: null, stay: null, customer: null });
  const calls = new Map(state.calls);
  if (isInProgress(after)) calls.set(id, after);
  else if (before === undefined) return state;
  else calls.delete(id);
  return { ...state, calls };
}

function withoutCall(state: LiveState, id: string): LiveState {
  if (!state.calls.has(id)) return state;
  const calls = new Map(state.calls);
  calls.delete(id);
  return { ...state, calls };
}

function withMembers(state: LiveState, change: (members: Map<string, Member>) => void): LiveState {
  const members = new Map(state.members);
  change(members);
  return { ...state, members };
}
