import { html, type Html, type HtmlPiece } from '../../http/html.js';

/** A column. An empty name leaves its heading empty. */
interface Head {
  name: string;
  /** Shorter name for cards. */
  label?: string;
  /** Aligned to the right. */
  number?: boolean;
}

export function numeric(name: string): Head {
  return { name, number: true };
}

/**
 * Renders a table.
 *
 * @param heads columns
 * @param rows one piece for each column
 * @param narrow layout of a row on narrow screens: a card with the first piece as its title, or a line
 */
export function table(heads: (Head | string)[], rows: HtmlPiece[][], narrow: 'cards' | 'lines' = 'cards'): Html {
  const columns = heads.map((head) => (typeof head === 'string' ? { name: head } : head));
  return html`<table class="${narrow === 'cards' ? 'cards' : ''}">
    <thead>
      <tr>
        ${columns.map(headCell)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        (pieces) =>
          html`<tr>
            ${columns.map((column, index) => cell(column, pieces[index], index === 0))}
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function headCell({ name, number }: Head): Html {
  if (name === '') return html`<td></td>`;
  return number === true ? html`<th class="number">${name}</th>` : html`<th>${name}</th>`;
}

function cell({ name, label = name, number }: Head, piece: HtmlPiece, isTitle: boolean): Html {
  const classAttribute = number === true && html` class="number"`;
  const labelAttribute = !isTitle && label !== '' && html` data-label="${label}"`;
  return html`<td${classAttribute}${labelAttribute}>${piece}</td>`;
}
