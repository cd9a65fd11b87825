import { z } from 'zod';
import { AsteriskError } from '../asterisk/port.js';
import { json } from '../http/answer.js';
import { conflict, invalid, notFound, notOwnHandset, Problem } from '../http/problem.js';
import { route, type Route } from '../http/route.js';
import { instantOf, responseInstant } from '../http/instant.js';
import { pauseReason } from '../directory/schema.js';
import type { LoginHistory } from './login-history.js';
import type { HandsetMembership } from './handset-membership.js';
import { OperatorRefused, type OperatorControl } from './operators.js';
import type { WrapUp } from './wrap-up.js';
import { loginEventNames } from './membership-store.js';

const MAX_PAGE = 200;

const contact = z.object({
  address: z.string().nullable().describe('Source address of the registration; null without the scope numbers:read'),
  user_agent: z.string(),
  state: z.enum(['reachable', 'unreachable', 'unknown']),
  expires_at: responseInstant,
});
const membership = z.object({
  queue: z.number().int(),
  logged_in: z.boolean(),
  paused: z.boolean(),
  pause_reason: z.string().describe('`wrap_up`: an extended wrap-up time'),
  state: z.enum(['free', 'ringing', 'busy', 'wrap_up', 'unavailable']),
  wrap_up_until: responseInstant.nullable(),
});
const handset = z
  .object({
    name: z.string(),
    display_name: z.string(),
    webrtc: z.boolean(),
    encryption: z.enum(['off', 'wanted', 'required']).describe('SIP over TLS with SRTP; browsers always encrypt'),
    max_contacts: z.number().int(),
    endpoint: z.string().nullable().describe('A telephone of the company’s own Asterisk, by its endpoint'),
    registered: z.boolean().describe('At least one phone can be rung'),
    contacts: z.array(contact),
    queues: z.array(membership),
  })
  .meta({ id: 'Handset' });
const dutyEvent = z.object({
  id: z.number().int(),
  at: responseInstant,
  handset: z.string(),
  operator: z.string().nullable().describe('Login of the handset’s operator at that time'),
  queue: z.number().int(),
  event: z.enum(loginEventNames),
  reason: z.string(),
  by: z.string().describe('The author; `handset`: a feature code, `asterisk`: a change in Asterisk itself'),
});

const filters = z.strictObject({
  handset: z.string().max(40).optional(),
  operator: z.string().max(80).optional(),
  queue: z.coerce.number().int().positive().optional(),
  since: z.iso.datetime({ offset: true }).optional(),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(50),
  cursor: z.coerce.number().int().min(1).optional(),
});

const named = z.object({ name: z.string().max(40) });
const inQueues = z.strictObject({ queues: z.array(z.number().int().positive()).min(1).max(1000).optional() });

interface OperatorRouteParts {
  operators: OperatorControl;
  wrapUp: Pick<WrapUp, 'end' | 'extend'>;
  history: LoginHistory;
}

