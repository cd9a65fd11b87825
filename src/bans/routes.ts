import { isIP } from 'node:net';
import { z } from 'zod';
import { json, noContent } from '../http/answer.js';
import { responseInstant } from '../http/instant.js';
import { invalid, Problem } from '../http/problem.js';
import { route, type Route } from '../http/route.js';
import { MINUTE_MS } from '../lib/time.js';
import { subscriberOf } from '../http/address.js';
import type { RecordAction } from '../storage/audit-log.js';
import type { Ban, BanList } from './ban-list.js';

const MOST_MINUTES = 525_600;

const banAnswer = z.object({
  address: z
    .string()
    .describe('An IPv4 address, or the /64 network of an IPv6 address')
    .meta({ examples: ['192.0.2.7'] }),
  since: responseInstant,
  until: responseInstant.nullable().describe('null: until it is lifted'),
  cause: z.enum(['guessing', 'manual']),
  source: z
    .enum(['sip', 'sip_udp', 'http'])
    .nullable()
    .describe(
      'Where the wrong passwords or tokens were sent; a ban for sip_udp holds for SIP only, since its address may be forged; null for a manual ban',
    ),
  times: z
    .number()
    .int()
    .describe('Number of bans of this address in a row; each is four times as long as the one before'),
  note: z.string(),
});

const listAnswer = z.object({
  bans: z.array(banAnswer),
  sip_problem: z.string().nullable().describe('Why bans do not work for SIP, in English; null when they do'),
});

const address = z
  .string()
  .transform((text) => text.replace(/::\/64$/, '::'))
  .refine((text) => isIP(text) !== 0, 'an IPv4 or IPv6 address')
  .meta({ examples: ['192.0.2.7'] });

interface Options {
  bans: Pick<BanList, 'active' | 'ban' | 'lift'>;
  sipProblem: () => string | undefined;
  record: RecordAction;
}

/** `/api/v1/bans`. */
export function banRoutes({ bans, sipProblem, record }: Options): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/v1/bans',
      scope: 'bans:write',
      summary: 'The banned addresses, newest first: neither HTTP nor SIP requests of theirs are served',
      answers: { 200: { description: 'All bans in force, at most 1000', schema: listAnswer } },
      handle: () => Promise.resolve(json({ bans: bans.active.map(present), sip_problem: sipProblem() ?? null })),
    }),
    route({
      method: 'POST',
      path: '/api/v1/bans',
      scope: 'bans:write',
      summary: 'Bans an address at once, or changes its ban',
      body: z.strictObject({
        address,
        minutes: z
          .number()
          .int()
          .min(1)
          .max(MOST_MINUTES)
          .optional()
          .describe('Default: until it is lifted')
          .meta({ examples: [1440] }),
        note: z
          .string()
          .max(200)
          .default('')
          .meta({ examples: ['scans for extensions'] }),
      }),
      answers: { 201: { description: 'The ban', schema: banAnswer } },
      async handle({ body, address: own }) {
        const refuse = (detail: string) => invalid([{ field: 'body.address', detail, code: 'refused' }]);
        if (subscriberOf(body.address) === own) throw refuse('this request comes from that address');
        const forMs = body.minutes === undefined ? undefined : body.minutes * MINUTE_MS;
        const ban = await bans.ban(body.address, { forMs, note: body.note });
        if (typeof ban === 'string') throw refuse(`it is never banned: ${ban}`);
        await record({
          action: 'address_banned',
          subject: ban.address,
          detail: { minutes: body.minutes ?? null, note: body.note },
        });
        return json(present(ban), 201);
      },
    }),
    route({
      method: 'DELETE',
      path: '/api/v1/bans/:address',
      scope: 'bans:write',
      summary: 'Lifts the ban of an address; its next ban is as short as its first one',
      params: z.object({ address }),
      answers: { 204: { description: 'Lifted' } },
      async handle({ params }) {
        const lifted = await bans.lift(params.address);
        if (lifted === undefined) throw new Problem(404, 'Not found', 'this address is not banned');
        await record({ action: 'ban_lifted', subject: lifted.address });
        return noContent();
      },
    }),
  ];
}

function present({ since, until, ...ban }: Ban) {
  return {
    ...ban,
    since: new Date(since).toISOString(),
    until: until === null ? null : new Date(until).toISOString(),
  };
}
