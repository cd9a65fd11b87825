import type { ApiTokens } from '../../accounts/api-tokens.js';
import { requireAll } from '../../accounts/routes.js';
import type { Scope } from '../../http/route.js';
import { dispatchTokens, tokensOf, type Provider, type TokenName } from './settings.js';

/**
 * Makes the tokens that these forms ask for. One that is there already is left alone, for the dispatch has it; with `replace` it is
 * revoked, and another one made.
 * @returns those that were made: the only time they are seen
 * @throws {Problem} 403 when whoever asks may not do what the tokens may
 */
export async function makeGatewayTokens(
  tokens: Pick<ApiTokens, 'list' | 'make' | 'revoke'>,
  wanted: readonly Provider[],
  replace: boolean,
  can: (scope: Scope) => boolean,
): Promise<Partial<Record<TokenName, string>>> {
  const made: Partial<Record<TokenName, string>> = {};
  for (const name of wanted.flatMap(tokensOf)) {
    const scopes = dispatchTokens[name];
    requireAll(scopes, can);
    if (replace) await tokens.revoke(name);
    const token = await tokens.make({ name, scopes, expiresAt: null });
    if (token !== undefined) made[name] = token;
  }
  return made;
}
