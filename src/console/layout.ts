import type { Answer } from '../http/answer.js';
import { html, page, type Html } from '../http/html.js';
import { LANGUAGE_COOKIE } from '../http/languages.js';
import type { Problem } from '../http/problem.js';
import type { Request } from '../http/route.js';
import { pageLanguages, textsFor, type Texts } from './texts.js';

type Visitor = Pick<Request, 'languages' | 'url' | 'who'>;

/**
 * A whole page around its content, in the visitor's language; a language that was just chosen is kept.
 *
 * @param head script and style sheets of this page alone
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
          <link rel="stylesheet" href="/assets/style.css" />
          ${head}
        </head>
        <body>
          ${header(visitor, texts)}
          <main>
            <h1>${title}</h1>
            ${content}
          </main>
          <footer>
            <nav aria-label="${texts.languageChoice}">
              ${Object.keys(pageLanguages).map((language) => languageLink(visitor.url, language))}
            </nav>
          </footer>
        </body>
      </html>`,
    status,
  );
  const chosen = new URL(visitor.url, 'http://localhost').searchParams.get('lang');
  if (chosen !== null && Object.hasOwn(pageLanguages, chosen))
    answer.headers['set-cookie'] = `${LANGUAGE_COOKIE}=${chosen}; Path=/; Max-Age=31536000; SameSite=Lax`;
  return answer;
}

/** How an error looks to a person. */
export function problemPage(problem: Problem, visitor: Visitor): Answer {
  const texts = textsFor(visitor.languages);
  const usedIn = problem.more.extra?.['used_in'] as { where: string }[] | undefined;
  const stillUsed = visitor.url.startsWith('/music') ? texts.ofMusic.stillUsed : texts.stillUsed;
  const says = usedIn ? stillUsed : statusText(problem.status, texts);
  const content = html`<div role="alert">
      ${says !== undefined && html`<p class="bad">${says}</p>`}
      <p lang="en">${problem.detail}</p>
    </div>
    ${
      usedIn &&
      html`<ul>
        ${usedIn.map(({ where }) => html`<li>${where}</li>`)}
      </ul>`
    }
    <p><a href="${wayBack(visitor.url, problem.status)}">${texts.back}</a></p>`;
  const answer = show(visitor, texts.problem, content, problem.status);
  return { ...answer, headers: { ...answer.headers, ...problem.more.headers } };
}

function statusText(status: number, { statuses }: Texts): string | undefined {
  return Object.hasOwn(statuses, status) ? statuses[status as keyof Texts['statuses']] : undefined;
}

/** To the page that the form was on; from a page that there is not, to the list that it would be in. */
function wayBack(url: string, status: number): string {
  const { pathname } = new URL(url, 'http://localhost');
  if (status === 404) return `/${pathname.split('/')[1] ?? ''}`;
  return pathname.replace(/\/(delete|audio|remove-audio|name|title|from-text|role|remove|cancel|tokens)$/, '');
}

function header({ who }: Visitor, texts: Texts): Html {
  if (!who) return html`<header><strong>Cordboard</strong></header>`;
  return html`<header>
    <strong>Cordboard</strong>
    <nav>
      ${who.scopes.includes('monitor:read') && html`<a href="/monitor">${texts.monitor}</a>`}
      ${who.scopes.includes('calls:read') && html`<a href="/calls">${texts.calls}</a>`}
      ${who.scopes.includes('operators:read') && html`<a href="/handsets">${texts.ofHandsets.title}</a>`}
      ${
        who.scopes.includes('calls:read') &&
        html`<a href="/notifications">${texts.ofDispatch.notifications}</a>
          <a href="/bridges">${texts.ofDispatch.bridges}</a>`
      }
      ${who.scopes.includes('prompts:read') && html`<a href="/prompts">${texts.prompts}</a>`}
      ${who.scopes.includes('prompts:read') && html`<a href="/music">${texts.music}</a>`}
      ${who.scopes.includes('calls:read') && html`<a href="/webhooks">${texts.webhooks}</a>`}
      ${who.scopes.includes('config:read') && html`<a href="/dispatch">${texts.ofSettings.title}</a>`}
      <a href="/docs">${texts.apiDocs}</a>
      ${who.scopes.includes('accounts:write') && html`<a href="/accounts">${texts.accounts}</a>`}
    </nav>
    <form method="post" action="/logout">
      ${who.operator === undefined ? html`<span class="soft">${who.name}</span>` : html`<a href="/account">${who.name}</a>`}
      <button>${texts.logOut}</button>
    </form>
  </header>`;
}

function languageLink(url: string, language: string): Html {
  const target = new URL(url, 'http://localhost');
  target.searchParams.set('lang', language);
  const name = pageLanguages[language]?.name ?? language;
  return html`<a href="${target.pathname + target.search}" hreflang="${language}" lang="${language}">${name}</a> `;
}
