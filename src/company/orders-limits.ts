/** Maximum time that a caller waits for the lookup of an order. */
export const LOOKUP_LIMIT_MS = 1500;

/** Part of it reserved for the way back to the call. */
export const SPARE_MS = 100;
