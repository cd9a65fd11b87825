import { expect, test } from 'vitest';
import { fillIn } from '../../../../src/web/console/config/fill-in.js';
import { differences, mergeItem, pathOf, valueAt, withValue } from '../../../../src/web/console/config/values.js';

const queue = { id: 1, name: 'Sales', handsets: ['eva', 'jan'], announce: { every: '30s', thanks: true } };

test('a value is read and changed without touching the original', () => {
  expect(valueAt(queue, pathOf('announce.every'))).toBe('30s');
  expect(valueAt(queue, pathOf('handsets.1'))).toBe('jan');
  expect(valueAt(queue, pathOf('music.name'))).toBeUndefined();
  expect(withValue(queue, pathOf('announce.thanks'), undefined).announce).toEqual({ every: '30s' });
  expect(withValue(queue, pathOf('periodic.every'), '60s')).toMatchObject({ periodic: { every: '60s' } });
  expect(Object.keys(withValue(queue, ['name'], 'Orders'))).toEqual(Object.keys(queue));
  expect(withValue(queue, pathOf('handsets.0'), 'ota').handsets).toEqual(['ota', 'jan']);
  expect(queue.handsets).toEqual(['eva', 'jan']);
});

test('of two changes each property has the one that changed it', () => {
  const mine = { ...queue, name: 'Mine', announce: { every: '10s', thanks: true } };
  const theirs = { id: 1, name: 'Theirs', handsets: ['jan'], announce: { every: '30s' } };
  expect(mergeItem(queue, mine, theirs)).toEqual({
    id: 1,
    name: 'Mine',
    handsets: ['jan'],
    announce: { every: '10s' },
  });
  expect(differences(mine, theirs).map((path) => path.join('.'))).toEqual([
    'name',
    'handsets',
    'announce.every',
    'announce.thanks',
  ]);
});

test('placeholders of a text are replaced when they are known', () => {
  expect(fillIn('At least {minimum}.', { minimum: 5 })).toBe('At least 5.');
  expect(fillIn('Unknown: {keys}', { keys: ['a', 'b'] })).toBe('Unknown: a, b');
  expect(fillIn('add {number}')).toBe('add {number}');
});
