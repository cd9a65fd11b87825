import type { ApiTokens } from '../../accounts/api-tokens.js';
import { requireScopes } from '../../accounts/routes.js';
import type { Scope } from '../../http/route.js';
import { dispatchTokens, tokensOf, type Provider, type TokenName } from './settings.js';

/**
 * Creates the tokens for these forms. Existing tokens are kept, since the dispatch has them; with `replace` they are revoked and replaced.
 * @returns the created tokens, shown only this once
 * @throws {Problem} 403 when the client lacks a scope of the tokens
 */
export async function makeGatewayTokens(
  tokens: Pick<ApiTokens, 'createAll'>,
  wanted: readonly Provider[],
  replace: boolean,
  can: (scope: Scope) => boolean,
): Promise<Partial<Record<TokenName, string>>> {
  const names = wanted.flatMap(tokensOf);
  for (const name of names) requireScopes(dispatchTokens[name], can);
  const specs = names.map((name) => ({ name, scopes: dispatchTokens[name], expiresAt: null }));
  return Object.fromEntries(await tokens.createAll(specs, { replace }));
}
