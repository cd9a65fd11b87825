import { z } from 'zod';
import { json } from '../http/answer.js';
import { logIn } from '../http/authenticate.js';
import { invalid, notFound, Problem } from '../http/problem.js';
import { route, scopes, type Route, type Scope } from '../http/route.js';
import type { Accounts } from './accounts.js';

/** A minimal length instead of rules about characters (NIST SP 800-63B). */
export const newPassword = z.string().min(10, 'at least 10 characters').max(200);
const oldPassword = z.string().max(200);

const account = z
  .object({
    id: z.number().int(),
    login: z.string(),
    name: z.string(),
    role: z.string(),
    handset: z.string().nullable(),
    has_password: z.boolean(),
  })
  .meta({ id: 'Account' });
const me = z.object({
  name: z
    .string()
    .describe('Login of the operator, or name of the token')
    .meta({ examples: ['jana@example.com'] }),
  scopes: z.array(z.enum(scopes)),
  operator: z.number().int().nullable().describe('Id of the operator; null for a token'),
  handset: z.string().nullable().describe('Handset of the operator; null when there is none'),
});
const login = z.object({ login: z.string().max(80) });

/** `/api/v1/accounts` and `/api/v1/me`: accounts and passwords of the operators in the company's document. */
export function accountRoutes(accounts: Accounts): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/v1/me',
      scope: 'calls:read',
      summary: 'The caller’s own name, scopes and handset',
      answers: { 200: { description: 'The operator or token of the request', schema: me } },
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
      summary: 'All operators, and whether each has a password',
      answers: { 200: { description: 'Accounts', schema: z.object({ accounts: z.array(account) }) } },
      handle: () =>
        json({
          accounts: accounts
            .list()
            .map(({ id, login: name, name: displayName, role, handset = null, hasPassword }) => ({
              id,
              login: name,
              name: displayName,
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
      summary: 'Sets or generates a password; ends the operator’s sessions',
      params: login,
      body: z.strictObject({ password: newPassword.optional() }),
      answers: {
        200: { description: 'The password, shown only once', schema: z.object({ password: z.string() }) },
      },
      handle: async ({ params, body, can }) =>
        json({ password: await resetPassword(accounts, params.login, can, body.password) }),
    }),
    route({
      method: 'POST',
      path: '/api/v1/me/password',
      scope: 'calls:read',
      summary: 'Changes your own password; ends all your sessions',
      body: z.strictObject({ old: oldPassword, new: newPassword }),
      answers: { 200: { description: 'Changed', schema: z.object({}) } },
      handle: async ({ body, who, address }) => {
        if (who?.operator === undefined)
          throw new Problem(403, 'Forbidden', 'a token has no password: log in with a login and a password');
        await checkOwnPassword(() => logIn(accounts, who.name, body.old, address));
        await accounts.setPassword(who.name, body.new);
        return json({});
      },
    }),
  ];
}

/** Another status than 401, which means that the request itself is not authenticated. @throws {Problem} 422 */
async function checkOwnPassword(check: () => Promise<unknown>): Promise<void> {
  try {
    await check();
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 401) throw error;
    throw invalid([{ field: 'body.old', detail: 'this is not your password', code: 'wrong_password' }]);
  }
}

/** Sets or generates a password. @throws {Problem} 404; 403 when the operator has scopes that the requester lacks */
async function resetPassword(
  accounts: Accounts,
  login: string,
  can: (scope: Scope) => boolean,
  password?: string,
): Promise<string> {
  const person = accounts.list().find((account) => account.login.toLowerCase() === login.toLowerCase());
  if (person === undefined) throw notFound('no operator of the company has this login');
  requireScopes(person.scopes, can);
  const chosen = await accounts.setPassword(login, password);
  if (chosen === undefined) throw notFound('no operator of the company has this login');
  return chosen;
}

/** Prevents privilege escalation: a requester can only grant its own scopes. @throws {Problem} 403 */
export function requireScopes(scopes: readonly Scope[], can: (scope: Scope) => boolean): void {
  const missing = scopes.find((scope) => !can(scope));
  if (missing !== undefined)
    throw new Problem(403, 'Forbidden', `you cannot grant the scope ${missing}: you do not have it`, {
      extra: { needed_scope: missing },
    });
}
