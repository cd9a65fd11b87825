import { messageOf } from '../lib/error-message.js';
import { z } from 'zod';
import { json } from './answer.js';
import { route, type Route } from './route.js';

/** What is wrong, what to do about it, and whether the gateway can still do part of its work. */
export interface Trouble {
  problem: string;
  remedy?: string | undefined;
  /** The gateway does part of its work: the answer stays 200. Default: false, or true among the warnings. */
  degraded?: boolean;
}

/** What is wrong; undefined when the thing can be used. */
export type Check = () => Promise<Trouble | string | undefined> | Trouble | string | undefined;

/** A check that does not answer in this time counts as trouble. */
const CHECK_TIMEOUT_MS = 2_000;

const readiness = z.object({
  status: z
    .enum(['ready', 'degraded', 'not ready'])
    .describe('`degraded`: calls are taken, and something of what `problems` names fails'),
  checks: z.record(z.string(), z.string()).describe('`ok`, or what is wrong and what to do'),
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
 * `/healthz`: the process answers. `/readyz`: what it needs can be used; 503 says what cannot.
 *
 * @param warnings checks whose trouble is shown, and is no reason not to be ready
 */
export function healthRoutes(checks: Record<string, Check>, warnings: Record<string, Check> = {}): Route[] {
  return [
    route({
      method: 'GET',
      path: '/healthz',
      scope: 'public',
      summary: 'Liveness: the process answers',
      answers: { 200: { description: 'It does', schema: z.object({ status: z.literal('ok') }) } },
      handle: () => json({ status: 'ok' }),
    }),
    route({
      method: 'GET',
      path: '/readyz',
      scope: 'public',
      summary: 'Readiness: everything the gateway needs can be used',
      answers: {
        200: { description: 'Ready, or `degraded`: part of the work can be done', schema: readiness },
        503: { description: 'Calls cannot work', schema: readiness },
      },
      handle: async () => {
        const rows = await Promise.all([
          ...Object.entries(checks).map(([name, check]) => rowOf(name, check, false)),
          ...Object.entries(warnings).map(([name, check]) => rowOf(name, check, true)),
        ]);
        const problems = rows.flatMap(({ problem }) => (problem === undefined ? [] : [problem]));
        const blocked = problems.some(({ blocking }) => blocking);
        const status = blocked ? 'not ready' : problems.length > 0 ? 'degraded' : 'ready';
        const words = Object.fromEntries(rows.map(({ name, problem }) => [name, wordsOf(problem)]));
        return json({ status, checks: words, problems }, blocked ? 503 : 200);
      },
    }),
  ];
}

interface Problem {
  check: string;
  problem: string;
  remedy?: string;
  blocking: boolean;
}

async function rowOf(name: string, check: Check, isWarning: boolean): Promise<{ name: string; problem?: Problem }> {
  const found = await troubleOf(check);
  if (found === undefined) return { name };
  const { problem, remedy, degraded = isWarning } = typeof found === 'string' ? { problem: found } : found;
  return { name, problem: { check: name, problem, ...(remedy !== undefined && { remedy }), blocking: !degraded } };
}

function wordsOf(row: Problem | undefined): string {
  if (row === undefined) return 'ok';
  return row.remedy === undefined ? row.problem : `${row.problem}. ${row.remedy}`;
}

async function troubleOf(check: Check): Promise<Trouble | string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`no answer within ${CHECK_TIMEOUT_MS} ms`), CHECK_TIMEOUT_MS);
  });
  try {
    return await Promise.race([Promise.resolve(check()), late]);
  } catch (error) {
    return messageOf(error);
  } finally {
    clearTimeout(timer);
  }
}
