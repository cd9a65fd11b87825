import { expect, test } from 'vitest';
import { Lockout } from '../../src/accounts/lockout.js';

test('when the clock is set back, who had to wait half a minute does not have to wait until it is that late again', () => {
  const clock = { at: 7_200_000, now: () => clock.at, wakeAt: () => () => undefined };
  const lockout = new Lockout(clock, 1);
  lockout.recordFailure('eva');
  expect(lockout.waitMs('eva')).toBe(30_000);
  clock.at -= 3_600_000;
  expect(lockout.waitMs('eva')).toBe(0);
  lockout.recordFailure('eva');
  expect(lockout.waitMs('eva')).toBe(30_000);
});
