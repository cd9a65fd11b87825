import type { Instant } from '../../lib/clock.js';
import { pendingTimers } from '../../telephony/timers.js';
import type { Call } from '../call.js';
import type { PlanEvent } from '../event.js';
import { playback, type PlaybackState } from './playback.js';
import { NOTHING_WATCHED, type Outcome, type StepModule } from './step.js';

/** An input in progress: prompts, then digits. A digit during a prompt stops the prompt and counts. */
export interface InputState {
  playing: PlaybackState | null;
  digits: string;
  max: number;
  /** Limit after the prompt, and between digits. */
  timeoutMs: number;
  /** `#` ends the input and is not part of it. */
  hashEnds: boolean;
  /** Null while a prompt plays. */
  deadline: Instant | null;
}

/** `no_prompt`: the prompt could not be played. */
export interface InputResult {
  digits: string;
  ended: 'max' | 'hash' | 'timeout' | 'no_prompt';
  reason?: string | undefined;
}

interface InputOptions {
  prompts: number[];
  max: number;
  timeoutMs: number;
  hashEnds: boolean;
}

type InputOutcome = Outcome<InputState, InputResult>;

export const input = {
  start,
  reduce,
  stop(call, { playing }) {
    if (playing !== null) playback.stop(call, playing);
  },
  timers: ({ playing, deadline }) => pendingTimers({ ...playback.timers(playing), input: deadline }),
  watched: ({ playing }) => (playing === null ? NOTHING_WATCHED : playback.watched(playing)),
} satisfies StepModule<InputState, InputResult> & { start: typeof start };

/** Digits typed ahead are taken first; then the prompt is not played. */
function start(call: Call, { prompts, max, timeoutMs, hashEnds }: InputOptions): InputOutcome {
  const ahead = call.state.typedAhead;
  call.state.typedAhead = '';
  let asking: InputState = { playing: null, digits: '', max, timeoutMs, hashEnds, deadline: call.at + timeoutMs };
  for (const [index, digit] of ahead.split('').entries()) {
    const outcome = receive(call, asking, digit);
    if ('done' in outcome) {
      call.state.typedAhead = remainingDigits(ahead.slice(index + 1), outcome.done, max);
      return outcome;
    }
    asking = outcome.waiting;
  }
  return { waiting: ahead === '' ? { ...asking, playing: playback.start(call, prompts), deadline: null } : asking };
}

function reduce(call: Call, asking: InputState, event: PlanEvent): InputOutcome {
  if (event.type === 'digit') {
    const next = receive(call, asking, event.digit);
    if ('done' in next && next.done.ended === 'max' && asking.max > 1) call.state.overflowAt = event.at;
    return next;
  }
  if (event.type === 'timer' && event.name === 'input')
    return finish(call, { digits: asking.digits, ended: 'timeout' });
  if (event.type === 'reconciled' && asking.playing === null)
    return { waiting: { ...asking, deadline: event.at + asking.timeoutMs } };
  if (asking.playing === null) return { waiting: asking };
  const played = playback.reduce(call, asking.playing, event);
  if ('waiting' in played) return { waiting: { ...asking, playing: played.waiting } };
  const { reason } = played.done;
  if (!played.done.played) return finish(call, { digits: '', ended: 'no_prompt', reason });
  return { waiting: { ...asking, playing: null, deadline: event.at + asking.timeoutMs } };
}

function receive(call: Call, asking: InputState, digit: string): InputOutcome {
  if (asking.playing) playback.stop(call, asking.playing);
  if (asking.hashEnds && digit === '#') return finish(call, { digits: asking.digits, ended: 'hash' });
  const digits = asking.digits + digit;
  if (digits.length >= asking.max) return finish(call, { digits, ended: 'max' });
  return { waiting: { ...asking, playing: null, digits, deadline: call.at + asking.timeoutMs } };
}

function finish(call: Call, result: InputResult): InputOutcome {
  call.appendLog('input', { ...result });
  return { done: result };
}

/** The digits that stay typed ahead for the next input, without the surplus of a number that is too long. */
function remainingDigits(ahead: string, { ended }: InputResult, max: number): string {
  if (ended !== 'max' || max === 1) return ahead;
  const hash = ahead.indexOf('#');
  return hash === -1 ? '' : ahead.slice(hash + 1);
}
