import { fieldErrorText } from '../config/problems.js';
import type { LintProblem } from './types.js';

/** What is wrong and what helps, in the language of the page; in English when the problem has no code. */
export function problemText({ code, params, message, remedy }: LintProblem): string {
  const detail = remedy === undefined ? message : `${message}: ${remedy}`;
  return code === undefined ? detail : fieldErrorText({ code, params, detail });
}
