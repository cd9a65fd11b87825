/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;

/** A source of time, so that whatever waits can be tested and simulated without waiting. */
export interface Clock {
  now(): Instant;
  /** Calls `wake` once at `at`, or as soon as it can when `at` is past. Returns a function that cancels it; cancelling twice is harmless. */
  wakeAt(at: Instant, wake: () => void): () => void;
}

/** `setTimeout` counts in a signed 32-bit integer and fires at once beyond it. */
const MAX_TIMEOUT_MS = 2_147_483_647;

export const systemClock: Clock = {
  now: () => Date.now(),
  wakeAt(at, wake) {
    let handle: NodeJS.Timeout;
    const arm = () => {
      const left = at - Date.now();
      handle = left > MAX_TIMEOUT_MS ? setTimeout(arm, MAX_TIMEOUT_MS) : setTimeout(wake, Math.max(0, left));
    };
    arm();
    return () => clearTimeout(handle);
  },
};
