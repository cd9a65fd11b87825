import { html, type Html } from '../../http/html.js';
import type { PageTexts } from '../texts/texts.js';

/** Links that filter a list by state; the current one is marked. */
export function stateLinks(about: string, choices: { name: string; href: string; chosen: boolean }[]): Html {
  return html`<nav class="tabs" aria-label="${about}">
    ${choices.map(
      ({ name, href, chosen }) => html`<a href="${href}" ${chosen && html` aria-current="page"`}>${name}</a> `,
    )}
  </nav>`;
}

/** Links to the other pages of a list. An undefined address has no link. */
export function olderLinks(
  texts: Pick<PageTexts, 'newest' | 'older'>,
  { newest, older }: { newest: string | undefined; older: string | undefined },
): Html | false {
  const links = [
    newest !== undefined && html`<a href="${newest}">${texts.newest}</a>`,
    older !== undefined && html`<a href="${older}">${texts.older}</a>`,
  ].filter((link) => link !== false);
  return links.length > 0 && html`<p class="pages">${links}</p>`;
}
