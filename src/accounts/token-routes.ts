import { z } from 'zod';
import { json, noContent } from '../http/answer.js';
import { notFound, Problem } from '../http/problem.js';
import { route, scopes, type Route } from '../http/route.js';
import type { ApiToken, ApiTokens } from './api-tokens.js';
import { requireAll } from './routes.js';

/** Those of the environment are `admin` and `reader`. */
const TAKEN = ['admin', 'reader'];

export const tokenName = z.string().regex(/^[a-z0-9][a-z0-9_.-]{0,59}$/, 'lower-case letters, digits, ., - and _');
const scope = z.enum(scopes);
const instant = z.string().describe('ISO 8601, UTC');

const tokenAnswer = z.object({
  name: z.string(),
  scopes: z.array(z.string()),
  created_at: instant,
  expires_at: instant.nullable(),
  last_used_at: instant.nullable().describe('To the minute'),
});

/** `/api/v1/tokens`: what other programs ask the gateway with. */
export function tokenRoutes(tokens: ApiTokens): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/v1/tokens',
      scope: 'accounts:write',
      summary: 'All tokens but those of the environment',
      answers: { 200: { description: 'Tokens', schema: z.object({ tokens: z.array(tokenAnswer) }) } },
      handle: () => json({ tokens: tokens.list().map(presentToken) }),
    }),
    route({
      method: 'POST',
      path: '/api/v1/tokens',
      scope: 'accounts:write',
      summary: 'Makes a token; nobody can give more than they have',
      body: z.strictObject({
        name: tokenName,
        scopes: z.array(scope).min(1),
        expires_at: z.iso.datetime({ offset: true }).optional(),
      }),
      answers: { 201: { description: 'The token, shown this once', schema: z.object({ token: z.string() }) } },
      handle: async ({ body, can }) => {
        requireAll(body.scopes, can);
        const expiresAt = body.expires_at === undefined ? null : Date.parse(body.expires_at);
        return json({ token: await makeToken(tokens, { name: body.name, scopes: body.scopes, expiresAt }) }, 201);
      },
    }),
    route({
      method: 'DELETE',
      path: '/api/v1/tokens/:name',
      scope: 'accounts:write',
      summary: 'Revokes a token at once',
      params: z.object({ name: tokenName }),
      handle: async ({ params: { name } }) => {
        if (!(await tokens.revoke(name))) throw notFound('there is no such token');
        return noContent();
      },
    }),
  ];
}

/** @throws {Problem} 409 */
export async function makeToken(
  tokens: ApiTokens,
  wish: Pick<ApiToken, 'name' | 'scopes' | 'expiresAt'>,
): Promise<string> {
  const token = TAKEN.includes(wish.name) ? undefined : await tokens.make(wish);
  if (token === undefined) throw new Problem(409, 'Conflict', 'there is a token of this name: choose another');
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
