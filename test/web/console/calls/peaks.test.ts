import { expect, test } from 'vitest';
import { outlineOf, peaksOf } from '../../../../src/web/console/calls/peaks.js';

test('the loudest sample of each part, whichever its sign', () => {
  expect(peaksOf([0, 0.5, -0.75, 0.25, 0, 0, 1, -2], 4)).toEqual([0.5, 0.75, 0, 1]);
});

test('every sample is in one part, also when they do not divide evenly', () => {
  for (let loud = 0; loud < 10; loud += 1) {
    const samples = Array.from({ length: 10 }, (_, index) => (index === loud ? 1 : 0));
    expect(peaksOf(samples, 3).filter((peak) => peak === 1)).toHaveLength(1);
  }
});

test('a sound that is shorter than its drawing is silent in between', () => {
  expect(peaksOf([], 2)).toEqual([0, 0]);
  expect(peaksOf([1], 2)).toEqual([0, 1]);
});

test('the outline goes along the top and back along the bottom', () => {
  expect(outlineOf([0, 1])).toBe('M0 1.00L1 0.00L1 2.00L0 1.00Z');
  expect(outlineOf([])).toBe('');
});
