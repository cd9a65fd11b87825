import { z } from 'zod';
import type { Accounts } from '../../accounts/accounts.js';
import { newPassword, oldPassword } from '../../accounts/routes.js';
import { pageAfterForm, seeOther, type Answer } from '../../http/answer.js';
import { logIn } from '../../http/authenticate.js';
import { html } from '../../http/html.js';
import { Problem } from '../../http/problem.js';
import { route, type Request, type Route } from '../../http/route.js';
import { show } from './layout.js';
import { textsFor } from '../texts/texts.js';

const page = { kind: 'page' } as const;
const form = { kind: 'page', bodyType: 'form' } as const;

/** `/account`: the visitor's own password. */
export function accountPages(accounts: Accounts): Route[] {
  return [
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
