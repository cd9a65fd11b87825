import type { Answer } from '../../http/answer.js';
import { html, page, type Html } from '../../http/html.js';
import { LANGUAGE_COOKIE } from '../../http/languages.js';
import type { Problem } from '../../http/problem.js';
import type { Request, Scope } from '../../http/route.js';
import { isSupportedLanguage, supportedLanguages, type Language } from '../../lib/language.js';
import { textsFor, type PageTexts } from '../texts/texts.js';

const CURRENT = html`aria-current="page"`;

type Visitor = Pick<Request, 'languages' | 'url' | 'who' | 'assetAddress'>;

/**
 * Renders a page around its content, in the visitor's language. Stores a chosen language in a cookie.
 *
 * @param head scripts and style sheets of this page
 */
export function show(visitor: Visitor, title: string, content: Html, status = 200, head: Html | false = false): Answer {
  const texts = textsFor(visitor.languages);
  const answer = page(
    html`<!doctype html>
      <html lang="${texts.language}">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>${title} · Cordboard</title>
          <link rel="icon" href="data:," />
          <link rel="stylesheet" href="${visitor.assetAddress('assets/style.css')}" />
          ${head}
        </head>
        <body>
          <a class="skip" href="#content">${texts.skip}</a>
          ${header(visitor, texts)}
          <main id="content" tabindex="-1">
            <h1>${title}</h1>
            ${content}
          </main>
          <footer>
            <nav aria-label="${texts.languageChoice}">
              ${supportedLanguages.map((language) => languageLink(visitor.url, language))}
            </nav>
          </footer>
        </body>
      </html>`,
    status,
  );
  const chosen = new URL(visitor.url, 'http://localhost').searchParams.get('lang');
  if (chosen !== null && isSupportedLanguage(chosen))
    answer.headers['set-cookie'] = `${LANGUAGE_COOKIE}=${chosen}; Path=/; Max-Age=31536000; SameSite=Lax`;
  return answer;
}

/** Renders a problem as a page. */
export function problemPage(problem: Problem, visitor: Visitor): Answer {
  const texts = textsFor(visitor.languages);
  const usedIn = problem.more.extra?.['used_in'] as { where: string }[] | undefined;
  const stillUsed = visitor.url.startsWith('/music') ? texts.ofMusic.stillUsed : texts.stillUsed;
  const text = usedIn ? stillUsed : statusText(problem.status, texts);
  const content = html`<div role="alert">
      ${text !== undefined && html`<p class="bad">${text}</p>`}
      <p lang="en">${problem.detail}</p>
    </div>
    ${
      usedIn &&
      html`<ul>
        ${usedIn.map(({ where }) => html`<li>${where}</li>`)}
      </ul>`
    }
    <p><a href="${backAddress(visitor.url, problem.status)}">${texts.back}</a></p>`;
  const answer = show(visitor, texts.problem, content, problem.status);
  return { ...answer, headers: { ...answer.headers, ...problem.more.headers } };
}

function statusText(status: number, { statuses }: PageTexts): string | undefined {
  return Object.hasOwn(statuses, status) ? statuses[status as keyof PageTexts['statuses']] : undefined;
}

/** Paths of forms, below the path of their page. */
const FORMS = /\/(delete|audio|remove-audio|name|title|from-text|role|remove|cancel|tokens|password|redeliver)$/;

/** The page of the form; for a page that does not exist, its list. */
function backAddress(url: string, status: number): string {
  const { pathname } = new URL(url, 'http://localhost');
  const list = `/${pathname.split('/')[1] ?? ''}`;
  if (list === '/tokens' || list === '/accounts') return '/accounts';
  return status === 404 || list === '/bridges' ? list : pathname.replace(FORMS, '');
}

function header({ who, url }: Visitor, texts: PageTexts): Html {
  if (!who) return html`<header><strong>Cordboard</strong></header>`;
  const { pathname } = new URL(url, 'http://localhost');
  const link = (scope: Scope, path: string, name: string) =>
    who.scopes.includes(scope) &&
    html`<a href="${path}" ${(pathname === path || pathname.startsWith(`${path}/`)) && CURRENT}>${name}</a> `;
  return html`<header>
    <strong>Cordboard</strong>
    <form method="post" action="/logout">
      ${who.operator === undefined ? html`<span class="soft">${who.name}</span>` : html`<a href="/account">${who.name}</a>`}
      <button>${texts.logOut}</button>
    </form>
    <nav aria-label="Cordboard">
      ${link('monitor:read', '/monitor', texts.monitor)} ${link('calls:read', '/calls', texts.calls)}
      ${link('operators:read', '/handsets', texts.ofHandsets.title)}
      ${link('calls:read', '/notifications', texts.ofNotifications.notifications)}
      ${link('calls:read', '/bridges', texts.ofNotifications.bridges)}
      ${link('prompts:read', '/prompts', texts.prompts)} ${link('prompts:read', '/music', texts.music)}
      ${link('calls:read', '/webhooks', texts.webhooks)} ${link('config:read', '/dispatch', texts.ofSettings.title)}
      <a href="/docs" ${pathname === '/docs' && CURRENT}>${texts.apiDocs}</a>
      ${link('accounts:write', '/accounts', texts.accounts)}
    </nav>
  </header>`;
}

function languageLink(url: string, language: Language): Html {
  const target = new URL(url, 'http://localhost');
  target.searchParams.set('lang', language);
  const { ownName } = textsFor([language]);
  return html`<a href="${target.pathname + target.search}" hreflang="${language}" lang="${language}">${ownName}</a> `;
}
