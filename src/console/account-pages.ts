import { z } from 'zod';
import type { Accounts } from '../accounts/accounts.js';
import type { ApiTokens } from '../accounts/api-tokens.js';
import { givePassword, newPassword, oldPassword, requireAll } from '../accounts/routes.js';
import { makeToken, tokenName } from '../accounts/token-routes.js';
import { logIn } from '../http/authenticate.js';
import { seeOther } from '../http/answer.js';
import { html, type Html } from '../http/html.js';
import { Problem } from '../http/problem.js';
import { route, scopes, type Request, type Route } from '../http/route.js';
import { show } from './layout.js';
import { textsFor } from './texts.js';

const page = { kind: 'page' } as const;
const form = { kind: 'page', bodyType: 'form' } as const;
const tokenForm = z.object({
  name: tokenName,
  scope: z.union([z.enum(scopes).transform((one) => [one]), z.array(z.enum(scopes)).min(1)]),
});

/** `/accounts`: people's passwords and programs' tokens; `/account`: one's own password. */
export function accountPages(accounts: Accounts, tokens: ApiTokens): Route[] {
  return [
    route({
      ...page,
      method: 'GET',
      path: '/accounts',
      scope: 'accounts:write',
      summary: 'Accounts',
      handle: (request) => accountsPage(request, accounts, tokens),
    }),
    route({
      ...form,
      method: 'POST',
      path: '/accounts/:login/password',
      scope: 'accounts:write',
      summary: 'Makes a new password',
      params: z.object({ login: z.string().max(80) }),
      handle: async (request) => {
        const { login } = request.params;
        const password = await givePassword(accounts, login, request.can);
        const { passwordFor, shownOnce } = textsFor(request.languages);
        return secretPage(request, `${passwordFor} ${login}`, password, shownOnce);
      },
    }),
    route({
      ...form,
      method: 'POST',
      path: '/tokens',
      scope: 'accounts:write',
      summary: 'Makes a token',
      body: tokenForm,
      handle: async (request) => {
        const { name, scope } = request.body;
        requireAll(scope, request.can);
        const token = await makeToken(tokens, { name, scopes: scope, expiresAt: null });
        const { tokenFor, tokenShownOnce } = textsFor(request.languages);
        return secretPage(request, `${tokenFor} ${name}`, token, tokenShownOnce);
      },
    }),
    route({
      ...form,
      method: 'POST',
      path: '/tokens/:name/revoke',
      scope: 'accounts:write',
      summary: 'Revokes a token',
      params: z.object({ name: tokenName }),
      handle: async ({ params: { name } }) => {
        await tokens.revoke(name);
        return seeOther('/accounts');
      },
    }),
    route({
      ...page,
      method: 'GET',
      path: '/account',
      scope: 'calls:read',
      summary: 'One’s own password',
      handle: (request) => ownPage(request),
    }),
    route({
      ...form,
      method: 'POST',
      path: '/account',
      scope: 'calls:read',
      summary: 'Changes one’s own password',
      body: z.object({ old: oldPassword, new: newPassword }),
      handle: async (request) => {
        const { who, body, address } = request;
        if (who?.operator === undefined) throw new Problem(403, 'Forbidden', 'a token has no password');
        try {
          await logIn(accounts, who.name, body.old, address);
        } catch (error) {
          // Not 401: that would lead to the login, and away from here.
          if (error instanceof Problem && error.status === 401) return ownPage(request, true);
          throw error;
        }
        await accounts.setPassword(who.name, body.new);
        const { changePassword, passwordChanged, logIn: again } = textsFor(request.languages);
        const content = html`<p role="status">${passwordChanged}</p>
          <p><a href="/login">${again}</a></p>`;
        return show({ ...request, who: undefined }, changePassword, content);
      },
    }),
  ];
}

