import { DateTime } from 'luxon';
import { z } from 'zod';
import type { CallControl, ControlRefused } from '../../telephony/control.js';
import type { CallFilter, CallRecord } from '../../calls/reader.js';
import { runtelSchema, type RuntelCall, type RuntelSettings } from './schema.js';
import { json, type Answer } from '../../http/answer.js';
import { invalid, notFound, type Problem } from '../../http/problem.js';
import { refusalProblem } from '../../http/refusal.js';
import { route, type Request, type Route } from '../../http/route.js';
import { instantOf } from '../../http/instant.js';
import type { Company } from '../../company/company.js';
import type { OperatorControl } from '../../agents/operators.js';
import { presenceOf } from '../shared/presence.js';
import type { RecordingAccess, RecordingSummary } from '../shared/recordings.js';
import { findHandset } from './people.js';
import type { Fields } from '../shared/input.js';
import { numberWriter, personFields, renamed, renamedBack } from './wire.js';
import { compact } from '../../lib/compact.js';

export interface RuntelPorts {
  company: () => Company;
  calls: Pick<CallControl, 'call'>;
  log: {
    list(filter: CallFilter): Promise<{ calls: CallRecord[] }>;
    get(id: string): Promise<{ call: CallRecord } | undefined>;
  };
  recordings: RecordingAccess;
  operators: Pick<OperatorControl, 'list'>;
}

const PREFIX = '/integration/runtel';
const params = z.object({ id: z.string().min(1).max(200) });
const instant = z.iso.datetime({ offset: true, error: 'an instant such as 2026-11-21T10:15:00+01:00' });
const logQuery = z.object({
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  from: instant.optional(),
  to: instant.optional(),
});
/** In the default names. */
export const callInput = z.object({
  ...personFields,
  number: z.coerce.string().min(2).max(40),
  line: z.coerce.string().max(40).optional(),
});
const localInstant = z.string().describe('ISO 8601, with the company’s offset from UTC');
const number = z.string().describe('As `numbers` of the settings writes it; masked without the scope `numbers:read`');
const seconds = z.number().int().nullable().describe('In seconds');
const callAnswer = z
  .object({
    call_id: z.string(),
    direction: z.enum(['incoming', 'outgoing']),
    caller_number: number,
    called_number: number,
    started_at: localInstant,
    answered_at: localInstant.nullable(),
    ended_at: localInstant.nullable(),
    duration: seconds,
    running: z.boolean(),
    recordings: z.array(z.object({ id: z.string(), duration: seconds, url: z.string() })),
  })
  .meta({ id: 'RuntelCall' });
const userAnswer = z
  .object({
    id: z.number().int(),
    login: z.string(),
    name: z.string(),
    handset: z.string().nullable(),
    extension: z.string().nullable().describe('Of the CRM'),
    state: z.string().meta({ examples: ['free'] }),
  })
  .meta({ id: 'RuntelUser' });

