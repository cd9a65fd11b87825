import {
  same,
  step,
  withSip,
  type Call,
  type Ending,
  type PhoneEffect,
  type PhoneEvent,
  type PhoneState,
  type PhoneStep,
} from './phone-state.js';

/** The calls of the phone: one that rings or talks, and held ones. */

export function dial(state: PhoneState, { id, number }: { id: string; number: string }): PhoneStep {
  const isReachable = state.reach === 'ready' || state.reach === 'registered';
  const hasRinging = state.calls.some(({ stage }) => stage !== 'talking');
  if (!isReachable || hasRinging || number === '' || state.calls.some((call) => call.id === id)) return same(state);
  const call: Call = {
    id,
    direction: 'outgoing',
    stage: 'calling',
    number,
    name: '',
    held: false,
    muted: false,
    talksSince: undefined,
  };
  const { calls, effects } = holdOthers(state.calls, id);
  return step({ ...state, calls: [...calls, call], lastDialled: number, ended: undefined }, ...effects, {
    type: 'dial',
    id,
    number,
  });
}

/** A second call would be announced in the middle of a talk: the caller hears busy, or the queue rings somebody else. */
export function takeCall(
  state: PhoneState,
  { id, number, name }: { id: string; number: string; name: string },
): PhoneStep {
  if (state.calls.some((call) => call.id === id)) return same(state);
  if (state.calls.length > 0 || !withSip.has(state.reach)) return step(state, { type: 'reject', id, status: 486 });
  const call: Call = {
    id,
    direction: 'incoming',
    stage: 'ringing',
    number,
    name,
    held: false,
    muted: false,
    talksSince: undefined,
  };
  return step({ ...state, calls: [call], ended: undefined });
}

type CallEvent = Extract<PhoneEvent, { id: string }>;

export function reduceCall(state: PhoneState, event: PhoneEvent): PhoneStep {
  const call = 'id' in event ? state.calls.find(({ id }) => id === event.id) : undefined;
  if (call === undefined) return same(state);
  const { id } = call;
  const isTalk = call.stage === 'talking';
  switch ((event as CallEvent).type) {
    case 'answered':
      if (call.stage !== 'ringing') return same(state);
      return step(withCall(state, { ...call, stage: 'answering' }), { type: 'answer', id });
    case 'call_connected':
      if (isTalk) return same(state);
      return step(withCall(state, { ...call, stage: 'talking', talksSince: (event as { at: number }).at }));
    case 'hung_up':
      return hangUp(state, call);
    case 'held':
      if (!isTalk || call.held) return same(state);
      return step(withCall(state, { ...call, held: true }), { type: 'hold', id });
    case 'resumed':
      // While another number is called, both would be heard as soon as it answers.
      return isTalk && call.held && !isCalling(state) ? resume(state, call) : same(state);
    case 'muted':
      return call.muted ? same(state) : step(withCall(state, { ...call, muted: true }), { type: 'mute', id });
    case 'unmuted':
      return call.muted ? step(withCall(state, { ...call, muted: false }), { type: 'unmute', id }) : same(state);
    case 'key_pressed':
      if (!isTalk || call.held) return same(state);
      return step(state, { type: 'send_key', id, key: (event as { key: string }).key });
    default:
      return same(state);
  }
}

/** The call leaves the state at once: the visitor has ended it, whatever the network answers. */
function hangUp(state: PhoneState, call: Call): PhoneStep {
  const isRinging = call.stage === 'ringing';
  const effect: PhoneEffect = isRinging
    ? { type: 'reject', id: call.id, status: 603 }
    : { type: 'hang_up', id: call.id };
  return step(withoutCall(state, call, isRinging ? 'declined' : 'over'), effect, ...afterCall(state, call));
}

export function endCall(state: PhoneState, id: string, why: Exclude<Ending, 'missed' | 'declined'>): PhoneStep {
  const call = state.calls.find((each) => each.id === id);
  if (call === undefined) return same(state);
  const ending = call.stage === 'ringing' ? unanswered(why) : call.stage === 'talking' ? 'over' : why;
  return step(withoutCall(state, call, ending), ...afterCall(state, call));
}

const unanswered = (why: Ending) => (why === 'taken' ? 'taken' : 'missed');

/** A microphone that failed during the talk is opened again, and without one the registration ends. */
function afterCall({ calls, microphone }: PhoneState, ended: Call): PhoneEffect[] {
  const isLast = calls.every(({ id }) => id === ended.id);
  return isLast && microphone !== 'open' ? [{ type: 'open_microphone' }] : [];
}

export function isCalling({ calls }: PhoneState): boolean {
  return calls.some(({ stage }) => stage === 'calling');
}

function resume(state: PhoneState, call: Call): PhoneStep {
  const { calls, effects } = holdOthers(state.calls, call.id);
  const next = { ...state, calls };
  return step(withCall(next, { ...call, held: false }), ...effects, { type: 'resume', id: call.id });
}

function holdOthers(calls: readonly Call[], id: string): { calls: Call[]; effects: PhoneEffect[] } {
  const isHeldNow = (call: Call) => call.id !== id && call.stage === 'talking' && !call.held;
  return {
    calls: calls.map((call) => (isHeldNow(call) ? { ...call, held: true } : call)),
    effects: calls.filter(isHeldNow).map((call) => ({ type: 'hold', id: call.id })),
  };
}

function withCall(state: PhoneState, call: Call): PhoneState {
  return { ...state, calls: state.calls.map((each) => (each.id === call.id ? call : each)) };
}

function withoutCall(state: PhoneState, call: Call, why: Ending): PhoneState {
  const { number, name, direction } = call;
  return {
    ...state,
    calls: state.calls.filter(({ id }) => id !== call.id),
    ended: { number, name, direction, why },
  };
}
