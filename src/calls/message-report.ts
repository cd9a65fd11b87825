import type { MessageOutcome, MessageReport } from './message-call.js';
import type { Command } from '../telephony/command.js';
import type { LogEntry } from '../kernel/flow.js';
import type { ListPointer } from '../call-plan/program.js';

/**
 * Computes the report of a message call from its timeline. Pure.
 * @param list the actions of the message: the first one plays it
 */
export function messageReport(timeline: readonly LogEntry[], list: ListPointer): MessageReport {
  const answeredAt = timeline.find(({ kind }) => kind === 'dial_answered')?.at ?? null;
  const keys = keysOf(timeline, list);
  return {
    outcome: answeredAt === null ? unanswered(timeline) : answered(timeline, keys),
    answeredAt,
    endedAt: timeline.findLast(({ kind }) => kind === 'ended')?.at ?? timeline.at(-1)?.at ?? 0,
    digit: keys.findLast(({ leads }) => leads !== 'back')?.digit ?? keys.at(-1)?.digit ?? null,
  };
}

function answered(timeline: readonly LogEntry[], keys: readonly Key[]): MessageOutcome {
  if (keys.length > 0) return 'heard';
  const answerer = timeline.find(({ kind }) => kind === 'answerer')?.data['is'];
  if (answerer === 'lost') return 'failed';
  const ends = untilTakenAway(timeline).flatMap(({ kind, data }) => (kind === 'prompt' ? [data['outcome']] : []));
  if (ends.includes('played')) return answerer === 'machine' ? 'heard_by_machine' : 'heard';
  if (ends.some((end) => end === 'refused' || end === 'failed' || end === 'lost')) return 'failed';
  return answerer === 'machine' ? 'machine' : 'cut_short';
}

/** The timeline up to a command that takes the call away: later playbacks are not the message. */
function untilTakenAway(timeline: readonly LogEntry[]): readonly LogEntry[] {
  const taken = timeline.findIndex(({ kind, data }) => kind === 'commanded' && TAKES_AWAY.has(data['command']));
  return taken === -1 ? timeline : timeline.slice(0, taken);
}

const TAKES_AWAY: ReadonlySet<unknown> = new Set<Command['type']>(['reject', 'hang_up', 'transfer']);

/** By the cause of the leg's end; a leg that rang too long was hung up by the gateway. */
function unanswered(timeline: readonly LogEntry[]): MessageOutcome {
  if (timeline.some(({ kind, data }) => kind === 'timer' && data['name'] === 'dial')) return 'no_answer';
  const cause = timeline.findLast(({ kind }) => kind === 'leg_over')?.data['cause'];
  switch (cause) {
    case 'busy':
    case 'no_answer':
    case 'rejected':
    case 'no_such_number':
    case 'refused':
    case 'limited':
    case 'unknown':
      return cause;
    case 'unregistered':
    case 'unreachable':
      return 'unreachable';
    default:
      return 'failed';
  }
}

interface Key {
  digit: string;
  leads: 'back' | 'on';
}

/** The keys with actions, found by the first action of each. */
function keysOf(timeline: readonly LogEntry[], list: ListPointer): Key[] {
  return timeline.flatMap(({ kind, data }) => {
    const at = typeof data['at'] === 'string' ? data['at'] : '';
    const [start = '', digit] = at.split(/\/menu\/keys\/(.)\/0$/);
    if (kind !== 'action' || digit === undefined || !start.startsWith(`${list}/`)) return [];
    return [{ digit, leads: data['action'] === 'go_to_part' ? 'back' : 'on' }];
  });
}
