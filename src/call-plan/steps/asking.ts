import type { TelephonyEvent } from '../../telephony/telephony.js';
import type { Instant } from '../../lib/clock.js';
import type { Call } from '../call.js';
import { isPlaying, playingOn, startPlaying, stopPlaying, type Playing } from './playing.js';
import type { RuntimeEvent } from '../../kernel/event.js';

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

/** Digits typed ahead answer the question at once; then its prompt is not played. */
export function startAsking(call: Call, { prompts, max, timeoutMs, hashEnds }: Question): Asking | Asked {
  const ahead = call.state.typedAhead;
  call.state.typedAhead = '';
  let asking: Asking | Asked = { playing: null, digits: '', max, timeoutMs, hashEnds, deadline: call.at + timeoutMs };
  for (const [index, digit] of ahead.split('').entries()) {
    asking = receive(call, asking, digit);
    if (isAsked(asking)) {
      call.state.typedAhead = rest(ahead.slice(index + 1), asking, max);
      return asking;
    }
  }
  return ahead === '' ? { ...asking, playing: startPlaying(call, prompts), deadline: null } : asking;
}

export function askingOn(call: Call, asking: Asking, event: TelephonyEvent | RuntimeEvent): Asking | Asked {
  if (event.type === 'digit') {
    const next = receive(call, asking, event.digit);
    if (isAsked(next) && next.ended === 'max' && asking.max > 1) call.state.overflowAt = event.at;
    return next;
  }
  if (event.type === 'timer' && event.name === 'input') return asked(call, { digits: asking.digits, ended: 'timeout' });
  if (event.type === 'reconciled' && asking.playing === null)
    return { ...asking, deadline: event.at + asking.timeoutMs };
  if (asking.playing === null) return asking;
  const playing = playingOn(call, asking.playing, event);
  if (isPlaying(playing)) return { ...asking, playing };
  if (!playing.played)
    return asked(call, {
      digits: '',
      ended: 'no_prompt',
      ...(playing.reason !== undefined && { reason: playing.reason }),
    });
  return { ...asking, playing: null, deadline: event.at + asking.timeoutMs };
}

export function askingTimers({ playing, deadline }: Asking): Record<string, Instant> {
  return { ...(playing && { play: playing.giveUpAt }), ...(deadline !== null && { input: deadline }) };
}

export function isAsked(value: Asking | Asked): value is Asked {
  return 'ended' in value;
}

function receive(call: Call, asking: Asking, digit: string): Asking | Asked {
  if (asking.playing) stopPlaying(call, asking.playing);
  if (asking.hashEnds && digit === '#') return asked(call, { digits: asking.digits, ended: 'hash' });
  const digits = asking.digits + digit;
  if (digits.length >= asking.max) return asked(call, { digits, ended: 'max' });
  return { ...asking, playing: null, digits, deadline: call.at + asking.timeoutMs };
}

function asked(call: Call, result: Asked): Asked {
  call.appendLog('input', { ...result });
  return result;
}

/** What stays typed ahead for the next question: not the surplus of a number that was too long. */
function rest(ahead: string, { ended }: Asked, max: number): string {
  if (ended !== 'max' || max === 1) return ahead;
  const hash = ahead.indexOf('#');
  return hash === -1 ? '' : ahead.slice(hash + 1);
}
