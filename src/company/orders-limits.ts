/** For how long callers wait until somebody has told of their order, and not longer. */
export const LOOKUP_LIMIT_MS = 1500;

/** Of that, left for the way back to the call. */
export const SPARE_MS = 100;
