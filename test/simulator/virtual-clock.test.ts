import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../src/simulator/virtual-clock.js';

describe('the virtual clock', () => {
  it('fires in the order of time, then in the order in which timers were set', () => {
    const clock = new VirtualClock(1000);
    const fired: [string, number][] = [];
    const note = (name: string) => () => fired.push([name, clock.now()]);
    clock.wakeAt(1300, note('c'));
    clock.wakeAt(1100, note('a'));
    clock.wakeAt(1300, note('d'));
    clock.wakeAt(1200, () => {
      note('b')();
      clock.wakeAt(1250, note('from b'));
      clock.wakeAt(0, note('past'));
    });
    clock.advanceTo(1300);
    expect(fired).toEqual([
      ['a', 1100],
      ['b', 1200],
      ['past', 1200],
      ['from b', 1250],
      ['c', 1300],
      ['d', 1300],
    ]);
  });

  it('fires nothing early, nothing twice and nothing that was cancelled', () => {
    const clock = new VirtualClock(0);
    let count = 0;
    clock.wakeAt(10, () => (count += 1));
    const cancel = clock.wakeAt(5, () => (count += 100));
    cancel();
    cancel();
    clock.advanceBy(9);
    expect([count, clock.now(), clock.nextDueAt()]).toEqual([0, 9, 10]);
    clock.advanceBy(100);
    clock.advanceBy(100);
    expect([count, clock.now(), clock.nextDueAt()]).toEqual([1, 209, undefined]);
  });

  it('never goes back', () => {
    const clock = new VirtualClock(50);
    clock.advanceTo(10);
    expect(clock.now()).toBe(50);
  });
});
