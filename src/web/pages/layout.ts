import type { Answer } from '../../http/answer.js';
import { html, page, type Html } from '../../http/html.js';
import { languageCookie } from '../../http/languages.js';
import type { Problem } from '../../http/problem.js';
import type { Request } from '../../http/route.js';
import { isSupportedLanguage, supportedLanguages, type Language } from '../../lib/language.js';
import { textsFor, type PageTexts } from '../texts/texts.js';
import { bottomBar, icon, navigationMenu } from './navigation.js';

type Visitor = Pick<Request, 'languages' | 'url' | 'who' | 'assetAddress' | 'usesDispatch'>;

/**
 * Renders a page around its content, in the visitor's language. Stores a chosen language in a cookie.
 *
 * @param head scripts and style sheets of this page
 */
export function show(visitor: Visitor, title: string, content: Html, status = 200, head: Html | false = false): Answer {
  const main = html`<main id="content" tabindex="-1">
    <h1>${title}</h1>
    ${content}
  </main>`;
  return frame(visitor, { title, main, head, status });
}

interface FrameParts {
  title: string;
  main: Html;
  head?: Html | false;
  status?: number;
  /** Without menu and languages. */
  isBare?: boolean;
}

/** The document around `main`: the menu of the visitor, and the languages. */
export function frame(
  visitor: Visitor,
  { title, main, head = false, status = 200, isBare = false }: FrameParts,
): Answer {
  const texts = textsFor(visitor.languages);
  const answer = page(
    html`<!doctype html>
      <html lang="${texts.language}">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
          <title>${title} · Cordboard</title>
          <link rel="icon" href="data:," />
          <link rel="stylesheet" href="${visitor.assetAddress('assets/style.css')}" />
          ${head}
        </head>
        ${
          isBare
            ? html`<body class="bare">
                ${main}
              </body>`
            : withMenu(visitor, main, texts)
        }
      </html>`,
    status,
  );
  const chosen = new URL(visitor.url, 'http://localhost').searchParams.get('lang');
  if (chosen !== null && isSupportedLanguage(chosen)) answer.headers['set-cookie'] = languageCookie(chosen);
  return answer;
}

function withMenu(visitor: Visitor, main: Html, texts: PageTexts): Html {
  const { who } = visitor;
  return html`<body class="${who ? '' : 'stranger'}">
    <a class="skip" href="#content">${texts.skip}</a>
    ${who ? sidebar(visitor, who.name, texts) : html`<header><strong>Cordboard</strong></header>`} ${main}
    ${who ? bottomBar(visitor, texts) : html`<footer>${languageForm(visitor.url, texts)}</footer>`}
  </body>`;
}

/** Problems whose text is the heading; their detail is for programs. */
const SELF_EXPLANATORY = new Set([403, 404]);

/** Renders a problem as a page. @param formUrl where the form was sent, when the page has another address */
export function problemPage(problem: Problem, visitor: Visitor, formUrl = visitor.url): Answer {
  const texts = textsFor(visitor.languages);
  const text = statusText(problem.status, texts);
  const isHeading = text !== undefined && SELF_EXPLANATORY.has(problem.status);
  const content = html`<div role="alert">
      ${text !== undefined && !isHeading && html`<p class="bad">${text}</p>`}
      ${!isHeading && html`<p lang="en">${problem.detail}</p>`}
    </div>
    <p><a href="${backAddress(formUrl, problem.status)}">${texts.back}</a></p>`;
  const answer = show(visitor, isHeading ? text.replace(/\.$/, '') : texts.problem, content, problem.status);
  return { ...answer, headers: { ...answer.headers, ...problem.more.headers } };
}

function statusText(status: number, { statuses }: PageTexts): string | undefined {
  return Object.hasOwn(statuses, status) ? statuses[status as keyof PageTexts['statuses']] : undefined;
}

/** The page of the form; for a page that does not exist, its list; for one that is not permitted, the visitor's first page. */
function backAddress(url: string, status: number): string {
  if (status === 403) return '/';
  const { pathname } = new URL(url, 'http://localhost');
  return status === 404 ? `/${pathname.split('/')[1] ?? ''}` : pathname;
}

/** The menu. On phones it opens from the bottom bar, without a script. */
function sidebar(visitor: Visitor, name: string, texts: PageTexts): Html {
  return html`<header class="side" id="menu" popover>
    <a class="brand" href="/">Cordboard</a>
    ${navigationMenu(visitor, texts)}
    <div class="visitor">
      <form method="post" action="/logout">
        ${
          visitor.who?.operator === undefined
            ? html`<span class="soft">${icon('person')}${name}</span>`
            : html`<a href="/account">${icon('person')}${name}</a>`
        }
        <button title="${texts.logOut}" aria-label="${texts.logOut}">${icon('logOut')}</button>
      </form>
      ${languageForm(visitor.url, texts)}
    </div>
  </header>`;
}

/** The languages as buttons, which come back to the same page. */
function languageForm(url: string, texts: PageTexts): Html {
  const target = new URL(url, 'http://localhost');
  target.searchParams.delete('lang');
  return html`<form method="post" action="/language" class="languages" aria-label="${texts.languageChoice}">
    <input type="hidden" name="next" value="${target.pathname + target.search}" />
    ${supportedLanguages.map((language) => languageButton(language, texts))}
  </form>`;
}

function languageButton(language: Language, texts: PageTexts): Html {
  const { ownName } = textsFor([language]);
  const current = texts.language === language && html`aria-current="true"`;
  return html`<button name="language" value="${language}" lang="${language}" ${current}>${ownName}</button> `;
}
