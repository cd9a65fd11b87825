import type { Call } from '../call.js';
import type { ActionOf } from '../../company/plan-schema.js';
import { input, type InputResult } from '../steps/input.js';
import { enterOr, type ActionOutcome } from './action.js';
import { inputOutcome, question, type QuestionState } from './question.js';

export type MenuState = QuestionState & { type: 'menu' };

/** Prompts for one key and runs the actions of that key; repeats the prompt after no input or a wrong key. */
export const menu = question<ActionOf<'menu'>, MenuState>({
  start: (call, action) => askKey(call, action, action.menu.retries, [action.menu.prompt].flat()),
  answered: onInput,
});

function askKey(call: Call, action: ActionOf<'menu'>, left: number, prompts: number[]): ActionOutcome<MenuState> {
  return inputOutcome(
    input.start(call, { prompts, max: 1, timeoutMs: action.menu.timeout, hashEnds: false }),
    (asking) => ({ type: 'menu', asking, left }),
    (result) => onInput(call, action, left, result),
  );
}

function onInput(
  call: Call,
  action: ActionOf<'menu'>,
  left: number,
  { digits, ended }: InputResult,
): ActionOutcome<MenuState> {
  const { keys, prompt, wrong_key_prompt, no_input_prompt, no_input, wrong_key } = action.menu;
  if (digits !== '' && Object.hasOwn(keys, digits)) return { done: { type: 'enter', list: `menu/keys/${digits}` } };
  const wrong = digits !== '';
  if (left === 0 || ended === 'no_prompt') {
    return wrong && wrong_key !== undefined
      ? { done: { type: 'enter', list: 'menu/wrong_key' } }
      : { done: enterOr(no_input, 'menu/no_input') };
  }
  const before = wrong ? wrong_key_prompt : no_input_prompt;
  return askKey(call, action, left - 1, before === undefined ? [prompt].flat() : [before, prompt].flat());
}
