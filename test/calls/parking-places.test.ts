import { expect, test } from 'vitest';
import { ParkingPlaces } from '../../src/calls/parking-places.js';
import { VirtualClock } from '../../src/simulator/virtual-clock.js';

/** The numbered places of parked calls. */

const parked = (place: number) => ({ live: { parked: { place, by: 'eva', since: 0 } } as never });

test('the lowest place that no call has and that was not assigned a moment ago', () => {
  const clock = new VirtualClock(0);
  let calls = [parked(1), { live: undefined }];
  const places = new ParkingPlaces({ summaries: () => calls, count: () => 3, clock });
  expect([places.assign(), places.assign(), places.assign()]).toEqual([2, 3, null]);
  calls = [parked(2)];
  expect(places.assign()).toBe(1);
  expect(places.assign()).toBeNull();
  // The reservations of calls that have ended run out.
  clock.advanceBy(10_000);
  calls = [];
  expect(places.assign()).toBe(1);
});
