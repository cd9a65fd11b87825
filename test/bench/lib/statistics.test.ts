import { expect, test } from 'vitest';
import { inTurn, latencies, median, percentile, round, sorted } from './statistics.js';

const hundred = Array.from({ length: 100 }, (_, index) => index + 1);

test('percentiles of sorted values', () => {
  expect(percentile(hundred, 0)).toBe(1);
  expect(percentile(hundred, 0.5)).toBe(51);
  expect(percentile(hundred, 0.99)).toBe(100);
  expect(percentile(hundred, 1)).toBe(100);
  expect(percentile([], 0.5)).toBeNaN();
});

test('sorts numbers as numbers, and leaves the list as it was', () => {
  const values = [10, 9, 100];
  expect(sorted(values)).toEqual([9, 10, 100]);
  expect(values).toEqual([10, 9, 100]);
});

test.each([
  [[3, 1, 2], 2],
  [[4, 1, 2, 3], 2.5],
  [[7], 7],
])('the median of %j is %d', (values, expected) => {
  expect(median(values)).toBe(expected);
});

test('the median of nothing is not a number', () => {
  expect(median([])).toBeNaN();
});

test('latencies are summed up from values in any order', () => {
  expect(latencies([...hundred].reverse())).toEqual({ count: 100, p50: 51, p95: 96, p99: 100, max: 100 });
});

test('rounds to three significant digits', () => {
  expect([1234, 0.012345, 9.999].map(round)).toEqual([1230, 0.0123, 10]);
});

test('each round begins with another entry', () => {
  expect([0, 1, 2, 3].map((turn) => inTurn(['a', 'b', 'c'], turn).join(''))).toEqual(['abc', 'bca', 'cab', 'abc']);
  expect(inTurn([], 4)).toEqual([]);
});
