import { z } from 'zod';
import { actionKind, promptsIn, type ActionList } from '../../../src/company/actions/action.js';
import { promptId } from '../../../src/company/plan-words.js';
import { duration } from '../../../src/directory/schema.js';
import type { Call } from '../../../src/call-plan/call.js';
import { CONTINUE, enterOr, type ActionOutcome } from '../../../src/call-plan/actions/action.js';
import { question, type QuestionState } from '../../../src/call-plan/actions/question.js';
import { input, type InputResult } from '../../../src/call-plan/steps/input.js';

/** An action that the product does not have: its two files, as they would stand in src. */

export const beep = <A>(actions: ActionList<A>) =>
  actionKind(
    z.strictObject({ prompt: promptId, every: duration.default(3000), label: z.string(), on_key: actions.optional() }),
    {
      writable: true,
      waits: true,
      shopSteers: false,
      branches: ({ on_key }) => ({ on_key }),
      exits: ({ on_key }) => [undefined, on_key],
      names: ({ prompt }) => promptsIn({ prompt }),
      labels: ({ label }) => [{ label, queue: 1 }],
      lint({ every }, report) {
        if (every < 1000) report.warn('every', 'that is too often', 'beep less');
      },
    },
  );

export type BeepSettings<A> = z.output<ReturnType<typeof beep<A>>['settings']>;

interface BeepAction {
  beep: BeepSettings<unknown>;
}
type BeepState = QuestionState & { type: 'beep' };

export const beepModule = question<BeepAction, BeepState>({
  start(call: Call, action: BeepAction): ActionOutcome<BeepState> {
    const { prompt, every } = action.beep;
    const outcome = input.start(call, { prompts: [prompt], max: 1, timeoutMs: every, hashEnds: false });
    if ('done' in outcome) return answered(action, outcome.done);
    return { waiting: { type: 'beep', asking: outcome.waiting, left: 0 } };
  },
  answered: (_call, action, _left, asked) => answered(action, asked),
});

function answered({ beep: { on_key } }: BeepAction, { digits }: InputResult): ActionOutcome<never> {
  return { done: digits === '' ? CONTINUE : enterOr(on_key, 'beep/on_key') };
}
