import type { Callee } from './fake-channels.js';

/** About as long as Asterisk needs. */
const PERSON_MS = 1500;
const MACHINE_MS = 2000;

/** The result of answering machine detection and its delay. @param waits until a machine has spoken */
export function detection(
  callee: Callee | undefined,
  waits: boolean,
): { afterMs: number; result: string; cause: string } {
  const greetingMs = callee?.type === 'answers' ? callee.greetingMs : undefined;
  if (greetingMs === undefined) return { afterMs: PERSON_MS, result: 'HUMAN', cause: 'HUMAN-700-700' };
  const afterMs = waits ? Math.max(greetingMs, MACHINE_MS) : MACHINE_MS;
  return { afterMs, result: 'MACHINE', cause: 'LONGGREETING-1800-1800' };
}
