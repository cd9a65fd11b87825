import { z } from 'zod';
import { json, noContent } from '../http/answer.js';
import { notFound, Problem } from '../http/problem.js';
import { route, type Request, type Route } from '../http/route.js';
import type { ScreenPopTokens } from './screen-pop-tokens.js';

const operatorId = z.object({ id: z.coerce.number().int().positive() });
const dispatchToken = z
  .string()
  .trim()
  .regex(
    /^[\x21-\x7e]{1,1000}$/,
    '1 to 1000 visible characters without spaces, as the dispatch shows it in the profile',
  );

const path = '/api/v1/operators/:id/dispatch-token';
const tokenStatus = z.object({ set_since: z.string().nullable().describe('ISO 8601, UTC; null when no token is set') });

/** `/api/v1/operators/…/dispatch-token`: your own token, and with accounts:write that of any operator. It is never shown. */
export function screenPopTokenRoutes(tokens: ScreenPopTokens): Route[] {
  const shared = { path, scope: 'operators:read', params: operatorId } as const;
  return [
    route({
      ...shared,
      method: 'GET',
      summary: 'When the operator’s access token of the dispatch was set; the token itself is never shown',
      answers: { 200: { description: 'Whether a token is set', schema: tokenStatus } },
      handle: (request) => {
        requireOwnOrAdmin(request, tokens);
        return json({ set_since: setSince(tokens, request.params.id) });
      },
    }),
    route({
      ...shared,
      method: 'PUT',
      summary: 'Sets the operator’s access token of the dispatch, for the screen pop; stored encrypted',
      body: z.strictObject({ token: dispatchToken }),
      answers: { 200: { description: 'Set', schema: tokenStatus } },
      handle: async (request) => {
        requireOwnOrAdmin(request, tokens);
        await tokens.set(request.params.id, request.body.token);
        return json({ set_since: setSince(tokens, request.params.id) });
      },
    }),
    route({
      ...shared,
      method: 'DELETE',
      summary: 'Deletes the operator’s access token of the dispatch',
      answers: { 204: { description: 'Deleted' } },
      handle: async (request) => {
        requireOwnOrAdmin(request, tokens);
        await tokens.remove(request.params.id);
        return noContent();
      },
    }),
  ];
}

/** @throws {Problem} 403 and 404 */
function requireOwnOrAdmin({ who, params: { id }, can }: Request<{ id: number }>, tokens: ScreenPopTokens): void {
  if (who?.operator?.id !== id && !can('accounts:write'))
    throw new Problem(
      403,
      'Forbidden',
      'you may only change your own token: for other operators you need the scope accounts:write',
      {
        extra: { needed_scope: 'accounts:write' },
      },
    );
  if (!tokens.isOperator(id)) throw notFound('no operator of the company has this id');
}

function setSince(tokens: ScreenPopTokens, id: number): string | null {
  const at = tokens.setSince(id);
  return at === undefined ? null : new Date(at).toISOString();
}
