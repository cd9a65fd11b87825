/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;

/** A source of time and timers, so that tests and simulations do not have to wait. */
export interface Clock {
  now(): Instant;
  /** Calls `wake` once at `at`, or as soon as possible when `at` is past. Returns an idempotent cancel function. */
  wakeAt(at: Instant, wake: () => void): () => void;
}

/** Limit of `setTimeout` (signed 32-bit integer); longer timeouts fire at once. */
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
