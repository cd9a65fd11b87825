import { z } from 'zod';
import { json } from '../http/answer.js';
import { notFound } from '../http/problem.js';
import { route, type Route } from '../http/route.js';
import type { HandsetProvisioner } from './handset-provisioner.js';
import type { Handset } from './schema.js';

const credentials = z.object({ user: z.string(), password: z.string() });

/** `/api/v1/handsets/…/password`: the one moment at which a handset's password is seen. */
export function handsetRoutes(handsets: () => Handset[], keeper: Pick<HandsetProvisioner, 'renewPassword'>): Route[] {
  return [
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
