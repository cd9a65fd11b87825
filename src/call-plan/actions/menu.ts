import type { Call } from '../call.js';
import type { ActionOf } from '../../company/plan-schema.js';
import { input, type Asked } from '../steps/asking.js';
import { enterOr, type ActionOutcome } from './action.js';
import { question, type QuestionState } from './question.js';

export type MenuState = QuestionState & { type: 'menu' };

/** Asks for one key and goes on where the key leads; asks again after no input or a wrong key. */
export const menu = question<ActionOf<'menu'>, MenuState>({
  start: (call, action) => ask(call, action, action.menu.retries, [action.menu.prompt].flat()),
  answered,
});

function ask(call: Call, action: ActionOf<'menu'>, left: number, prompts: number[]): ActionOutcome<MenuState> {
  const outcome = input.start(call, { prompts, max: 1, timeoutMs: action.menu.timeout, hashEnds: false });
  if ('done' in outcome) return answered(call, action, left, outcome.done);
  return { waiting: { type: 'menu', asking: outcome.waiting, left } };
}

function answered(
  call: Call,
  action: ActionOf<'menu'>,
  left: number,
  { digits, ended }: Asked,
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
  return ask(call, action, left - 1, before === undefined ? [prompt].flat() : [before, prompt].flat());
}
