import type { Instant } from '../../lib/clock.js';
import type { Call } from '../call.js';
import type { PlanEvent } from '../event.js';
import { playback, type Playing } from './playing.js';
import { NOTHING_WATCHED, type Outcome, type StepModule } from './step.js';

/** A question being put to the caller: prompts, then digits. A key pressed while a prompt plays stops it and counts. */
export interface Asking {
  playing: Playing | null;
  digits: string;
  max: number;
  /** Counts after the prompt, and between digits. */
  timeoutMs: number;
  /** `#` ends the input and is not part of it. */
  hashEnds: boolean;
  /** Running only while no prompt plays. */
  deadline: Instant | null;
}

/** `no_prompt`: the question could not be heard, so nothing was asked. */
export interface Asked {
  digits: string;
  ended: 'max' | 'hash' | 'timeout' | 'no_prompt';
  reason?: string;
}

interface Question {
  prompts: number[];
  max: number;
  timeoutMs: number;
  hashEnds: boolean;
}

type AskOutcome = Outcome<Asking, Asked>;

export const input = {
  start,
  reduce,
  stop(call, { playing }) {
    if (playing !== null) playback.stop(call, playing);
  },
  timers: ({ playing, deadline }) => ({
    ...(playing && playback.timers(playing)),
    ...(deadline !== null && { input: deadline }),
  }),
  watched: ({ playing }) => (playing === null ? NOTHING_WATCHED : playback.watched(playing)),
} satisfies StepModule<Asking, Asked> & { start: typeof start };

/** Digits typed ahead answer the question at once; then its prompt is not played. */
function start(call: Call, { prompts, max, timeoutMs, hashEnds }: Question): AskOutcome {
  const ahead = call.state.typedAhead;
  call.state.typedAhead = '';
  let asking: Asking = { playing: null, digits: '', max, timeoutMs, hashEnds, deadline: call.at + timeoutMs };
  for (const [index, digit] of ahead.split('').entries()) {
    const outcome = receive(call, asking, digit);
    if ('done' in outcome) {
      call.state.typedAhead = rest(ahead.slice(index + 1), outcome.done, max);
      return outcome;
    }
    asking = outcome.waiting;
  }
  return { waiting: ahead === '' ? { ...asking, playing: playback.start(call, prompts), deadline: null } : asking };
}

function reduce(call: Call, asking: Asking, event: PlanEvent): AskOutcome {
  if (event.type === 'digit') {
    const next = receive(call, asking, event.digit);
    if ('done' in next && next.done.ended === 'max' && asking.max > 1) call.state.overflowAt = event.at;
    return next;
  }
  if (event.type === 'timer' && event.name === 'input') return asked(call, { digits: asking.digits, ended: 'timeout' });
  if (event.type === 'reconciled' && asking.playing === null)
    return { waiting: { ...asking, deadline: event.at + asking.timeoutMs } };
  if (asking.playing === null) return { waiting: asking };
  const played = playback.reduce(call, asking.playing, event);
  if ('waiting' in played) return { waiting: { ...asking, playing: played.waiting } };
  const { reason } = played.done;
  if (!played.done.played)
    return asked(call, { digits: '', ended: 'no_prompt', ...(reason !== undefined && { reason }) });
  return { waiting: { ...asking, playing: null, deadline: event.at + asking.timeoutMs } };
}

function receive(call: Call, asking: Asking, digit: string): AskOutcome {
  if (asking.playing) playback.stop(call, asking.playing);
  if (asking.hashEnds && digit === '#') return asked(call, { digits: asking.digits, ended: 'hash' });
  const digits = asking.digits + digit;
  if (digits.length >= asking.max) return asked(call, { digits, ended: 'max' });
  return { waiting: { ...asking, playing: null, digits, deadline: call.at + asking.timeoutMs } };
}

function asked(call: Call, result: Asked): AskOutcome {
  call.appendLog('input', { ...result });
  return { done: result };
}

/** What stays typed ahead for the next question: not the surplus of a number that was too long. */
function rest(ahead: string, { ended }: Asked, max: number): string {
  if (ended !== 'max' || max === 1) return ahead;
  const hash = ahead.indexOf('#');
  return hash === -1 ? '' : ahead.slice(hash + 1);
}
