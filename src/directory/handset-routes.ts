import { z } from 'zod';
import { json } from '../http/answer.js';
import { notFound } from '../http/problem.js';
import { route, type Route } from '../http/route.js';
import type { HandsetKeeper } from './handset-keeper.js';
import type { Handset } from './schema.js';

const handset = z.object({ name: z.string(), display_name: z.string(), registered: z.boolean() });
const credentials = z.object({ user: z.string(), password: z.string() });

/** `/api/v1/handsets`: the SIP accounts that people answer on. */
export function handsetRoutes(handsets: () => Handset[], keeper: HandsetKeeper): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/v1/handsets',
      scope: 'config:read',
      summary: 'All handsets, and which are registered',
      answers: { 200: { description: 'Handsets', schema: z.object({ handsets: z.array(handset) }) } },
      handle: async () => {
        const found = handsets().map(async ({ name, display_name }) => ({
          name,
          display_name,
          registered: await keeper.isRegistered(name),
        }));
        return json({ handsets: await Promise.all(found) });
      },
    }),
    route({
      method: 'GET',
      path: '/api/v1/handsets/:name/credentials',
      scope: 'config:write',
      summary: 'What to type into the handset',
      params: z.object({ name: z.string().max(40) }),
      answers: { 200: { description: 'User name and password', schema: credentials } },
      handle: async ({ params: { name } }) => {
        if (!handsets().some((one) => one.name === name)) throw notFound(`there is no handset ${name}`);
        return json({ user: name, password: await keeper.password(name) });
      },
    }),
  ];
}
