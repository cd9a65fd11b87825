import type { Instant } from '../lib/clock.js';
import { entryOf, type PlanProgram } from './program.js';
import type { PlanState } from './state.js';

/** The initial state of a call, without the fields that depend on how it began. */
export function initialCallState(
  program: PlanProgram,
  at: Instant,
): Omit<PlanState, 'flowId' | 'channelId' | 'phase' | 'direction' | 'caller'> {
  return {
    line: program.line.number,
    codec: '',
    dialling: null,
    handset: null,
    startedAt: at,
    answeredAt: null,
    endedAt: null,
    endedBy: null,
    label: null,
    queue: null,
    agent: null,
    talkedAt: null,
    tally: {
      waitingSince: null,
      waitedMs: null,
      talkingSince: null,
      talkMs: 0,
      queue: null,
      agent: null,
      refusal: null,
    },
    result: null,
    rejected: false,
    pendingRedirect: null,
    overridePlan: [],
    overlays: [],
    eventSeq: 0,
    callStack: [{ list: entryOf(program), index: 0 }],
    action: null,
    typedAhead: '',
    overflowAt: null,
    collected: {},
    about: program.about,
    jumps: 0,
    effects: 0,
    leashAt: null,
    hangUpBy: null,
  };
}
