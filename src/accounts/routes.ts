import { z } from 'zod';
import { json } from '../http/answer.js';
import { logIn } from '../http/authenticate.js';
import { notFound, Problem } from '../http/problem.js';
import { route, type Route } from '../http/route.js';
import type { Accounts } from './accounts.js';

/** Long enough that guessing is hopeless at the pace that is left to it; no rules about letters (NIST SP 800-63B). */
export const newPassword = z.string().min(10, 'at least 10 characters').max(200);
export const oldPassword = z.string().max(200);

const account = z.object({
  id: z.number().int(),
  login: z.string(),
  name: z.string(),
  role: z.string(),
  handset: z.string().nullable(),
  has_password: z.boolean(),
});
const login = z.object({ login: z.string().max(80) });

/** `/api/v1/accounts`: passwords of the operators that the company's document names. */
export function accountRoutes(accounts: Accounts): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/v1/me',
      scope: 'calls:read',
      summary: 'Who asks, and what they may do',
      handle: ({ who }) =>
        json({
          name: who?.name,
          scopes: who?.scopes,
          operator: who?.operator?.id ?? null,
          handset: who?.operator?.handset ?? null,
        }),
    }),
    route({
      method: 'GET',
      path: '/api/v1/accounts',
      scope: 'accounts:write',
      summary: 'All operators, and who has a password',
      answers: { 200: { description: 'Accounts', schema: z.object({ accounts: z.array(account) }) } },
      handle: () =>
        json({
          accounts: accounts.list().map(({ id, login: name, name: called, role, handset = null, hasPassword }) => ({
            id,
            login: name,
            name: called,
            role,
            handset,
            has_password: hasPassword,
          })),
        }),
    }),
    route({
      method: 'PUT',
      path: '/api/v1/accounts/:login/password',
      scope: 'accounts:write',
      summary: 'Sets a password, or makes one up; ends the operator’s sessions',
      params: login,
      body: z.strictObject({ password: newPassword.optional() }),
      answers: {
        200: { description: 'The password, shown this once', schema: z.object({ password: z.string() }) },
      },
      handle: async ({ params, body }) => {
        const password = await accounts.setPassword(params.login, body.password);
        if (password === undefined) throw notFound('no operator of the company has this login');
        return json({ password });
      },
    }),
    route({
      method: 'POST',
      path: '/api/v1/me/password',
      scope: 'calls:read',
      summary: 'Changes one’s own password; ends all of one’s sessions',
      body: z.strictObject({ old: oldPassword, new: newPassword }),
      answers: { 200: { description: 'Changed' } },
      handle: async ({ body, who, address }) => {
        if (who?.operator === undefined)
          throw new Problem(403, 'Forbidden', 'a token has no password: log in with a login and a password');
        await logIn(accounts, who.name, body.old, address);
        await accounts.setPassword(who.name, body.new);
        return json({});
      },
    }),
  ];
}
