import { z } from 'zod';
import type { LoginReports } from '../../http/address-bans.js';
import { seeOther, type Answer } from '../../http/answer.js';
import { html, type Html } from '../../http/html.js';
import { Problem } from '../../http/problem.js';
import { RateLimit } from '../../http/rate-limit.js';
import { route, type Request, type Route } from '../../http/route.js';
import type { Sessions } from '../../http/sessions.js';
import { nameOf, type Passwords } from '../../http/tokens.js';
import type { Clock } from '../../lib/clock.js';
import { localPath } from './local-path.js';
import { show } from './layout.js';
import { homeOf } from './navigation.js';
import { textsFor, type PageTexts } from '../texts/texts.js';

const HOME = '/';

const credentials = z.object({
  login: z.string().max(80).optional(),
  password: z.string().max(200).optional(),
  token: z.string().max(500).optional(),
  next: z.string().optional(),
});

/**
 * `/login` starts a session with a login and a password, or with an API token; `/logout` ends it.
 *
 * @param lacksAccount whether no account has a password yet: the page then says how to set the company up
 */
export function loginRoutes(
  sessions: Sessions,
  passwords: Passwords,
  clock: Clock,
  lacksAccount: () => boolean = () => false,
  bans?: LoginReports,
): Route[] {
  const failures = new RateLimit({ perSecond: 1, burst: 20, clock });

  const withToken = (request: Request, token: string): string => {
    const cookie = sessions.begin(token.trim());
    if (cookie !== undefined) return cookie;
    bans?.failed(request.address);
    const waitS = failures.take(request.address);
    if (waitS > 0) throw new Problem(429, 'Too many requests', `wait ${waitS} s and try again`);
    throw new LoginRefused(textsFor(request.languages).wrongToken);
  };

  const withPassword = async (request: Request, login: string, password: string): Promise<string> => {
    const texts = textsFor(request.languages);
    const result = await passwords.authenticate(login.trim(), password, request.address);
    if ('refused' in result) {
      bans?.failed(request.address);
      throw new LoginRefused(result.refused === 'wrong' ? texts.wrongLogin : wait(texts, result.waitS));
    }
    const cookie = sessions.beginFor(nameOf(result.who));
    if (cookie === undefined) throw new LoginRefused(texts.wrongLogin);
    return cookie;
  };

  return [
    route({
      method: 'GET',
      path: '/login',
      scope: 'public',
      kind: 'page',
      summary: 'Login',
      query: z.object({ next: z.string().optional(), changed: z.literal('1').optional() }),
      handle: (request) => loginPage(request, { ...request.query, isFirst: lacksAccount() }),
    }),
    route({
      method: 'POST',
      path: '/login',
      scope: 'public',
      kind: 'page',
      summary: 'Login',
      body: credentials,
      bodyType: 'form',
      handle: async (request): Promise<Answer> => {
        const { login = '', password = '', token, next } = request.body;
        try {
          const cookie = token === undefined ? await withPassword(request, login, password) : withToken(request, token);
          bans?.proved(request.address);
          return seeOther(localPath(next, HOME), { 'set-cookie': cookie });
        } catch (error) {
          if (error instanceof LoginRefused)
            return loginPage(request, { next, refused: { why: error.message, token, login } });
          throw error;
        }
      },
    }),
    route({
      method: 'POST',
      path: '/logout',
      scope: 'public',
      kind: 'page',
      summary: 'Logout',
      handle: ({ headers }) => seeOther('/login', { 'set-cookie': sessions.end(headers.cookie) }),
    }),
    route({
      method: 'GET',
      path: '/',
      scope: 'public',
      kind: 'page',
      summary: 'The first page of the visitor’s role',
      handle: (request) => seeOther((request.who && homeOf(request)) ?? (request.who ? '/account' : '/login')),
    }),
  ];
}

/** The login failed; the message is shown on the page. */
class LoginRefused extends Error {
  override readonly name = 'LoginRefused';
}

function wait({ waitSeconds }: PageTexts, seconds: number): string {
  return waitSeconds.replace('{s}', String(seconds));
}

/** Where the link of the set-up comes from. */
export function noAccountYet({ ofSetup: words }: PageTexts): Html {
  return html`<div class="notice">
    <p>${words.noAccount}</p>
    <p><code>./scripts/cordboard setup-link</code></p>
    <p>${words.inContainer} <code>docker compose exec gateway cordboard setup-link</code></p>
  </div>`;
}

function loginPage(
  request: Request,
  {
    next,
    changed,
    refused,
    isFirst = false,
  }: {
    next?: string | undefined;
    /** The visitor has just changed their password. */
    changed?: '1' | undefined;
    refused?: { why: string; token: string | undefined; login: string };
    /** No account has a password yet. */
    isFirst?: boolean;
  },
) {
  const texts = textsFor(request.languages);
  const hidden = html`<input type="hidden" name="next" value="${localPath(next, HOME)}" />`;
  const content = html`${changed && html`<p role="status">${texts.passwordChanged}</p>`}
    ${refused && html`<p role="alert" class="bad">${refused.why}</p>`} ${isFirst && noAccountYet(texts)}
    <form method="post" action="/login" class="login">
      <label
        >${texts.login} <input name="login" value="${refused?.login ?? ''}" autocomplete="username" required autofocus
      /></label>
      <label
        >${texts.password} <input type="password" name="password" autocomplete="current-password" required
      /></label>
      ${hidden}
      <button class="primary">${texts.logIn}</button>
    </form>
    <details ${refused?.token === undefined ? '' : 'open'}>
      <summary>${texts.withToken}</summary>
      <form method="post" action="/login" class="row">
        <label>${texts.apiToken} <input type="password" name="token" autocomplete="off" required /></label>
        ${hidden}
        <button>${texts.logIn}</button>
      </form>
    </details>`;
  // Another language must not lose where the visitor was going.
  const url = new URL(request.url, 'http://localhost');
  if (next !== undefined) url.searchParams.set('next', next);
  return show(
    { ...request, url: url.pathname + url.search },
    texts.loginTitle,
    content,
    refused === undefined ? 200 : 401,
  );
}
