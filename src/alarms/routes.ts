import { z } from 'zod';
import { json } from '../http/answer.js';
import { responseInstant } from '../http/instant.js';
import { notFound } from '../http/problem.js';
import { route, type Request, type Route } from '../http/route.js';
import { nameOf } from '../http/tokens.js';
import type { Clock, Instant } from '../lib/clock.js';
import { supportedLanguageOf, type Language } from '../lib/language.js';
import { MINUTE_MS } from '../lib/time.js';
import { covers } from './evaluate.js';
import { describeAlarm } from './message.js';
import type { Alarm, Silence } from './rules.js';
import { alarmRules } from './schema.js';
import type { AlarmStore } from './store.js';

const LONGEST_SILENCE_MINUTES = 43_200;
const MAX_PAGE = 200;

const rule = z.enum(alarmRules).meta({ examples: ['trunk_down'] });

const silenceAnswer = z.object({
  id: z.number().int(),
  rule,
  about: z.string().nullable().describe('null: every subject of the rule'),
  until: responseInstant,
  reason: z.string(),
  by: z.string().describe('`@login` of the person, or name of the token'),
  at: responseInstant,
});

const alarmAnswer = z.object({
  id: z.number().int(),
  rule,
  about: z
    .string()
    .describe('Such as the name of a trunk or a queue; empty when the rule is about one thing')
    .meta({ examples: ['trunk'] }),
  state: z.enum(['firing', 'resolved']),
  title: z.string().describe('In the language of the request'),
  text: z.string().describe('What happened'),
  remedy: z.string().describe('What to do'),
  since: responseInstant.describe('When the condition began'),
  fired_at: responseInstant,
  resolved_at: responseInstant.nullable(),
  sent_at: responseInstant.nullable().describe('When messages were queued; null while it is silenced'),
  acknowledged: z.object({ at: responseInstant, by: z.string() }).nullable(),
  silenced: z.boolean().describe('No message is sent when it fires'),
});

const listAnswer = z.object({
  alarms: z.array(alarmAnswer).describe('That fire now, newest first'),
  silences: z.array(silenceAnswer),
});

const byId = z.object({ id: z.coerce.number().int() });

/** `/api/v1/alarms`. */
export function alarmRoutes({ store, clock }: { store: AlarmStore; clock: Pick<Clock, 'now'> }): Route[] {
  const list = async (request: Pick<Request, 'languages'>) => {
    const now = clock.now();
    const [alarms, silences] = await Promise.all([store.open(), store.silences(now)]);
    const present = presenter(request, silences, now);
    return { alarms: alarms.reverse().flatMap(present), silences: silences.map(presentSilence) };
  };
  return [
    route({
      method: 'GET',
      path: '/api/v1/alarms',
      scope: 'metrics:read',
      summary: 'The alarms that fire now, and the silences',
      answers: { 200: { description: 'The alarms', schema: listAnswer } },
      handle: async (request) => json((await list(request)) satisfies z.output<typeof listAnswer>),
    }),
    route({
      method: 'GET',
      path: '/api/v1/alarms/history',
      scope: 'metrics:read',
      summary: 'Resolved alarms, newest first',
      query: z.strictObject({
        before: z.coerce.number().int().optional().describe('`next` of the previous page'),
        limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(50),
      }),
      answers: {
        200: {
          description: 'A page; `next` is null on the last',
          schema: z.object({ alarms: z.array(alarmAnswer), next: z.number().int().nullable() }),
        },
      },
      async handle(request) {
        const { alarms, next } = await store.history(request.query.before, request.query.limit);
        return json({ alarms: alarms.flatMap(presenter(request, [], clock.now())), next: next ?? null });
      },
    }),
    route({
      method: 'POST',
      path: '/api/v1/alarms/:id/acknowledge',
      scope: 'alarms:write',
      summary: 'Says that you take care of an alarm; others see it',
      params: byId,
      answers: {
        200: { description: 'The alarms', schema: listAnswer },
        404: { description: 'There is no such alarm, or it is resolved' },
      },
      async handle(request) {
        if (!(await store.acknowledge(request.params.id, whoAsks(request), clock.now())))
          throw notFound('there is no such alarm, or it is resolved');
        return json(await list(request));
      },
    }),
    route({
      method: 'POST',
      path: '/api/v1/alarms/silences',
      scope: 'alarms:write',
      summary:
        'Sends no messages about an alarm for a time. If it still fires at the end, it is sent then. Replaces an earlier silence of the same alarm',
      body: z.strictObject({
        rule,
        about: z.string().max(300).nullable().default(null).describe('null: every subject of the rule'),
        minutes: z.number().int().min(1).max(LONGEST_SILENCE_MINUTES),
        reason: z
          .string()
          .trim()
          .min(1)
          .max(500)
          .meta({ examples: ['The provider repairs the line until 14:00.'] }),
      }),
      answers: { 201: { description: 'The silence', schema: silenceAnswer } },
      async handle(request) {
        const { about: subject, minutes, ...given } = request.body;
        const at = clock.now();
        const until = at + minutes * MINUTE_MS;
        return json(presentSilence(await store.silence({ ...given, subject, until, by: whoAsks(request), at })), 201);
      },
    }),
    route({
      method: 'DELETE',
      path: '/api/v1/alarms/silences/:id',
      scope: 'alarms:write',
      summary: 'Ends a silence',
      params: byId,
      answers: {
        200: { description: 'The alarms', schema: listAnswer },
        404: { description: 'There is no such silence, or it has ended' },
      },
      async handle(request) {
        if (!(await store.unsilence(request.params.id, clock.now())))
          throw notFound('there is no such silence, or it has ended');
        return json(await list(request));
      },
    }),
  ];
}

function whoAsks({ who }: Pick<Request, 'who'>): string {
  return who === undefined ? '' : nameOf(who);
}

/** Alarms that have not fired are not shown. */
function presenter({ languages }: Pick<Request, 'languages'>, silences: readonly Silence[], now: Instant) {
  const language: Language = supportedLanguageOf(languages);
  return (alarm: Alarm): z.output<typeof alarmAnswer>[] => {
    const { id, rule: name, subject, begunAt, firedAt, resolvedAt, sentAt, acknowledged } = alarm;
    if (firedAt === null) return [];
    const { title, what, remedy } = describeAlarm(alarm, language);
    return [
      {
        id,
        rule: name,
        about: subject,
        state: resolvedAt === null ? 'firing' : 'resolved',
        title,
        text: what,
        remedy,
        since: iso(begunAt),
        fired_at: iso(firedAt),
        resolved_at: resolvedAt === null ? null : iso(resolvedAt),
        sent_at: sentAt === null ? null : iso(sentAt),
        acknowledged: acknowledged && { at: iso(acknowledged.at), by: acknowledged.by },
        silenced: silences.some((silence) => covers(silence, alarm, now)),
      },
    ];
  };
}

function presentSilence({ id, rule: name, subject, until, reason, by, at }: Silence): z.output<typeof silenceAnswer> {
  return { id, rule: name, about: subject, until: iso(until), reason, by, at: iso(at) };
}

function iso(at: Instant): string {
  return new Date(at).toISOString();
}
