import { html, type Html } from '../../http/html.js';

/** Links that filter a list by state; the current one is marked. */
export function stateLinks(about: string, choices: { name: string; href: string; chosen: boolean }[]): Html {
  return html`<nav aria-label="${about}">
    ${choices.map(({ name, href, chosen }) =>
      chosen ? html`<strong aria-current="page">${name}</strong> ` : html`<a href="${href}">${name}</a> `,
    )}
  </nav>`;
}
