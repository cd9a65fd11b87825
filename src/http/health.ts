import { messageOf } from '../lib/error-message.js';
import { within } from '../lib/within.js';
import { z } from 'zod';
import { json } from './answer.js';
import { route, type Route } from './route.js';

/** A failed check: the problem, the remedy, and whether part of the gateway still works. */
export interface CheckFailure {
  problem: string;
  remedy?: string | undefined;
  /** Part of the gateway works, so the response stays 200. Default: false; true for warnings. */
  degraded?: boolean;
}

/** Returns the problem, or undefined when the check passes. */
export type HealthCheck = () => Promise<CheckFailure | string | undefined> | CheckFailure | string | undefined;

/** A check that does not finish in this time fails. */
const CHECK_TIMEOUT_MS = 2_000;

const readiness = z.object({
  status: z
    .enum(['ready', 'degraded', 'not ready'])
    .describe('`degraded`: calls are handled, and part of what `problems` names fails'),
  checks: z.record(z.string(), z.string()).describe('`ok`, or the problem and its remedy'),
  problems: z
    .array(
      z.object({
        check: z.string(),
        problem: z.string(),
        remedy: z.string().optional(),
        blocking: z.boolean().describe('Calls cannot work: the reason of a 503'),
      }),
    )
    .describe('The checks that are not `ok`'),
});

/**
 * `/healthz`: the process responds. `/readyz`: everything it needs is usable; a 503 names what is not.
 *
 * @param warnings checks that are reported but never cause a 503
 */
export function healthRoutes(checks: Record<string, HealthCheck>, warnings: Record<string, HealthCheck> = {}): Route[] {
  return [
    route({
      method: 'GET',
      path: '/healthz',
      scope: 'public',
      summary: 'Liveness: the process responds',
      answers: { 200: { description: 'The process responds', schema: z.object({ status: z.literal('ok') }) } },
      handle: () => json({ status: 'ok' }),
    }),
    route({
      method: 'GET',
      path: '/readyz',
      scope: 'public',
      summary: 'Readiness: everything the gateway needs is usable',
      answers: {
        200: { description: 'Ready, or `degraded`: part of the gateway works', schema: readiness },
        503: { description: 'Calls cannot work', schema: readiness },
      },
      handle: async () => {
        const { status, rows } = await runChecks(checks, warnings);
        const problems = rows.flatMap(({ problem }) => (problem === undefined ? [] : [problem]));
        const words = Object.fromEntries(rows.map(({ name, problem }) => [name, wordsOf(problem)]));
        return json({ status, checks: words, problems }, status === 'not ready' ? 503 : 200);
      },
    }),
  ];
}

/** Runs all checks at once. @param warnings checks that never make the gateway `not ready` */
export async function runChecks(
  checks: Record<string, HealthCheck>,
  warnings: Record<string, HealthCheck>,
): Promise<{ status: 'ready' | 'degraded' | 'not ready'; rows: { name: string; problem?: Problem }[] }> {
  const rows = await Promise.all([
    ...Object.entries(checks).map(([name, check]) => rowOf(name, check, false)),
    ...Object.entries(warnings).map(([name, check]) => rowOf(name, check, true)),
  ]);
  const problems = rows.flatMap(({ problem }) => (problem === undefined ? [] : [problem]));
  const blocked = problems.some(({ blocking }) => blocking);
  return { status: blocked ? 'not ready' : problems.length > 0 ? 'degraded' : 'ready', rows };
}

interface Problem {
  check: string;
  problem: string;
  remedy?: string | undefined;
  blocking: boolean;
}

async function rowOf(
  name: string,
  check: HealthCheck,
  isWarning: boolean,
): Promise<{ name: string; problem?: Problem }> {
  const found = await failureOf(check);
  if (found === undefined) return { name };
  const { problem, remedy, degraded = isWarning } = typeof found === 'string' ? { problem: found } : found;
  return { name, problem: { check: name, problem, remedy, blocking: !degraded } };
}

function wordsOf(row: Problem | undefined): string {
  if (row === undefined) return 'ok';
  return row.remedy === undefined ? row.problem : `${row.problem}. ${row.remedy}`;
}

async function failureOf(check: HealthCheck): Promise<CheckFailure | string | undefined> {
  try {
    const answer = Promise.resolve(check());
    return await within(answer, CHECK_TIMEOUT_MS, () => `no answer within ${CHECK_TIMEOUT_MS} ms`);
  } catch (error) {
    return messageOf(error);
  }
}
