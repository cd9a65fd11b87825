import type { Clock } from '../lib/clock.js';

/** The narrow part of a logger that the links use; pino fits. Fields never hold a password or a phone number. */
export interface LinkLog {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

/** What every part of the links needs from outside. */
export interface LinkContext {
  clock: Clock;
  /** In [0, 1), as `Math.random`. */
  random: () => number;
  log: LinkLog;
  timing: LinkTiming;
}

export interface LinkTiming {
  /** A request without an answer fails after this. */
  requestMs: number;
  /** TCP, handshake and login together. */
  connectMs: number;
  /** How long the REST-over-WebSocket probe may take before requests go over HTTP. */
  probeMs: number;
  /** Between two pings; a link whose last ping is unanswered by the next one is dead. */
  pingMs: number;
  /** For so long AMI may be busy with one action, as long as Asterisk greets a new connection. */
  busyMs: number;
}

export const DEFAULT_TIMING: LinkTiming = {
  requestMs: 5000,
  connectMs: 2000,
  probeMs: 2000,
  pingMs: 5000,
  busyMs: 20_000,
};

/** A deadline that is noticed so much later (ms) passed while this process stood still. */
const LATE_MS = 500;
/** Then what has arrived meanwhile is read first, for so long (ms). */
const GRACE_MS = 500;

/**
 * Calls `expired` unless the returned function is called within `ms`. After a standstill of this process the deadline
 * moves a little: timers run before sockets are read, and the answer may have been there for long.
 */
export function deadline(clock: Clock, ms: number, expired: () => void): () => void {
  const at = clock.now() + ms;
  let cancel = clock.wakeAt(at, () => {
    if (clock.now() - at < LATE_MS) expired();
    else cancel = clock.wakeAt(clock.now() + GRACE_MS, expired);
  });
  return () => cancel();
}
