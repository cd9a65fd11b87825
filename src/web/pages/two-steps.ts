import { html, type Html, type Piece } from '../../http/html.js';

/**
 * A button that removes a row of a list, behind a first step. The row below comes into the place of the first step, and a second press
 * there removes nothing.
 *
 * @param label what is done; `of` to what, for those who do not see the row
 * @param fields what the form sends along
 */
export function confirmedRemoval(action: string, label: string, of: string, fields?: Piece): Html {
  return html`<details>
    <summary aria-label="${label}: ${of}">${label}…</summary>
    <form method="post" action="${action}">
      ${fields}
      <button class="danger" aria-label="${label}: ${of}">${label}</button>
    </form>
  </details>`;
}
