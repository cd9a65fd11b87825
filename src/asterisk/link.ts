import { messageOf } from '../lib/error-message.js';
import type { Clock } from '../lib/clock.js';
import { AsteriskError } from './port.js';

/** The part of a logger that the links use; pino implements it. Fields must never hold a password or a phone number. */
export interface LinkLog {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

/** Dependencies shared by all parts of the links. */
export interface LinkContext {
  clock: Clock;
  /** In [0, 1), as `Math.random`. */
  random: () => number;
  log: LinkLog;
  timing: LinkTiming;
  /**
   * Undefined: this gateway may send a request to Asterisk, or open the connection of its application, which takes that from any other
   * gateway. Otherwise resolves when it may, and rejects when it may not. Default: it may.
   */
  permit?: ((purpose: 'request' | 'connection') => Promise<void> | undefined) | undefined;
}

/** Waits until this gateway may act on Asterisk. @throws AsteriskError `unavailable` when it may not */
export async function permitted({ permit }: LinkContext, purpose: 'request' | 'connection' = 'request'): Promise<void> {
  try {
    await permit?.(purpose);
  } catch (error) {
    throw new AsteriskError('unavailable', messageOf(error));
  }
}

export interface LinkTiming {
  /** Timeout of a request. */
  requestMs: number;
  /** TCP, handshake and login together. */
  connectMs: number;
  /** Timeout of the REST-over-WebSocket probe, after which requests go over HTTP. */
  probeMs: number;
  /** Ping interval; a link is dead when a ping is unanswered at the time of the next one. */
  pingMs: number;
  /** How long AMI may be busy with one action while Asterisk still greets new connections. */
  busyMs: number;
}

export const DEFAULT_TIMING: LinkTiming = {
  requestMs: 5000,
  connectMs: 2000,
  probeMs: 2000,
  pingMs: 5000,
  busyMs: 20_000,
};

/** A deadline that fires this late (ms) means that the process was suspended. */
const LATE_MS = 500;
/** Extension of such a deadline (ms), so that data that arrived meanwhile is read first. */
const GRACE_MS = 500;

/**
 * Calls `expired` unless the returned function is called within `ms`. After the process was suspended the deadline is extended:
 * timers run before sockets are read, and the response may have arrived long ago.
 */
export function deadline(clock: Clock, ms: number, expired: () => void): () => void {
  const at = clock.now() + ms;
  let cancel = clock.wakeAt(at, () => {
    if (clock.now() - at < LATE_MS) expired();
    else cancel = clock.wakeAt(clock.now() + GRACE_MS, expired);
  });
  return () => cancel();
}
