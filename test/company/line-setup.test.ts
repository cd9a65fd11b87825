import { expect, it } from 'vitest';
import { readDocument } from '../../src/company/document/document.js';
import { lineSetup, lineSetups } from '../../src/company/line-setup.js';

const LINES = `
version: 1
queues: [{ id: 12, name: Fronta }, { id: 3, name: Sklad }, { id: 4, name: Jiná }]
parts:
  office: [{ enqueue: { queue: 12, label: telefon-kancelář, full: [{ go_to_part: store }] } }, { go_to_part: office }]
  store: [{ enqueue: { queue: 3, label: telefon-sklad } }, { enqueue: { queue: 3, label: telefon-sklad } }]
  unused: [{ enqueue: { queue: 4, label: nikde } }]
lines:
  - { number: '+420222333444', name: Linka, plan: [{ menu: { prompt: 1, keys: { '1': [{ go_to_part: office }] } } }] }
  - { number: '+420222333445', plan: [{ hand_over: { url: 'http://shop.example/' } }] }
`;

function company() {
  const read = readDocument(LINES, 'c.yaml');
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.document.company;
}

it('names the queues and labels that calls on the line can come to, through menus and parts', () => {
  expect(lineSetup(company(), '+420222333444')).toEqual({
    line: { number: '+420222333444', name: 'Linka' },
    queues: [
      { id: 12, name: 'Fronta' },
      { id: 3, name: 'Sklad' },
    ],
    handsets: [
      { label: 'telefon-kancelář', queue: 12 },
      { label: 'telefon-sklad', queue: 3 },
    ],
  });
});

it('names every queue where the shop takes the wheel', () => {
  expect(lineSetup(company(), '+420222333445')?.queues.map(({ id }) => id)).toEqual([12, 3, 4]);
});

it('knows no line that is not there', () => {
  expect(lineSetup(company(), '+420999')).toBeUndefined();
});

it('is that of the company as it is now', () => {
  let now = company();
  const setupOf = lineSetups(() => now);
  expect(setupOf('+420222333444')).toBe(setupOf('+420222333444'));
  now = { ...now, lines: [] };
  expect(setupOf('+420222333444')).toBeUndefined();
});
