import { z } from 'zod';
import { json, noContent } from '../http/answer.js';
import { notFound, Problem } from '../http/problem.js';
import { route, scopes, type Route } from '../http/route.js';
import { responseInstant } from '../http/instant.js';
import type { ApiToken, ApiTokens } from './api-tokens.js';
import { requireScopes } from './routes.js';

/** The names of the tokens from the environment. */
const RESERVED_NAMES = ['admin', 'reader'];

const tokenName = z.string().regex(/^[a-z0-9][a-z0-9_.-]{0,59}$/, 'lower-case letters, digits, ., - and _');
const scope = z.enum(scopes);

const tokenAnswer = z
  .object({
    name: z.string(),
    scopes: z.array(z.string()),
    created_at: responseInstant,
    expires_at: responseInstant.nullable(),
    last_used_at: responseInstant.nullable().describe('To the minute'),
  })
  .meta({ id: 'Token' });

/** `/api/v1/tokens`: API tokens of programs. */
export function tokenRoutes(tokens: ApiTokens): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/v1/tokens',
      scope: 'accounts:write',
      summary: 'All tokens except those of the environment',
      answers: { 200: { description: 'Tokens', schema: z.object({ tokens: z.array(tokenAnswer) }) } },
      handle: () => json({ tokens: tokens.list().map(presentToken) }),
    }),
    route({
      method: 'POST',
      path: '/api/v1/tokens',
      scope: 'accounts:write',
      summary:
        'Creates a token; you can only grant scopes that you have. With `replace`, the token that has this name is revoked in the same step',
      body: z.strictObject({
        name: tokenName,
        scopes: z.array(scope).min(1),
        expires_at: z.iso.datetime({ offset: true }).optional(),
        replace: z.boolean().default(false),
      }),
      answers: { 201: { description: 'The token, shown only once', schema: z.object({ token: z.string() }) } },
      handle: async ({ body, can }) => {
        requireScopes(body.scopes, can);
        const expiresAt = body.expires_at === undefined ? null : Date.parse(body.expires_at);
        const { name, scopes: granted, replace } = body;
        return json({ token: await createToken(tokens, { name, scopes: granted, expiresAt }, replace) }, 201);
      },
    }),
    route({
      method: 'DELETE',
      path: '/api/v1/tokens/:name',
      scope: 'accounts:write',
      summary: 'Revokes a token at once',
      params: z.object({ name: tokenName }),
      answers: { 204: { description: 'Revoked' } },
      handle: async ({ params: { name } }) => {
        if (!(await tokens.revoke(name))) throw notFound('there is no such token');
        return noContent();
      },
    }),
  ];
}

/** @returns the token, which cannot be read again @throws {Problem} 409 when the name is in use */
async function createToken(
  tokens: ApiTokens,
  spec: Pick<ApiToken, 'name' | 'scopes' | 'expiresAt'>,
  replace: boolean,
): Promise<string> {
  const created = RESERVED_NAMES.includes(spec.name) ? undefined : await tokens.createAll([spec], { replace });
  const token = created?.get(spec.name);
  if (token === undefined) throw new Problem(409, 'Conflict', 'a token with this name exists: choose another name');
  return token;
}

function presentToken({ name, scopes: granted, createdAt, expiresAt, lastUsedAt }: ApiToken) {
  const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());
  return {
    name,
    scopes: granted,
    created_at: iso(createdAt),
    expires_at: iso(expiresAt),
    last_used_at: iso(lastUsedAt),
  };
}
