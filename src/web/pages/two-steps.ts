import { html, type Html, type HtmlPiece } from '../../http/html.js';

/**
 * A removal button for a row of a list, hidden behind a first step. When the row disappears, the first step of the next row takes its
 * place, so a second press there removes nothing.
 *
 * @param label the action
 * @param of the object of the action, for screen readers
 * @param fields hidden fields of the form
 */
export function confirmedRemoval(action: string, label: string, of: string, fields?: HtmlPiece): Html {
  return html`<details>
    <summary aria-label="${label}: ${of}">${label}…</summary>
    <form method="post" action="${action}">
      ${fields}
      <button class="danger" aria-label="${label}: ${of}">${label}</button>
    </form>
  </details>`;
}
