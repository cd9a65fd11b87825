import { z } from 'zod';
import { json } from '../http/answer.js';
import { notFound } from '../http/problem.js';
import { route, type Route } from '../http/route.js';
import type { HandsetProvisioner } from './handset-provisioner.js';
import type { Handset } from './schema.js';

const credentials = z.object({ user: z.string(), password: z.string() });

/** `/api/v1/handsets/…/password`: the only place that shows a handset's password. */
export function handsetRoutes(handsets: () => Handset[], keeper: Pick<HandsetProvisioner, 'renewPassword'>): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/v1/handsets/:name/password',
      scope: 'config:write',
      summary: 'Creates a new password for a handset and returns it once; phones with the old one lose access',
      params: z.object({ name: z.string().max(40) }),
      answers: { 200: { description: 'The account of the handset', schema: credentials } },
      handle: async ({ params: { name } }) => {
        if (!handsets().some((one) => one.name === name)) throw notFound(`there is no handset ${name}`);
        return json({ user: name, password: await keeper.renewPassword(name) });
      },
    }),
  ];
}
