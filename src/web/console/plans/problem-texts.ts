import { signal } from '@preact/signals';
import type * as Problems from '../config/problems.js';
import type { LintProblem } from './types.js';

/** The texts are loaded with the first problem: most plans have none. */
const problems = signal<typeof Problems | undefined>(undefined);
let isLoading = false;

async function load(): Promise<void> {
  if (isLoading) return;
  isLoading = true;
  problems.value = await import('../config/problems.js');
}

/** What is wrong and what helps, in the language of the page; in English when the problem has no code. */
export function problemText({ code, params, message, remedy }: LintProblem): string {
  const detail = remedy === undefined ? message : `${message}: ${remedy}`;
  if (code === undefined) return detail;
  void load();
  return problems.value?.fieldErrorText({ code, params, detail }) ?? '…';
}
