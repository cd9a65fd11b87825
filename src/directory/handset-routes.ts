import { z } from 'zod';
import type { HandsetContact } from '../asterisk/port.js';
import { json } from '../http/answer.js';
import { notFound } from '../http/problem.js';
import { route, type Route } from '../http/route.js';
import type { HandsetKeeper } from './handset-keeper.js';
import type { Handset } from './schema.js';

const contact = z.object({
  address: z.string().nullable().describe('Where it registered from; null without the scope numbers:read'),
  user_agent: z.string(),
  state: z.enum(['reachable', 'unreachable', 'unknown']),
  expires_at: z.string().describe('ISO 8601, UTC'),
});
const handset = z.object({
  name: z.string(),
  display_name: z.string(),
  webrtc: z.boolean(),
  max_contacts: z.number().int(),
  registered: z.boolean().describe('At least one phone can be rung'),
  contacts: z.array(contact),
});
const credentials = z.object({ user: z.string(), password: z.string() });

export interface HandsetRouteParts {
  handsets: () => Handset[];
  /** The phones that are registered; empty while Asterisk cannot tell. */
  contacts: () => Promise<HandsetContact[]>;
  keeper: Pick<HandsetKeeper, 'renewPassword'>;
}

/** `/api/v1/handsets`: the SIP accounts that people answer on. */
export function handsetRoutes({ handsets, contacts, keeper }: HandsetRouteParts): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/v1/handsets',
      scope: 'config:read',
      summary: 'All handsets, and the phones that are registered there',
      answers: { 200: { description: 'Handsets', schema: z.object({ handsets: z.array(handset) }) } },
      handle: async ({ can }) => {
        const found = await contacts();
        return json({
          handsets: handsets().map(({ name, display_name, webrtc, max_contacts }) => {
            const phones = found.filter((one) => one.handset === name);
            return {
              ...{ name, display_name, webrtc, max_contacts },
              registered: isRegistered(phones),
              contacts: phones.map((one) => presentContact(one, can('numbers:read'))),
            };
          }),
        });
      },
    }),
    route({
      method: 'POST',
      path: '/api/v1/handsets/:name/password',
      scope: 'config:write',
      summary: 'A new password for a handset, shown this once; phones that registered with the old one are out',
      params: z.object({ name: z.string().max(40) }),
      answers: { 200: { description: 'What to type into the handset', schema: credentials } },
      handle: async ({ params: { name } }) => {
        if (!handsets().some((one) => one.name === name)) throw notFound(`there is no handset ${name}`);
        return json({ user: name, password: await keeper.renewPassword(name) });
      },
    }),
  ];
}

export function isRegistered(phones: HandsetContact[]): boolean {
  return phones.some(({ state }) => state !== 'unreachable');
}

function presentContact({ address, userAgent, state, expiresAt }: HandsetContact, seesNumbers: boolean) {
  return {
    address: seesNumbers ? address : null,
    user_agent: userAgent,
    state,
    expires_at: new Date(expiresAt).toISOString(),
  };
}
