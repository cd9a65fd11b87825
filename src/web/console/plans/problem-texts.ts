import type { LintProblem } from './types.js';

/** What is wrong and what helps, in the language of the page where the problem has a code. */
export function problemText({ message, remedy }: LintProblem): string {
  return remedy === undefined ? message : `${message}: ${remedy}`;
}
