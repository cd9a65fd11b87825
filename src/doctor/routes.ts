import { z } from 'zod';
import { json } from '../http/answer.js';
import { conflict } from '../http/problem.js';
import { route, type Route } from '../http/route.js';
import { CHECKS, checkIds } from './check-ids.js';
import { statusOf, type Doctor, type Row, type Run } from './doctor.js';
import { allRemedyCodes, remedyText } from './remedies.js';

const rowAnswer = z.object({
  check: z.enum(checkIds).meta({ examples: ['nat'] }),
  looked_at: z.string().describe('What the check looks at, in English'),
  state: z.enum(['waiting', 'running', 'done']),
  status: z
    .enum(['ok', 'warning', 'failed', 'skipped'])
    .nullable()
    .describe('skipped: it could not be looked at, for the reason in `value`; null until the check is done'),
  value: z.string().nullable().describe('What was found, in English'),
  remedy: z.string().nullable().describe('What to do, in English; null when nothing is wrong'),
  remedy_code: z.enum(allRemedyCodes).nullable().describe('For a translation of the remedy'),
  duration_ms: z.number().nullable(),
});

export const runAnswer = z.object({
  id: z.string(),
  started_at: z.iso.datetime(),
  finished_at: z.iso.datetime().nullable().describe('null while checks are made'),
  status: z.enum(['ok', 'warning', 'failed']).describe('The gravest result so far'),
  rows: z.array(rowAnswer).describe('In the order in which the checks are made'),
});
export type RunAnswer = z.output<typeof runAnswer>;

const bodySchema = z.strictObject({
  loop_back: z
    .boolean()
    .default(false)
    .describe(
      'Makes test calls, too: one inside Asterisk, and one over SIP with audio. No line, handset, history or report sees them; they take about 15 s',
    ),
});

/** `/api/v1/system/checks`: checks everything now. */
export function doctorRoutes(doctor: Pick<Doctor, 'begin' | 'last'>): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/v1/system/checks',
      scope: 'metrics:read',
      summary: 'The last complete check of the system, with its progress',
      answers: {
        200: {
          description: 'The run',
          schema: z.object({ run: runAnswer.nullable().describe('null before the first') }),
        },
      },
      handle: () => json({ run: doctor.last === undefined ? null : presentRun(doctor.last) }),
    }),
    route({
      method: 'POST',
      path: '/api/v1/system/checks',
      scope: 'config:write',
      summary:
        'Begins to check everything: ports, NAT, rights, clocks, disk, codecs, prompts, certificate, trunk, backup',
      body: bodySchema,
      answers: {
        202: { description: 'The checks are being made', schema: runAnswer },
        409: { description: 'They are being made already' },
      },
      handle({ body }) {
        const run = doctor.begin(body.loop_back);
        if (run === undefined) throw conflict('the checks are being made: wait until they are finished');
        return json(presentRun(run), 202);
      },
    }),
  ];
}

/** As the API and `cordboard doctor --json` show it. */
export function presentRun({ id, startedAt, finishedAt, rows }: Run): RunAnswer {
  return {
    id,
    started_at: new Date(startedAt).toISOString(),
    finished_at: finishedAt === undefined ? null : new Date(finishedAt).toISOString(),
    status: statusOf({ rows }),
    rows: rows.map(presentRow),
  };
}

export function presentRow({ check, state, finding, durationMs }: Row): RunAnswer['rows'][number] {
  return {
    check,
    looked_at: CHECKS[check],
    state,
    status: finding?.status ?? null,
    value: finding?.value ?? null,
    remedy: finding?.remedy === undefined ? null : remedyText(finding.remedy),
    remedy_code: finding?.remedy ?? null,
    duration_ms: durationMs ?? null,
  };
}
