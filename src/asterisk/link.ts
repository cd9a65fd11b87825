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
}

export const DEFAULT_TIMING: LinkTiming = { requestMs: 5000, connectMs: 2000, probeMs: 2000, pingMs: 5000 };

/** Calls `expired` unless the returned function is called within `ms`. */
export function deadline(clock: Clock, ms: number, expired: () => void): () => void {
  return clock.wakeAt(clock.now() + ms, expired);
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
