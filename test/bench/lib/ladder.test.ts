import { describe, expect, test } from 'vitest';
import { Ladder } from './ladder.js';

const limits = { first: 10, highest: 640, precision: 1.1 };

/** Climbs with a server that sustains `capacity`; returns the rates tried. */
function climb(ladder: Ladder, capacity: number): number[] {
  const tried: number[] = [];
  for (let rate = ladder.next(); rate !== undefined; rate = ladder.next()) {
    tried.push(rate);
    ladder.note(rate, rate <= capacity);
    if (tried.length > 100) throw new Error('never ends');
  }
  return tried;
}

describe('a ladder', () => {
  test.each([1, 7, 10, 33, 100, 500])('finds a capacity of %i calls a second', (capacity) => {
    const ladder = new Ladder(limits);
    const tried = climb(ladder, capacity);
    expect(ladder.sustained).toBeLessThanOrEqual(capacity);
    expect(ladder.sustained).toBeGreaterThanOrEqual(Math.floor(capacity / 1.1 / 1.1));
    expect(ladder.bounded).toBe(true);
    expect(tried.length).toBeLessThan(25);
  });

  test('gives up on a server that sustains nothing', () => {
    const ladder = new Ladder(limits);
    climb(ladder, 0);
    expect([ladder.sustained, ladder.bounded]).toEqual([0, true]);
  });

  test('stops at the highest rate and says that it was not seen to fail', () => {
    const ladder = new Ladder(limits);
    expect(climb(ladder, 10_000).at(-1)).toBe(640);
    expect([ladder.sustained, ladder.bounded]).toEqual([640, false]);
  });

  test('asks for a step again that failed once', () => {
    const ladder = new Ladder(limits);
    ladder.note(10, true);
    ladder.note(20, false);
    expect(ladder.next()).toBe(20);
    ladder.note(20, true);
    expect([ladder.sustained, ladder.bounded]).toEqual([20, false]);
  });
});
