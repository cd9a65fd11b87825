import { expect, test } from 'vitest';
import { readDuration, writeDuration } from '../../../../src/web/console/ui/duration.js';
import { moved, placeUnder } from '../../../../src/web/console/ui/moved.js';

test.each([
  ['20s', { amount: '20', unit: 's' }],
  ['120s', { amount: '2', unit: 'm' }],
  [90, { amount: '90', unit: 's' }],
  ['0s', { amount: '0', unit: 's' }],
  ['1500ms', { amount: '1.5', unit: 's' }],
  [undefined, { amount: '', unit: 's' }],
])('the duration %j is shown in the largest unit', (written, shown) => {
  expect(readDuration(written, ['s', 'm'])).toEqual(shown);
});

test('an entered duration is written with its unit', () => {
  expect(writeDuration({ amount: '2', unit: 'm' })).toBe('2m');
  expect(writeDuration({ amount: ' ', unit: 'm' })).toBeUndefined();
});

test('a dragged row passes its neighbours at their middles', () => {
  const rows = [0, 40, 80].map((top) => ({ top, height: 40 }));
  expect(placeUnder(rows, 30, 0)).toBe(0);
  expect(placeUnder(rows, 61, 0)).toBe(1);
  expect(placeUnder(rows, 500, 0)).toBe(2);
  expect(placeUnder(rows, -10, 2)).toBe(0);
  expect(moved(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a']);
  expect(moved(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b']);
});
