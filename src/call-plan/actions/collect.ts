import type { Call } from '../call.js';
import type { ActionOf } from '../../company/plan-schema.js';
import { input, type InputResult } from '../steps/input.js';
import { enterOr, CONTINUE, type ActionOutcome } from './action.js';
import { inputOutcome, question, type QuestionState } from './question.js';

export type CollectState = QuestionState & { type: 'collect' };

/** Prompts for digits and stores them under a name; repeats the prompt when there are too few. */
export const collect = question<ActionOf<'collect'>, CollectState>({
  start: (call, action) => askDigits(call, action, action.collect.retries),
  answered: onInput,
});

function askDigits(call: Call, action: ActionOf<'collect'>, left: number): ActionOutcome<CollectState> {
  const { prompt, max, timeout } = action.collect;
  return inputOutcome(
    input.start(call, { prompts: [prompt], max, timeoutMs: timeout, hashEnds: true }),
    (asking) => ({ type: 'collect', asking, left }),
    (result) => onInput(call, action, left, result),
  );
}

function onInput(
  call: Call,
  action: ActionOf<'collect'>,
  left: number,
  { digits, ended }: InputResult,
): ActionOutcome<CollectState> {
  if (digits.length >= action.collect.min) {
    call.state.collected[action.collect.save_as] = digits;
    return { done: CONTINUE };
  }
  if (left === 0 || ended === 'no_prompt') return { done: enterOr(action.collect.no_input, 'collect/no_input') };
  return askDigits(call, action, left - 1);
}