/** `/api/v1/handsets` and `/api/v1/operator-events`: handsets, their registrations and agent logins. */
export function operatorRoutes({ operators, wrapUp, history }: OperatorRouteParts): Route[] {
  const command = <B extends z.ZodType>(spec: {
    word: string;
    summary: string;
    body: B;
    act: (handset: string, body: z.output<B>, by: string | undefined) => Promise<void>;
  }) =>
    route({
      method: 'POST',
      path: `/api/v1/handsets/:name/${spec.word}`,
      // Enough for the own handset; other handsets need operators:control, see below.
      scope: 'operators:read',
      forPhones: true,
      summary: spec.summary,
      params: named,
      body: spec.body,
      answers: { 200: { description: 'The handset after the change', schema: handset } },
      handle: async ({ params: { name }, body, who, can }) => {
        if (who?.operator?.handset !== name && !can('operators:control')) throw notOwnHandset('operators:control');
        await withProblems(spec.act(name, body, who?.name));
        const found = (await operators.list()).find((candidate) => candidate.handset === name);
        if (found === undefined) throw notFound(`there is no handset ${name}`);
        return json(present(found, can('numbers:read')));
      },
    });

  return [
    route({
      method: 'GET',
      path: '/api/v1/handsets',
      scope: 'operators:read',
      summary: 'All handsets with their registered phones and their memberships in queues',
      answers: { 200: { description: 'Handsets', schema: z.object({ handsets: z.array(handset) }) } },
      handle: async ({ can }) =>
        json({ handsets: (await operators.list()).map((each) => present(each, can('numbers:read'))) }),
    }),
    command({
      word: 'log-in',
      summary: 'Logs a handset in to all its queues, or to the given ones',
      body: inQueues,
      act: (name, { queues }, by) => operators.logIn(name, queues, by),
    }),
    command({
      word: 'log-out',
      summary: 'Logs a handset out of all its queues, or of the given ones',
      body: inQueues,
      act: (name, { queues }, by) => operators.logOut(name, queues, by),
    }),
    command({
      word: 'pause',
      summary: 'Pauses a handset in all queues that it is logged in to, or in the given ones',
      body: inQueues.extend({ reason: z.union([z.literal(''), pauseReason]).default('') }),
      act: (name, { queues, reason }, by) => operators.pause(name, reason, queues, by),
    }),
    command({
      word: 'unpause',
      summary: 'Ends the pause of a handset',
      body: inQueues,
      act: (name, { queues }, by) => operators.unpause(name, queues, by),
    }),
    command({
      word: 'end-wrap-up',
      summary: 'Ends the wrap-up time of a handset after a call: queues ring it again',
      body: z.strictObject({}),
      act: (name, _, by) => wrapUp.end(name, by),
    }),
    command({
      word: 'extend-wrap-up',
      summary: 'Extends the wrap-up time of a handset by a minute, up to ten minutes after the call',
      body: z.strictObject({}),
      act: (name, _, by) => wrapUp.extend(name, by),
    }),
    route({
      method: 'GET',
      path: '/api/v1/handsets/:name/queues',
      scope: 'operators:read',
      forPhones: true,
      summary: 'The memberships of one handset in its queues, with its wrap-up time',
      params: named,
      answers: { 200: { description: 'Memberships', schema: z.object({ queues: z.array(membership) }) } },
      handle: async ({ params: { name }, who }) => {
        if (who?.phoneSession !== undefined && who.operator?.handset !== name) throw notOwnHandset('operators:read');
        const found = (await operators.list()).find((candidate) => candidate.handset === name);
        if (found === undefined) throw notFound(`there is no handset ${name}`);
        return json({ queues: found.queues.map(presentMembership) });
      },
    }),
    route({
      method: 'GET',
      path: '/api/v1/operator-events',
      scope: 'operators:read',
      summary: 'History of logins, logouts and pauses, newest first',
      query: filters,
      answers: {
        200: {
          description: 'A page; `next` is the cursor of the following one',
          schema: z.object({ events: z.array(dutyEvent), next: z.string().nullable() }),
        },
      },
      handle: async ({ query: { since, cursor, ...rest } }) => {
        const from = instantOf(since);
        const { events, next } = await history.list({ ...rest, since: from, before: cursor });
        return json({
          events: events.map((event) => ({ ...event, at: iso(event.at) })),
          next: next === undefined ? null : String(next),
        });
      },
    }),
  ];
}

/** Translates refusals into problems. */
async function withProblems(request: Promise<void>): Promise<void> {
  try {
    await request;
  } catch (error) {
    if (error instanceof AsteriskError && error.reason === 'unavailable')
      throw new Problem(503, 'Asterisk is unreachable', 'logins and pauses are not possible now; try again', {
        headers: { 'retry-after': '2' },
      });
    if (!(error instanceof OperatorRefused)) throw error;
    const { why, message } = error;
    if (why === 'unknown_handset') throw notFound(message);
    if (why === 'not_logged_in' || why === 'not_in_wrap_up' || why === 'wrap_up_limit') throw conflict(message);
    throw invalid([{ field: why === 'unknown_reason' ? 'body.reason' : 'body.queues', detail: message }]);
  }
}

function present(found: HandsetMembership, seesNumbers: boolean): z.output<typeof handset> {
  return {
    name: found.handset,
    display_name: found.displayName,
    webrtc: found.webrtc,
    encryption: found.encryption,
    max_contacts: found.maxContacts,
    endpoint: found.endpoint,
    registered: found.registered,
    contacts: found.contacts.map(({ address, userAgent, state, expiresAt }) => ({
      address: seesNumbers ? address : null,
      user_agent: userAgent,
      state,
      expires_at: iso(expiresAt),
    })),
    queues: found.queues.map(presentMembership),
  };
}

function presentMembership(presence: HandsetMembership['queues'][number]): z.output<typeof membership> {
  const { queue, loggedIn, paused, pauseReason: reason, state, wrapUpUntil } = presence;
  return {
    queue,
    logged_in: loggedIn,
    paused,
    pause_reason: reason,
    state,
    wrap_up_until: wrapUpUntil === null ? null : iso(wrapUpUntil),
  };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
