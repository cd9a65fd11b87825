import type { Call } from '../call.js';
import type { MenuAction } from '../schema.js';
import { askingOn, askingTimers, isAsked, startAsking, type Asked, type Asking } from '../steps/asking.js';
import { enterOr, type ActionModule, type Leave } from './action.js';

export interface MenuState {
  on: 'menu';
  asking: Asking;
  /** How many times more the question may be asked. */
  left: number;
}

/** Asks for one key and goes on where the key leads; asks again after no input or a wrong key. */
export const menu: ActionModule<MenuAction, MenuState> = {
  start: (call, action) => ask(call, action, action.menu.retries, [action.menu.prompt]),
  on(call, action, state, event) {
    const asking = askingOn(call, state.asking, event);
    return isAsked(asking) ? answered(call, action, state.left, asking) : { ...state, asking };
  },
  timers: ({ asking }) => askingTimers(asking),
  hears: () => true,
  gone: () => undefined,
  watched: ({ asking }) => ({ channels: [], playbacks: asking.playing ? [asking.playing.playbackId] : [] }),
};

function ask(call: Call, action: MenuAction, left: number, prompts: number[]): MenuState | Leave {
  const asking = startAsking(call, { prompts, max: 1, timeoutMs: action.menu.timeout, hashEnds: false });
  return isAsked(asking) ? answered(call, action, left, asking) : { on: 'menu', asking, left };
}

function answered(call: Call, action: MenuAction, left: number, { digits, ended }: Asked): MenuState | Leave {
  const { keys, prompt, wrong_key_prompt, no_input_prompt, no_input, wrong_key } = action.menu;
  if (digits !== '' && Object.hasOwn(keys, digits)) return { leave: 'enter', list: `menu/keys/${digits}` };
  const wrong = digits !== '';
  if (left === 0 || ended === 'no_prompt') {
    return wrong && wrong_key !== undefined
      ? { leave: 'enter', list: 'menu/wrong_key' }
      : enterOr(no_input, 'menu/no_input');
  }
  const before = wrong ? wrong_key_prompt : no_input_prompt;
  return ask(call, action, left - 1, before === undefined ? [prompt] : [before, prompt]);
}
