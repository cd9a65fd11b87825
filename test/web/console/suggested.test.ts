import { expect, test } from 'vitest';
import type { FormState } from '../../../src/web/console/config/item-editor.js';
import { plainName, suggesting } from '../../../src/web/console/config/suggested.js';
import { withValue } from '../../../src/web/console/config/values.js';

function form(body: object): FormState {
  const state = { value: body };
  return {
    body: state,
    errors: { value: [] },
    set: (path, value) => void (state.value = withValue(state.value, path, value)),
  };
}

test.each([
  ['Sklad Říčany', 'sklad-ricany'],
  ['Склад №2, Щёлково', 'sklad-2-shchelkovo'],
  [' – ', ''],
])('a plain name: %s', (name, plain) => {
  expect(plainName(name)).toBe(plain);
});

test('a plain name has its own separator, and an end', () => {
  expect(plainName('Eva Malá', '.')).toBe('eva.mala');
  expect(plainName('a'.repeat(50))).toHaveLength(40);
});

test('a property follows another one until it is changed', () => {
  const typed = form({ name: '' });
  const shown = suggesting(typed, { from: 'display_name', to: 'name', suggest: plainName });
  shown.set(['display_name'], 'Skl');
  shown.set(['display_name'], 'Sklad');
  expect(typed.body.value).toEqual({ display_name: 'Sklad', name: 'sklad' });
  shown.set(['name'], 'sklad-1');
  shown.set(['display_name'], 'Sklad B');
  expect(typed.body.value).toEqual({ display_name: 'Sklad B', name: 'sklad-1' });
});
