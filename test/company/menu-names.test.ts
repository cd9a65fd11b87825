import { expect, test } from 'vitest';
import { readDocument } from '../../src/company/document/document.js';
import { menuNames } from '../../src/company/menu-names.js';
import { walk } from '../../src/company/walk.js';

const DOCUMENT = `
version: 1
prompts: [{ id: 1, name: Úvodní nabídka, sound: main-menu }, { id: 2, name: Reklamace, sound: main-menu }]
parts:
  office: [{ menu: { prompt: [1, 2], wrong_key_prompt: 2, keys: { '1': [hang_up] } } }]
lines:
  - number: '+420222333444'
    name: Zákaznická linka
    plan:
      - answer
      - menu:
          prompt: 1
          keys:
            '9': [{ menu: { prompt: 2, keys: { '*': [{ go_to_part: office }] }, no_input: [{ menu: { prompt: 3, keys: { '1': [] } } }] } }]
  - { number: '+420222333445', plan: [{ menu: { prompt: 1, keys: { '1': [hang_up] } } }] }
`;

test('every menu of the plans is named by its line or part, the keys before it, and its prompts', () => {
  const read = readDocument(DOCUMENT, 'c.yaml');
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const { company } = read.document;
  const names = menuNames(company);
  expect(Object.fromEntries(names)).toEqual({
    'lines/+420222333444/plan/1': 'Zákaznická linka › Úvodní nabídka',
    'lines/+420222333444/plan/1/menu/keys/9/0': 'Zákaznická linka › 9 › Reklamace',
    'lines/+420222333444/plan/1/menu/keys/9/0/menu/no_input/0': 'Zákaznická linka › 9 › #3',
    'lines/+420222333445/plan/0': '+420222333445 › Úvodní nabídka',
    'parts/office/0': 'office › Úvodní nabídka + Reklamace',
  });
  const places = [...walk(company)].filter(({ action }) => 'menu' in action).map(({ pointer }) => pointer);
  expect([...names.keys()].sort()).toEqual(places.sort());
});
