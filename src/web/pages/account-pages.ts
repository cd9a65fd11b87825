import { z } from 'zod';
import type { Accounts } from '../../accounts/accounts.js';
import type { ApiTokens } from '../../accounts/api-tokens.js';
import { resetPassword, newPassword, oldPassword } from '../../accounts/routes.js';
import { pageAfterForm, seeOther, type Answer } from '../../http/answer.js';
import { logIn } from '../../http/authenticate.js';
import { html, type Html } from '../../http/html.js';
import { Problem } from '../../http/problem.js';
import { route, type Request, type Route } from '../../http/route.js';
import { show } from './layout.js';
import { newPersonForm, removal, roleCell, staffPages, type Companies } from './staff-pages.js';
import { table } from './table.js';
import { textsFor } from '../texts/texts.js';
import { tokenPages, tokenSection } from './token-pages.js';

const page = { kind: 'page' } as const;
const form = { kind: 'page', bodyType: 'form' } as const;

interface AccountPageParts {
  accounts: Accounts;
  tokens: ApiTokens;
  companies: Companies;
}

/** `/accounts`: operators, their roles and passwords, and API tokens; `/account`: the visitor's own password. */
export function accountPages(parts: AccountPageParts): Route[] {
  const { accounts, tokens, companies } = parts;
  return [
    route({
      ...page,
      method: 'GET',
      path: '/accounts',
      scope: 'accounts:write',
      summary: 'Accounts',
      handle: (request) => accountsPage(request, parts),
    }),
    ...staffPages(companies),
    ...tokenPages(tokens, secretPage),
    route({
      ...form,
      method: 'POST',
      path: '/accounts/:login/password',
      scope: 'accounts:write',
      summary: 'Generates a new password',
      params: z.object({ login: z.string().max(80) }),
      handle: async (request) => {
        const { login } = request.params;
        const password = await resetPassword(accounts, login, request.can);
        return pageAfterForm(request, (shown) => passwordPage(shown, login, password));
      },
    }),
    route({
      ...page,
      method: 'GET',
      path: '/account',
      scope: 'calls:read',
      summary: 'Your own password',
      handle: (request) => ownPage(request),
    }),
    route({
      ...form,
      method: 'POST',
      path: '/account',
      scope: 'calls:read',
      summary: 'Changes your own password',
      body: z.object({ old: oldPassword, new: newPassword }),
      handle: (request) => changeOwn(request, accounts),
    }),
  ];
}

async function changeOwn(
  request: Request<unknown, unknown, { old: string; new: string }>,
  accounts: Accounts,
): Promise<Answer> {
  const { who, body, address } = request;
  if (who?.operator === undefined) throw new Problem(403, 'Forbidden', 'a token has no password');
  try {
    await logIn(accounts, who.name, body.old, address);
  } catch (error) {
    // A status 401 would redirect to the login page.
    if (error instanceof Problem && error.status === 401)
      return pageAfterForm(request, (shown) => ownPage(shown, true));
    throw error;
  }
  await accounts.setPassword(who.name, body.new);
  return seeOther('/login?changed=1');
}

function accountsPage(request: Request, { accounts, tokens, companies }: AccountPageParts): Answer {
  const texts = textsFor(request.languages);
  const content = html`<h2>${texts.operators}</h2>
    ${peopleTable(request, accounts)} ${newPersonForm(request, companies)} ${tokenSection(request, tokens)}`;
  return show(request, texts.accounts, content);
}

function peopleTable(request: Request, accounts: Accounts): Html {
  const texts = textsFor(request.languages);
  const people = accounts.list();
  if (people.length === 0) return html`<p>${texts.nothingYet}</p>`;
  const rows = people.map((person) => [
    person.name,
    person.login,
    roleCell(request, person),
    person.handset === undefined ? '–' : html`<a href="/handsets/${person.handset}">${person.handset}</a>`,
    html`<form method="post" action="/accounts/${encodeURIComponent(person.login)}/password" class="upload">
        <button aria-label="${texts.makePassword}: ${person.name}">${texts.makePassword}</button>
        ${!person.hasPassword && html`<span class="soft">${texts.noPassword}</span>`}
      </form>
      <a href="/dispatch-token/${person.id}">${textsFor(request.languages).ofOperator.token}</a>
      ${removal(request, person)}`,
  ]);
  const password = { name: texts.password, label: '' };
  return table([texts.personName, texts.login, texts.role, texts.handset, password], rows);
}

function ownPage(request: Request, wrong = false): Answer {
  const texts = textsFor(request.languages);
  const content = html`${wrong && html`<p role="alert" class="bad">${texts.wrongLogin}</p>`}
    <form method="post" action="/account" class="row">
      <label>${texts.oldPassword} <input type="password" name="old" autocomplete="current-password" required /></label>
      <label
        >${texts.newPassword}
        <input type="password" name="new" autocomplete="new-password" minlength="10" maxlength="200" required
      /></label>
      <button class="primary">${texts.changePassword}</button>
    </form>
    ${
      request.who?.operator !== undefined &&
      request.can('operators:read') &&
      html`<p>
        <a href="/dispatch-token/${request.who.operator.id}">${textsFor(request.languages).ofOperator.token}</a>
      </p>`
    }`;
  return show(request, texts.changePassword, content, wrong ? 422 : 200);
}

function passwordPage(request: Request, login: string, password: string): Answer {
  const { passwordFor, shownOnce } = textsFor(request.languages);
  return secretPage(request, `${passwordFor} ${login}`, password, shownOnce);
}

function secretPage(request: Request, title: string, secret: string, hint: string): Answer {
  const content = html`<p><code>${secret}</code></p>
    <p>${hint}</p>
    <p><a href="/accounts">${textsFor(request.languages).back}</a></p>`;
  return show(request, title, content);
}
