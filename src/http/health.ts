import { z } from 'zod';
import { json } from './answer.js';
import { route, type Route } from './route.js';

/** Says what is wrong, in words; undefined when it can be used. */
export type Check = () => Promise<string | undefined> | string | undefined;

/** A check that does not answer in this time counts as trouble. */
const CHECK_TIMEOUT_MS = 2_000;

const readiness = z.object({
  status: z.enum(['ready', 'not ready']),
  checks: z.record(z.string(), z.string()).describe('`ok`, or what is wrong'),
});

/** `/healthz`: the process answers. `/readyz`: what it needs can be used; 503 says what cannot. */
/** @param warnings what can wait: shown beside the checks, and no reason not to be ready */
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
        200: { description: 'Ready', schema: readiness },
        503: { description: 'Something cannot be used', schema: readiness },
      },
      handle: async () => {
        const results = await Promise.all(
          Object.entries({ ...checks, ...warnings }).map(
            async ([name, check]) => [name, await troubleOf(check)] as const,
          ),
        );
        const ready = results.every(([name, trouble]) => trouble === undefined || Object.hasOwn(warnings, name));
        const words = Object.fromEntries(results.map(([name, trouble]) => [name, trouble ?? 'ok']));
        return json({ status: ready ? 'ready' : 'not ready', checks: words }, ready ? 200 : 503);
      },
    }),
  ];
}

async function troubleOf(check: Check): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`no answer within ${CHECK_TIMEOUT_MS} ms`), CHECK_TIMEOUT_MS);
  });
  try {
    return await Promise.race([Promise.resolve(check()), late]);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    clearTimeout(timer);
  }
}
