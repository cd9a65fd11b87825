import { html, type Html, type Piece } from '../../http/html.js';

/** A column. An empty name: its cells speak for themselves. */
interface Head {
  name: string;
  /** Shorter name, for cards. */
  label?: string;
  /** Set to the right, digits under digits. */
  number?: boolean;
}

export function numeric(name: string): Head {
  return { name, number: true };
}

/**
 * A table of lists and details.
 *
 * @param heads what columns are called
 * @param rows one piece for each head
 * @param narrow what becomes of a row on a telephone: a card with the first piece as its title, or a line as ever
 */
export function table(heads: (Head | string)[], rows: Piece[][], narrow: 'cards' | 'lines' = 'cards'): Html {
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

function cell({ name, label = name, number }: Head, piece: Piece, isTitle: boolean): Html {
  const look = number === true && html` class="number"`;
  const says = !isTitle && label !== '' && html` data-label="${label}"`;
  return html`<td${look}${says}>${piece}</td>`;
}
