import type { DocumentProblem } from '../company/problem.js';
import { showProblem } from '../company/problem.js';

/** Input and output of a command; tests replace it. */
export interface Terminal {
  env: Record<string, string | undefined>;
  out: (text: string) => void;
  error: (text: string) => void;
  /** Standard input; undefined: empty. */
  input?: NodeJS.ReadableStream;
  /** Ends a command that runs until it is stopped; undefined: SIGINT and SIGTERM. */
  until?: AbortSignal;
}

/** Exit codes for scripts. */
export const EXIT = { ok: 0, problems: 1, usage: 2, unreachable: 3 } as const;

/** Wrong usage of the command; the message has the correct usage. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The command failed: a missing file, an invalid document, a refusal by the gateway. */
export class CommandError extends Error {
  override readonly name: string = 'CommandError';
}

/** The gateway does not respond, or the address is not a gateway. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError';
}

/** One line for each problem, and their number. */
export function showProblems(problems: readonly DocumentProblem[]): string {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const counted = [count(errors, 'error'), count(problems.length - errors, 'warning')].filter((text) => text !== '');
  return [...problems.map(showProblem), ...(counted.length > 0 ? [counted.join(', ')] : [])].join('\n');
}

function count(number: number, what: string): string {
  return number === 0 ? '' : `${number} ${what}${number === 1 ? '' : 's'}`;
}
