import { z } from 'zod';
import type { ApiTokens } from '../../accounts/api-tokens.js';
import { requireScopes } from '../../accounts/routes.js';
import { createToken, tokenName } from '../../accounts/token-routes.js';
import { pageAfterForm, seeOther, type Answer } from '../../http/answer.js';
import { html, type Html } from '../../http/html.js';
import { route, scopes, type Request, type Route } from '../../http/route.js';
import { table } from './table.js';
import { confirmedRemoval } from './two-steps.js';
import { textsFor } from '../texts/texts.js';
import { DAY_MS } from '../../lib/time.js';

const form = { kind: 'page', bodyType: 'form', method: 'POST', scope: 'accounts:write' } as const;
const newToken = z.object({
  name: tokenName,
  scope: z.union([z.enum(scopes).transform((one) => [one]), z.array(z.enum(scopes)).min(1)]),
  /** The last valid day, in UTC. */
  until: z.union([z.literal('').transform(() => undefined), z.iso.date()]).optional(),
});

/** Renders a page that shows a secret once. */
type ShowSecret = (request: Request, title: string, secret: string, hint: string) => Answer;

/** Creates and revokes tokens on the page of accounts. */
export function tokenPages(tokens: ApiTokens, showSecret: ShowSecret): Route[] {
  return [
    route({
      ...form,
      path: '/tokens',
      summary: 'Creates a token',
      body: newToken,
      handle: async (request) => {
        const { name, scope, until } = request.body;
        requireScopes(scope, request.can);
        const expiresAt = until === undefined ? null : Date.parse(until) + DAY_MS;
        const token = await createToken(tokens, { name, scopes: scope, expiresAt });
        return pageAfterForm(request, (shown) => {
          const { tokenFor, tokenShownOnce } = textsFor(shown.languages);
          return showSecret(shown, `${tokenFor} ${name}`, token, tokenShownOnce);
        });
      },
    }),
    route({
      ...form,
      path: '/tokens/:name/revoke',
      summary: 'Revokes a token',
      params: z.object({ name: tokenName }),
      handle: async ({ params: { name } }) => {
        await tokens.revoke(name);
        return seeOther('/accounts');
      },
    }),
  ];
}

/** The table of tokens, and the form for a new one. */
export function tokenSection(request: Request, tokens: ApiTokens): Html {
  const texts = textsFor(request.languages);
  const granted = scopes.filter((scope) => request.can(scope));
  return html`<h2>${texts.tokens}</h2>
    <p class="soft">${texts.tokensHint}</p>
    ${tokenTable(request, tokens)}
    <h3>${texts.newToken}</h3>
    <form method="post" action="/tokens">
      <div class="row">
        <label
          >${texts.name} <input name="name" required pattern="[a-z0-9][a-z0-9_.\\-]{0,59}" autocomplete="off"
        /></label>
        <label>${texts.expires} <input type="date" name="until" /></label>
      </div>
      <fieldset class="choices">
        <legend>${texts.rights}</legend>
        ${granted.map(
          (scope) =>
            html`<label><input type="checkbox" name="scope" value="${scope}" /> <code>${scope}</code></label> `,
        )}
      </fieldset>
      <button>${texts.make}</button>
    </form>`;
}

function tokenTable(request: Request, tokens: ApiTokens): Html {
  const texts = textsFor(request.languages);
  const list = tokens.list();
  if (list.length === 0) return html`<p>${texts.nothingYet}</p>`;
  const day = (at: number | null) => (at === null ? texts.never : new Date(at).toISOString().slice(0, 10));
  const rows = list.map(({ name, scopes: granted, lastUsedAt, expiresAt }) => [
    name,
    granted.join(', '),
    day(lastUsedAt),
    // The last valid day, as entered in the form.
    day(expiresAt && expiresAt - 1),
    confirmedRemoval(`/tokens/${name}/revoke`, texts.revoke, name),
  ]);
  return table([texts.name, texts.rights, texts.lastUsed, texts.expires, ''], rows);
}
