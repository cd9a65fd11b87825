import type { Call } from '../call.js';
import type { ActionOf } from '../../company/plan-schema.js';
import { input, type Asked } from '../steps/asking.js';
import { enterOr, CONTINUE, type ActionOutcome } from './action.js';
import { question, type QuestionState } from './question.js';

export type CollectState = QuestionState & { type: 'collect' };

/** Asks for digits and keeps them under a name; asks again when there were too few. */
export const collect = question<ActionOf<'collect'>, CollectState>({
  start: (call, action) => ask(call, action, action.collect.retries),
  answered,
});

function ask(call: Call, action: ActionOf<'collect'>, left: number): ActionOutcome<CollectState> {
  const { prompt, max, timeout } = action.collect;
  const outcome = input.start(call, { prompts: [prompt], max, timeoutMs: timeout, hashEnds: true });
  if ('done' in outcome) return answered(call, action, left, outcome.done);
  return { waiting: { type: 'collect', asking: outcome.waiting, left } };
}

function answered(
  call: Call,
  action: ActionOf<'collect'>,
  left: number,
  { digits, ended }: Asked,
): ActionOutcome<CollectState> {
  if (digits.length >= action.collect.min) {
    call.state.collected[action.collect.save_as] = digits;
    return { done: CONTINUE };
  }
  if (left === 0 || ended === 'no_prompt') return { done: enterOr(action.collect.no_input, 'collect/no_input') };
  return ask(call, action, left - 1);
}
