import { describe, expect, it } from 'vitest';
import { numeric, table } from '../../../src/web/pages/table.js';
import { html } from '../../../src/http/html.js';

const flat = (markup: string) => markup.replace(/\s*\n\s*/g, '');

describe('table', () => {
  it('names each cell after its column, for cards, but for the title and for what speaks for itself', () => {
    const { markup } = table(
      ['Began', { name: 'Began (Europe/Prague)', label: 'Began' }, numeric('Lasted'), ''],
      [[html`<a href="/c">c</a>`, '10:00', 3, html`<button>x</button>`]],
    );
    expect(flat(markup)).toBe(
      '<table class="cards"><thead><tr><th>Began</th><th>Began (Europe/Prague)</th><th class="number">Lasted</th><td></td></tr></thead>' +
        '<tbody><tr><td><a href="/c">c</a></td><td data-label="Began">10:00</td><td class="number" data-label="Lasted">3</td>' +
        '<td><button>x</button></td></tr></tbody></table>',
    );
  });

  it('escapes what is text, in heads, labels and cells', () => {
    const { markup } = table(['<i>', '"b"'], [['<i>', "<'&>"]]);
    expect(markup).not.toContain('<i>');
    expect(flat(markup)).toContain('<td>&lt;i&gt;</td><td data-label="&quot;b&quot;">&lt;&#39;&amp;&gt;</td>');
  });

  it('a row that says less leaves its cells empty', () => {
    expect(flat(table(['A', 'B'], [['1', false]], 'lines').markup)).toContain('<td>1</td><td data-label="B"></td>');
  });
});
