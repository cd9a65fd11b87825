import { expect, it } from 'vitest';
import { compact } from '../../src/lib/compact.js';

it('omits undefined properties, and keeps other empty values and the order', () => {
  const copy = compact({ b: 0, name: undefined, a: null, text: '', list: [undefined] });
  expect(Object.entries(copy)).toStrictEqual([
    ['b', 0],
    ['a', null],
    ['text', ''],
    ['list', [undefined]],
  ]);
});

it('leaves nested objects as they are', () => {
  const inner = { name: undefined };
  expect(compact({ inner }).inner).toBe(inner);
});
