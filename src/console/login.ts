import { z } from 'zod';
import { seeOther } from '../http/answer.js';
import { html } from '../http/html.js';
import { Problem } from '../http/problem.js';
import { RateLimit } from '../http/rate-limit.js';
import { route, type Request, type Route } from '../http/route.js';
import type { Sessions } from '../http/sessions.js';
import { systemClock } from '../lib/clock.js';
import { show } from './layout.js';
import { textsFor } from './texts.js';

const HOME = '/calls';

/** `/login` takes the API token and keeps the browser logged in; `/logout` ends that. */
export function loginRoutes(sessions: Sessions): Route[] {
  const failures = new RateLimit({ perSecond: 1, burst: 20, clock: systemClock });
  return [
    route({
      method: 'GET',
      path: '/login',
      scope: 'public',
      kind: 'page',
      summary: 'Login',
      query: z.object({ next: z.string().optional() }),
      handle: (request) => loginPage(request, request.query.next),
    }),
    route({
      method: 'POST',
      path: '/login',
      scope: 'public',
      kind: 'page',
      summary: 'Login',
      body: z.object({ token: z.string().max(500), next: z.string().optional() }),
      bodyType: 'form',
      handle: (request) => {
        const { token, next } = request.body;
        const cookie = sessions.begin(token.trim());
        if (cookie === undefined) {
          const waitS = failures.take('login');
          if (waitS > 0) throw new Problem(429, 'Too many requests', `wait ${waitS} s and try again`);
          return loginPage(request, next, true);
        }
        return seeOther(localPath(next), { 'set-cookie': cookie });
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
      summary: 'Start page',
      handle: () => seeOther(HOME),
    }),
  ];
}

function loginPage(request: Request, next: string | undefined, wrong = false) {
  const texts = textsFor(request.languages);
  const content = html`<form method="post" action="/login" class="row">
      <label
        >${texts.apiToken} <input type="password" name="token" autocomplete="current-password" required autofocus
      /></label>
      <input type="hidden" name="next" value="${localPath(next)}" />
      <button>${texts.logIn}</button>
    </form>
    ${wrong && html`<p role="alert" class="bad">${texts.wrongToken}</p>`}`;
  return show(request, texts.logIn, content, wrong ? 401 : 200);
}

/** Only to a page of our own: neither `//elsewhere` nor `/\\elsewhere`, which browsers take for the same. */
function localPath(next: string | undefined): string {
  return next !== undefined && /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(next) ? next : HOME;
}
