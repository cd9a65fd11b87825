import type { Call } from '../call.js';
import type { CollectAction } from '../schema.js';
import { askingOn, askingTimers, isAsked, startAsking, type Asked, type Asking } from '../steps/asking.js';
import { enterOr, NEXT, type ActionModule, type Leave } from './action.js';

export interface CollectState {
  on: 'collect';
  asking: Asking;
  /** How many times more the question may be asked. */
  left: number;
}

/** Asks for digits and keeps them under a name; asks again when there were too few. */
export const collect: ActionModule<CollectAction, CollectState> = {
  start: (call, action) => ask(call, action, action.collect.retries),
  on(call, action, state, event) {
    const asking = askingOn(call, state.asking, event);
    return isAsked(asking) ? answered(call, action, state.left, asking) : { ...state, asking };
  },
  timers: ({ asking }) => askingTimers(asking),
  hears: () => true,
  gone: () => undefined,
  watched: ({ asking }) => ({ channels: [], playbacks: asking.playing ? [asking.playing.playbackId] : [] }),
};

function ask(call: Call, action: CollectAction, left: number): CollectState | Leave {
  const { prompt, max, timeout } = action.collect;
  const asking = startAsking(call, { prompts: [prompt], max, timeoutMs: timeout, hashEnds: true });
  return isAsked(asking) ? answered(call, action, left, asking) : { on: 'collect', asking, left };
}

function answered(call: Call, action: CollectAction, left: number, { digits, ended }: Asked): CollectState | Leave {
  if (digits.length >= action.collect.min) {
    call.state.collected[action.collect.save_as] = digits;
    return NEXT;
  }
  if (left === 0 || ended === 'no_prompt') return enterOr(action.collect.no_input, 'collect/no_input');
  return ask(call, action, left - 1);
}
