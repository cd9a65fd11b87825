import type { Problem } from '../company/problem.js';
import { showProblem } from '../company/problem.js';

/** What a command works with; tests give their own. */
export interface Terminal {
  env: Record<string, string | undefined>;
  out: (text: string) => void;
  error: (text: string) => void;
  /** Standard input; none: it is empty. */
  input?: NodeJS.ReadableStream;
  /** Ends a command that runs until it is told to end; none: SIGINT and SIGTERM do. */
  until?: AbortSignal;
}

/** Exit codes, so that scripts can tell. */
export const EXIT = { ok: 0, problems: 1, usage: 2, unreachable: 3 } as const;

/** The command was called wrongly; the message says how it is called. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** It cannot be done: a file that is not there, a document with errors, a gateway that says no. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

/** The gateway does not answer, or is not one. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError';
}

/** Every problem on a line of its own, and how many there are. */
export function showProblems(problems: readonly Problem[]): string {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const counted = [count(errors, 'error'), count(problems.length - errors, 'warning')].filter((text) => text !== '');
  return [...problems.map(showProblem), ...(counted.length > 0 ? [counted.join(', ')] : [])].join('\n');
}

function count(number: number, what: string): string {
  return number === 0 ? '' : `${number} ${what}${number === 1 ? '' : 's'}`;
}
