import { statfs } from 'node:fs/promises';
import { z } from 'zod';
import { json } from '../http/answer.js';
import { runChecks, type HealthCheck } from '../http/health.js';
import { route, type Route } from '../http/route.js';
import { version } from '../lib/version.js';
import type { TrunkState } from './readiness.js';
import { remedyCodeOf } from './remedies.js';

const systemAnswer = z.object({
  status: z.enum(['ready', 'degraded', 'not ready']).describe('As of /readyz'),
  version: z.string().describe('Of the gateway'),
  asterisk: z.object({
    connected: z.boolean(),
    version: z
      .string()
      .nullable()
      .describe('null before the first connect')
      .meta({ examples: ['22.10.1'] }),
  }),
  trunk: z
    .object({
      endpoint: z.string(),
      state: z.enum(['online', 'offline', 'unknown']).describe('unknown: Asterisk has no such endpoint'),
      registrations: z
        .array(z.string())
        .describe('With the provider, as Asterisk reports them; empty when the trunk does not register')
        .meta({ examples: [['Registered']] }),
    })
    .nullable()
    .describe('null when Asterisk cannot be asked'),
  disk: z.object({ free_bytes: z.number(), total_bytes: z.number() }).describe('Of the data folder'),
  checks: z.array(
    z.object({
      check: z.string().meta({ examples: ['trunk'] }),
      ok: z.boolean(),
      blocking: z.boolean().describe('Calls cannot work'),
      problem: z.string().nullable().describe('In English'),
      remedy: z.string().nullable().describe('In English'),
      remedy_code: z
        .string()
        .nullable()
        .describe('For a translation of the remedy; null when none is known')
        .meta({ examples: ['trunk_not_registered'] }),
    }),
  ),
});

interface SystemRoutesOptions {
  asterisk: { readonly usable: boolean; readonly version: string };
  trunk: () => Promise<TrunkState | undefined>;
  checks: Record<string, HealthCheck>;
  warnings: Record<string, HealthCheck>;
  dataDir: string;
}

/** `/api/v1/system`. */
export function systemRoutes({ asterisk, trunk, checks, warnings, dataDir }: SystemRoutesOptions): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/v1/system',
      scope: 'metrics:read',
      summary: 'State of the gateway, Asterisk, the trunk and the disk, with a remedy for each problem',
      answers: { 200: { description: 'The state', schema: systemAnswer } },
      async handle() {
        const [{ status, rows }, known, { bavail, blocks, bsize }] = await Promise.all([
          runChecks(checks, warnings),
          trunk().catch(() => undefined),
          statfs(dataDir),
        ]);
        return json({
          status,
          version,
          asterisk: { connected: asterisk.usable, version: asterisk.version === '' ? null : asterisk.version },
          trunk: known ?? null,
          disk: { free_bytes: bavail * bsize, total_bytes: blocks * bsize },
          checks: rows.map(({ name, problem }) => ({
            check: name,
            ok: problem === undefined,
            blocking: problem?.blocking ?? false,
            problem: problem?.problem ?? null,
            remedy: problem?.remedy ?? null,
            remedy_code: (problem && remedyCodeOf(name, problem.problem)) ?? null,
          })),
        } satisfies z.output<typeof systemAnswer>);
      },
    }),
  ];
}
