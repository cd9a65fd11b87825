import type { SetupAnswers } from '../../../company/setup-progress.js';

/** The steps of an admin, in their order. Language and account come before them for the holder of the link. */
export const STEPS = ['language', 'kind', 'trunk', 'line', 'hours', 'people', 'prompts', 'test'] as const;
export type Step = (typeof STEPS)[number];

/** Whether a step has its answers. The test call is done when the set-up is finished. */
export function isDone(step: Step, answers: SetupAnswers, isFinished = false): boolean {
  switch (step) {
    case 'language':
      return answers.language !== undefined;
    case 'kind':
      return answers.kind !== undefined;
    case 'trunk':
      return answers.trunk !== undefined;
    case 'line':
      return answers.number !== undefined;
    case 'hours':
      return answers.hours !== undefined;
    case 'people':
      return answers.answered_by !== undefined;
    case 'prompts':
      return answers.prompts !== undefined;
    case 'test':
      return isFinished;
  }
}

/** Where the set-up continues: the first step without answers. */
export function nextStep(answers: SetupAnswers): Step {
  return STEPS.find((step) => !isDone(step, answers)) ?? 'test';
}

/** The step of an address; undefined for another text, and for a step whose predecessors are not done. */
export function stepOf(written: string | null, answers: SetupAnswers): Step | undefined {
  const step = STEPS.find((each) => each === written);
  if (step === undefined) return undefined;
  return STEPS.indexOf(step) <= STEPS.indexOf(nextStep(answers)) ? step : undefined;
}

export function stepAfter(step: Step): Step {
  return STEPS[STEPS.indexOf(step) + 1] ?? 'test';
}

export function stepBefore(step: Step): Step | undefined {
  return STEPS[STEPS.indexOf(step) - 1];
}
