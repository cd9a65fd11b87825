import type { ShownCall, ShownHandset, ShownQueue, State } from '../../../monitor/protocol.js';

/** The calls of the page, each in the place where people look for it. */
export interface Sections {
  /** Ring at a handset, longest first. */
  ringing: ShownCall[];
  /** `others`: callers who wait without being shown, as another handset is chosen. */
  queues: { queue: ShownQueue; calls: ShownCall[]; others: number; free: number; busy: number; paused: number }[];
  /** Talk, or hear prompts. */
  inProgress: ShownCall[];
  /** We call them, and they have not answered. */
  outgoing: ShownCall[];
}

/** @param held calls whose rows stay in place although the calls may have ended */
export function sectionsOf(state: State, held: ReadonlyMap<string, ShownCall>): Sections {
  const calls = Object.values(held.size === 0 ? state.calls : { ...state.calls, ...Object.fromEntries(held) });
  const others = calls.filter((call) => !isRingingHere(call) && call.position === undefined);
  const handsets = Object.values(state.handsets);
  return {
    ringing: calls.filter(isRingingHere).sort(longestFirst),
    queues: Object.values(state.queues).map((queue) => ({
      queue,
      calls: calls.filter(waitsIn(queue)).sort(inOrder),
      others: queue.waiting - Object.values(state.calls).filter(waitsIn(queue)).length,
      ...membersOf(queue.id, handsets),
    })),
    inProgress: others.filter((call) => !isBeingCalled(call)).sort(longestFirst),
    outgoing: others.filter(isBeingCalled).sort(longestFirst),
  };
}

function waitsIn({ id }: Pick<ShownQueue, 'id'>): (call: ShownCall) => boolean {
  return ({ queue, position }) => queue === id && position !== undefined;
}

/** Whether the call rings for an operator. Outgoing calls do only while they wait in a queue. */
export function isRingingHere({ direction, rings, queue }: ShownCall): boolean {
  return rings.length > 0 && (direction === 'incoming' || queue !== undefined);
}

function isBeingCalled({ direction, talk }: ShownCall): boolean {
  return direction === 'outgoing' && talk === undefined;
}

function membersOf(queue: number, handsets: ShownHandset[]): { free: number; busy: number; paused: number } {
  const members = handsets.flatMap(({ state, queues }) =>
    queues.filter((membership) => membership.queue === queue).map(({ paused }) => ({ state, paused })),
  );
  return {
    free: members.filter(({ state, paused }) => state === 'free' && !paused).length,
    busy: members.filter(({ state }) => state === 'busy' || state === 'ringing').length,
    paused: members.filter(({ state, paused }) => paused && state === 'free').length,
  };
}

const longestFirst = (a: ShownCall, b: ShownCall) => a.since.localeCompare(b.since);
const inOrder = (a: ShownCall, b: ShownCall) => (a.position ?? 0) - (b.position ?? 0) || longestFirst(a, b);