/** The API for CRMs of Runtel (docs/runtel.md): only its wire format. */
export function runtelRoutes(ports: RuntelPorts): Record<RuntelCall, Route> {
  const settings = (): RuntelSettings => ports.company().runtel ?? runtelSchema.parse({});
  const answer = (fields: Fields, status = 200): Answer => json(renamed(fields, settings()), status);
  return {
    call_log: route({
      method: 'GET',
      path: `${PREFIX}/calls`,
      scope: 'calls:read',
      summary: 'Runtel: the history of calls, newest first',
      query: logQuery,
      answers: {
        200: { description: 'A page', schema: z.object({ calls: z.array(callAnswer), page: z.number().int() }) },
      },
      async handle(request) {
        const { page, from, to } = request.query;
        const limit = settings().page_size;
        const [since, until] = [from, to].map(instantOf);
        const { calls } = await ports.log.list({ since, until, limit, offset: (page - 1) * limit });
        return answer({ calls: await shown(calls, request, ports, settings()), page });
      },
    }),
    one_call: route({
      method: 'GET',
      path: `${PREFIX}/calls/:id`,
      scope: 'calls:read',
      summary: 'Runtel: one call',
      params,
      answers: { 200: { description: 'The call', schema: callAnswer } },
      async handle(request) {
        const found = await ports.log.get(request.params.id);
        if (found === undefined) throw notFound('there is no such call');
        const [call = {}] = await shown([found.call], request, ports, settings());
        return answer(call);
      },
    }),
    call: route({
      method: 'POST',
      path: `${PREFIX}/calls`,
      scope: 'calls:control',
      summary: 'Runtel: an outgoing call; the user’s handset rings first, then the number',
      body: z.record(z.string(), z.unknown()),
      answers: { 202: { description: 'The call begins', schema: z.object({ call_id: z.string() }) } },
      async handle({ body }) {
        const parsed = callInput.safeParse(renamedBack(body, settings()));
        if (!parsed.success)
          throw invalid(parsed.error.issues.map(({ path, message }) => ({ field: path.join('.'), detail: message })));
        const { number, line, ...person } = parsed.data;
        const handset = findHandset(person, ports.company(), settings());
        if (handset === undefined)
          throw invalid([{ field: 'user', detail: 'name a user, a handset or an extension that has a handset' }]);
        const begun = await ports.calls.call(compact({ handset, number, line }));
        if (!begun.ok) throw refusal(begun);
        return answer({ call_id: begun.callId }, 202);
      },
    }),
    recording: route({
      method: 'GET',
      path: `${PREFIX}/recordings/:id`,
      scope: 'recordings:read',
      summary: 'Runtel: the audio of a recording',
      params,
      answers: { 200: { description: 'The sound', type: 'audio/wav' } },
      async handle({ params: { id }, headers }) {
        const audio = await ports.recordings.audio(id, headers);
        if (audio === undefined) throw notFound('there is no such recording, or it was deleted');
        return audio;
      },
    }),
    user_states: route({
      method: 'GET',
      path: `${PREFIX}/users`,
      scope: 'operators:read',
      summary: 'Runtel: users and their states',
      answers: { 200: { description: 'The users', schema: z.object({ users: z.array(userAnswer) }) } },
      async handle() {
        const standings = await ports.operators.list();
        const users = ports.company().operators.map(({ id, login, name, handset }) => {
          const standing = standings.find((each) => each.handset === handset);
          return {
            id,
            login,
            name,
            handset: handset ?? null,
            extension: extensionOf(handset),
            state: presenceOf(standing),
          };
        });
        return answer({ users });
      },
    }),
  };

  function extensionOf(handset: string | undefined): string | null {
    return Object.entries(settings().extensions).find(([, name]) => name === handset)?.[0] ?? null;
  }
}

async function shown(
  calls: readonly CallRecord[],
  { can }: Request,
  { recordings, company }: RuntelPorts,
  settings: RuntelSettings,
): Promise<Fields[]> {
  const { country, time_zone: zone } = company();
  const kept = can('recordings:read')
    ? await recordings.ofCalls(calls.map(({ id }) => id))
    : new Map<string, RecordingSummary[]>();
  const number = numberWriter(settings, country, can('numbers:read'));
  const at = (ms: number | null) => (ms === null ? null : DateTime.fromMillis(ms, { zone }).toISO());
  return calls.map(({ id, running, summary }) => {
    const { direction, line, caller, startedAt, answeredAt, endedAt } = summary;
    const [from, to] = direction === 'incoming' ? [caller, line] : [line, caller];
    return {
      call_id: id,
      direction,
      caller_number: number(from),
      called_number: number(to),
      started_at: at(startedAt),
      answered_at: at(answeredAt),
      ended_at: at(endedAt),
      duration: endedAt === null ? null : Math.round((endedAt - startedAt) / 1000),
      running,
      recordings: (kept.get(id) ?? []).map((recording) => ({
        id: recording.id,
        duration: recording.durationMs === null ? null : Math.round(recording.durationMs / 1000),
        url: `${PREFIX}/recordings/${encodeURIComponent(recording.id)}`,
      })),
    };
  });
}

function refusal({ why, detail }: ControlRefused): Problem {
  if (why === 'unavailable' || why === 'not_now') return refusalProblem(why === 'not_now' ? 'conflict' : why, detail);
  return refusalProblem('bad_request', detail, [{ field: why === 'unknown_target' ? 'line' : 'number', detail }]);
}
