import type { Call } from '../call.js';
import type { ActionOf } from '../../company/plan-schema.js';
import { isAsked, startAsking, type Asked } from '../steps/asking.js';
import { enterOr, CONTINUE, type Transition } from './action.js';
import { question, type QuestionState } from './question.js';

export type CollectState = QuestionState & { type: 'collect' };

/** Asks for digits and keeps them under a name; asks again when there were too few. */
export const collect = question<ActionOf<'collect'>, CollectState>({
  start: (call, action) => ask(call, action, action.collect.retries),
  answered,
});

function ask(call: Call, action: ActionOf<'collect'>, left: number): CollectState | Transition {
  const { prompt, max, timeout } = action.collect;
  const asking = startAsking(call, { prompts: [prompt], max, timeoutMs: timeout, hashEnds: true });
  return isAsked(asking) ? answered(call, action, left, asking) : { type: 'collect', asking, left };
}

function answered(
  call: Call,
  action: ActionOf<'collect'>,
  left: number,
  { digits, ended }: Asked,
): CollectState | Transition {
  if (digits.length >= action.collect.min) {
    call.state.collected[action.collect.save_as] = digits;
    return CONTINUE;
  }
  if (left === 0 || ended === 'no_prompt') return enterOr(action.collect.no_input, 'collect/no_input');
  return ask(call, action, left - 1);
}
