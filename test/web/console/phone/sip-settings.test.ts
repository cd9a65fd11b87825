import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { endGatheringEarly } from '../../../../src/web/console/phone/sip-settings.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('an answer does not wait for more than the first ICE candidates', () => {
  const ready = vi.fn();
  const onCandidate = endGatheringEarly();
  onCandidate({ ready });
  for (let ms = 0; ms < 30; ms += 10) {
    expect(ready).not.toHaveBeenCalled();
    // Further candidates do not prolong it.
    onCandidate({ ready });
    vi.advanceTimersByTime(10);
  }
  expect(ready).toHaveBeenCalledTimes(1);
});

test('the next offer of the same call gathers again', () => {
  const ready = vi.fn();
  const onCandidate = endGatheringEarly();
  for (const times of [1, 2]) {
    onCandidate({ ready });
    vi.advanceTimersByTime(30);
    expect(ready).toHaveBeenCalledTimes(times);
  }
});
