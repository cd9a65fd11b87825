import { expect, it } from 'vitest';
import { PressGuard } from '../../../../src/web/console/now/press-guard.js';

const row = (id: string, line: number) => ({
  id,
  place: { left: 0, right: 20, top: line * 40, bottom: line * 40 + 20 },
});

it('a press on what has just come into the place of another is not meant for it', () => {
  const guard = new PressGuard();
  guard.update([row('first', 0), row('second', 1)], 0);
  expect(guard.mayPress(row('first', 0), 5000)).toBe(true);
  guard.update([row('second', 0)], 5000);
  expect(guard.mayPress(row('second', 0), 5300)).toBe(false);
  expect(guard.mayPress(row('second', 0), 6001)).toBe(true);
});

it('what comes into an empty place, and what stays in its own, can be pressed at once', () => {
  const guard = new PressGuard();
  guard.update([row('first', 0), row('second', 1)], 0);
  guard.update([row('first', 0)], 100);
  expect(guard.mayPress(row('first', 0), 101)).toBe(true);
  guard.update([row('first', 0), row('third', 2)], 200);
  expect(guard.mayPress(row('third', 2), 201)).toBe(true);
  expect(guard.mayPress(row('third', 1), 201)).toBe(false);
});