function accountsPage(request: Request, accounts: Accounts, tokens: ApiTokens) {
  const texts = textsFor(request.languages);
  const content = html`<h2>${texts.operators}</h2>
    ${peopleTable(request, accounts)}
    <h2>${texts.tokens}</h2>
    <p class="soft">${texts.tokensHint}</p>
    ${tokenTable(request, tokens)}
    <h3>${texts.newToken}</h3>
    <form method="post" action="/tokens">
      <label>${texts.name} <input name="name" required pattern="[a-z0-9][a-z0-9_.\\-]{0,59}" /></label>
      <fieldset class="choices">
        <legend>${texts.rights}</legend>
        ${scopes
          .filter((scope) => request.can(scope))
          .map(
            (scope) =>
              html`<label><input type="checkbox" name="scope" value="${scope}" /> <code>${scope}</code></label> `,
          )}
      </fieldset>
      <button>${texts.make}</button>
    </form>`;
  return show(request, texts.accounts, content);
}

function peopleTable(request: Request, accounts: Accounts): Html {
  const texts = textsFor(request.languages);
  const people = accounts.list();
  if (people.length === 0) return html`<p>${texts.nothingYet}</p>`;
  const rows = people.map(
    ({ login, name, role, hasPassword }) =>
      html`<tr>
        <td>${name}</td>
        <td data-label="${texts.login}">${login}</td>
        <td data-label="${texts.role}">${role}</td>
        <td>
          <form method="post" action="/accounts/${encodeURIComponent(login)}/password">
            <button aria-label="${texts.makePassword}: ${name}">${texts.makePassword}</button>
            ${!hasPassword && html`<span class="soft">${texts.noPassword}</span>`}
          </form>
        </td>
      </tr>`,
  );
  return html`<table class="cards">
    <thead>
      <tr>
        <th>${texts.name}</th>
        <th>${texts.login}</th>
        <th>${texts.role}</th>
        <th>${texts.password}</th>
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`;
}

function tokenTable(request: Request, tokens: ApiTokens): Html {
  const texts = textsFor(request.languages);
  const list = tokens.list();
  if (list.length === 0) return html`<p>${texts.nothingYet}</p>`;
  const day = (at: number | null) => (at === null ? texts.never : new Date(at).toISOString().slice(0, 10));
  const rows = list.map(
    ({ name, scopes: granted, lastUsedAt, expiresAt }) =>
      html`<tr>
        <td>${name}</td>
        <td data-label="${texts.rights}">${granted.join(', ')}</td>
        <td data-label="${texts.lastUsed}">${day(lastUsedAt)}</td>
        <td data-label="${texts.expires}">${day(expiresAt)}</td>
        <td>
          <form method="post" action="/tokens/${name}/revoke">
            <button class="danger" aria-label="${texts.revoke}: ${name}">${texts.revoke}</button>
          </form>
        </td>
      </tr>`,
  );
  return html`<table class="cards">
    <thead>
      <tr>
        <th>${texts.name}</th>
        <th>${texts.rights}</th>
        <th>${texts.lastUsed}</th>
        <th>${texts.expires}</th>
        <td></td>
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`;
}

function ownPage(request: Request, wrong = false) {
  const texts = textsFor(request.languages);
  const content = html`${wrong && html`<p role="alert" class="bad">${texts.wrongLogin}</p>`}
    <form method="post" action="/account" class="row">
      <label>${texts.oldPassword} <input type="password" name="old" autocomplete="current-password" required /></label>
      <label
        >${texts.newPassword}
        <input type="password" name="new" autocomplete="new-password" minlength="10" maxlength="200" required
      /></label>
      <button>${texts.changePassword}</button>
    </form>`;
  return show(request, texts.changePassword, content, wrong ? 422 : 200);
}

function secretPage(request: Request, title: string, secret: string, hint: string) {
  const content = html`<p><code>${secret}</code></p>
    <p>${hint}</p>
    <p><a href="/accounts">${textsFor(request.languages).back}</a></p>`;
  return show(request, title, content);
}
