import { z } from 'zod';
import { dispatchToken, operatorId, requireOwnOrAdmin } from '../../accounts/screen-pop-token-routes.js';
import type { ScreenPopTokens } from '../../accounts/screen-pop-tokens.js';
import { seeOther, type Answer } from '../../http/answer.js';
import { html } from '../../http/html.js';
import { route, type Request, type Route } from '../../http/route.js';
import { textsFor } from '../texts/texts.js';
import { show } from './layout.js';
import { instant } from './instant.js';

const shared = { kind: 'page', scope: 'operators:read', params: operatorId } as const;
const path = '/dispatch-token/:id';

/** `/dispatch-token/…`: the visitor's own access token of the dispatch, and with accounts:write that of any operator. */
export function dispatchTokenPages(tokens: ScreenPopTokens, timeZone: () => string): Route[] {
  return [
    route({
      ...shared,
      method: 'GET',
      path,
      summary: 'State of an operator’s access token of the dispatch',
      handle: (request) => {
        requireOwnOrAdmin(request, tokens);
        return tokenPage(request, tokens.setSince(request.params.id), timeZone());
      },
    }),
    route({
      ...shared,
      method: 'POST',
      path,
      bodyType: 'form',
      summary: 'Sets the token',
      body: z.object({ token: dispatchToken }),
      handle: async (request) => {
        requireOwnOrAdmin(request, tokens);
        await tokens.set(request.params.id, request.body.token);
        return seeOther(`/dispatch-token/${request.params.id}`);
      },
    }),
    route({
      ...shared,
      method: 'POST',
      path: `${path}/remove`,
      bodyType: 'form',
      summary: 'Deletes the token',
      handle: async (request) => {
        requireOwnOrAdmin(request, tokens);
        await tokens.remove(request.params.id);
        return seeOther(`/dispatch-token/${request.params.id}`);
      },
    }),
  ];
}

function tokenPage(request: Request<{ id: number }>, since: number | undefined, timeZone: string): Answer {
  const { language, ofOperator: texts } = textsFor(request.languages);
  const action = `/dispatch-token/${request.params.id}`;
  const content = html`<p>${texts.tokenHint}</p>
    <p role="status">
      ${since === undefined ? texts.tokenNone : html`${texts.tokenSince} ${instant(since, timeZone, language)}.`}
    </p>
    <form method="post" action="${action}" class="row">
      <label>${texts.token} <input type="password" name="token" autocomplete="off" maxlength="1000" required /></label>
      <button>${texts.tokenSet}</button>
    </form>
    ${
      since !== undefined &&
      html`<form method="post" action="${action}/remove"><button>${texts.tokenForget}</button></form>`
    }`;
  return show(request, texts.token, content);
}
