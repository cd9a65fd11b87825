import { z } from 'zod';
import type { CallRecord } from '../../../../calls/reader.js';
import type { CallAgent } from '../../../../telephony/call-outcome.js';
import { notFound } from '../../../../http/problem.js';
import { callIdOf, found, known } from '../ids.js';
import type { RecordingSummary } from '../../../shared/recordings.js';
import type { Context } from '../ports.js';
import { callId, instant, none, pageNumber, endpoint, whole, type Endpoint } from '../endpoint.js';
import type { Fields } from '../../../shared/input.js';

/** Upper limit of concurrent calls. */
const MOST_CURRENT = 1_000;

/** Present and past calls. */
export const logRows: Endpoint[] = [
  endpoint({
    name: 'current_calls',
    method: 'GET',
    path: '/calls/current',
    scope: 'calls:read',
    input: none,
    handle: async (_input, context) => {
      const { calls } = await context.ports.log.list({ running: true, limit: MOST_CURRENT });
      return { list: 'calls', item: 'call', items: await shown(calls, context) };
    },
  }),
  endpoint({
    name: 'call_log',
    method: 'GET',
    path: '/calls',
    scope: 'calls:read',
    input: z.object({
      page: pageNumber,
      from: instant.optional(),
      to: instant.optional(),
      number_id: whole.optional(),
    }),
    async handle(input, context) {
      const { ports, company, profile } = context;
      const line =
        input.number_id === undefined
          ? undefined
          : known((await ports.ids.numbers(company, profile)).get(input.number_id), 'number_id', 'number');
      const limit = profile.page_size;
      const filter = { line, since: input.from, until: input.to, limit, offset: (input.page - 1) * limit };
      return { list: 'calls', item: 'call', items: await shown((await ports.log.list(filter)).calls, context) };
    },
  }),
  endpoint({
    name: 'one_call',
    method: 'GET',
    path: '/calls/:id',
    scope: 'calls:read',
    input: z.object({ id: callId }),
    async handle({ id }, context) {
      const { call } = found(await context.ports.log.get(await callIdOf(id, context)), 'call');
      return { item: 'call', fields: (await shown([call], context))[0] ?? {} };
    },
  }),
  endpoint({
    name: 'call_audio',
    method: 'GET',
    path: '/calls/recordings/:id',
    scope: 'recordings:read',
    input: z.object({ id: z.string().max(200) }),
    async handle({ id }, { ports, headers }) {
      const file = await ports.recordings.audio(id, headers);
      if (file === undefined) throw notFound('there is no such recording, or it was deleted');
      return { file };
    },
  }),
];

async function shown(calls: readonly CallRecord[], context: Context): Promise<Fields[]> {
  const ids = calls.map(({ id }) => id);
  const numbers = await context.ports.numbers.of(ids);
  const recordings = context.can('recordings:read')
    ? await context.ports.recordings.ofCalls(ids)
    : new Map<string, RecordingSummary[]>();
  return calls.map((call) => ({
    id: numbers.get(call.id) ?? call.id,
    ...fieldsOf(call, recordings.get(call.id) ?? [], context),
  }));
}

function seconds(ms: number | null | undefined): number | null {
  return ms == null ? null : Math.round(ms / 1000);
}

function agentOf(agent: CallAgent, number: (text: string) => string): string {
  if ('number' in agent) return number(agent.number);
  return 'handset' in agent ? agent.handset : agent.party;
}

function fieldsOf(
  { id, running, summary, outcome }: CallRecord,
  recordings: readonly RecordingSummary[],
  context: Context,
): Fields {
  const { number, instant: at } = context;
  const { direction, line, caller, startedAt, answeredAt, endedAt } = summary;
  const [from, to] = direction === 'incoming' ? [caller, line] : [line, caller];
  return {
    call_id: id,
    direction,
    caller_number: number(from),
    dialed_number: number(to),
    started_at: at(startedAt),
    answered_at: at(answeredAt),
    ended_at: at(endedAt),
    duration: endedAt === null ? null : Math.round((endedAt - startedAt) / 1000),
    running,
    state: summary.at,
    ended_by: outcome?.endedBy ?? summary.endedBy,
    result: outcome?.name ?? null,
    waited: seconds(outcome?.waitedMs),
    talked: seconds(outcome?.talkMs),
    group_id: outcome?.queue ?? null,
    agent: outcome?.agent ? agentOf(outcome.agent, number) : null,
    recordings: recordings.map((recording) => ({
      id: recording.id,
      state: recording.state,
      duration: recording.durationMs === null ? null : Math.round(recording.durationMs / 1000),
      url: `/calls/recordings/${encodeURIComponent(recording.id)}`,
    })),
  };
}
