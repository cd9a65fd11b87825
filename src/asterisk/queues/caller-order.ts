/** A waiting caller. In a queue, the callers with a higher priority are first; among equals, those who were inserted earlier. */
export interface RankedCaller {
  channelId: string;
  priority: number;
}

/**
 * The changes of priority that move a caller to a position. Each one puts its caller behind all others of the same or a higher
 * priority. In this order they change no other caller's place, and raise the priority only of callers who stay ahead.
 * @param callers in their present order
 * @param position from 1; beyond the end: the last one
 * @returns none when the caller is not there, or is in its place already
 */
export function prioritiesForMove(
  callers: readonly RankedCaller[],
  channelId: string,
  position: number,
): RankedCaller[] {
  const from = callers.findIndex((caller) => caller.channelId === channelId);
  const target = Math.min(Math.max(position, 1), callers.length) - 1;
  if (from === -1 || from === target) return [];
  const others = callers.filter((_, index) => index !== from);
  const ahead = others.slice(0, target);
  const next = others[target];
  if (next === undefined) return [{ channelId, priority: Math.min(...others.map(({ priority }) => priority)) }];
  const priority = next.priority + 1;
  const raised = ahead.filter((caller) => caller.priority < priority).map((caller) => ({ ...caller, priority }));
  return [...raised, { channelId, priority }];
}
