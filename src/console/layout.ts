import type { Answer } from '../http/answer.js';
import { html, page, type Html } from '../http/html.js';
import { LANGUAGE_COOKIE } from '../http/languages.js';
import type { Problem } from '../http/problem.js';
import type { Request } from '../http/route.js';
import { pageLanguages, textsFor, type Texts } from './texts.js';

type Visitor = Pick<Request, 'languages' | 'url' | 'who'>;

/** A whole page around its content, in the visitor's language; a language that was just chosen is kept. */
export function show(visitor: Visitor, title: string, content: Html, status = 200): Answer {
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
        </head>
        <body>
          ${header(visitor, texts)}
          <main>
            <h1>${title}</h1>
            ${content}
          </main>
          <footer>${Object.keys(pageLanguages).map((language) => languageLink(visitor.url, language))}</footer>
        </body>
      </html>`,
    status,
  );
  const chosen = new URL(visitor.url, 'http://localhost').searchParams.get('lang');
  if (chosen !== null && chosen in pageLanguages)
    answer.headers['set-cookie'] = `${LANGUAGE_COOKIE}=${chosen}; Path=/; Max-Age=31536000; SameSite=Lax`;
  return answer;
}

/** How an error looks to a person. */
export function problemPage(problem: Problem, visitor: Visitor): Answer {
  const texts = textsFor(visitor.languages);
  const usedIn = problem.more.extra?.['used_in'] as { where: string }[] | undefined;
  const content = html`<p role="alert" class="bad">${problem.detail}</p>
    ${
      usedIn &&
      html`<ul>
        ${usedIn.map(({ where }) => html`<li>${where}</li>`)}
      </ul>`
    }
    <p><a href="${visitor.url.replace(/\/(delete|audio|remove-audio|name)(\?.*)?$/, '')}">${texts.back}</a></p>`;
  const answer = show(visitor, texts.problem, content, problem.status);
  return { ...answer, headers: { ...answer.headers, ...problem.more.headers } };
}

function header({ who }: Visitor, texts: Texts): Html {
  if (!who) return html`<header><strong>Cordboard</strong></header>`;
  return html`<header>
    <strong>Cordboard</strong>
    <nav>
      <a href="/calls">${texts.calls}</a> · <a href="/prompts">${texts.prompts}</a> ·
      <a href="/docs">${texts.apiDocs}</a>
    </nav>
    <form method="post" action="/logout"><span class="soft">${who.name}</span> <button>${texts.logOut}</button></form>
  </header>`;
}

function languageLink(url: string, language: string): Html {
  const target = new URL(url, 'http://localhost');
  target.searchParams.set('lang', language);
  return html`<a href="${target.pathname + target.search}" hreflang="${language}" lang="${language}">${language}</a> `;
}
