import { textOf, type AmiEvent } from './ami/ami-connection.js';
import type { AriEvent } from './ari/ari-schema.js';

/**
 * Asterisk hangs up every channel before it stops. The cause of a soft hang-up request is then its flag
 * `AST_SOFTHANGUP_SHUTDOWN` (include/asterisk/channel.h), and no Q.850 number.
 */
const SHUTDOWN = 4;

/** True for a channel's hang-up because Asterisk stops. The event `Shutdown` follows a second later. */
export function isShutdownOverAri(event: AriEvent): boolean {
  return event.type === 'ChannelHangupRequest' && event.soft && event.cause === SHUTDOWN;
}

/** As {@link isShutdownOverAri}, also for channels outside our application, and for the event `Shutdown` itself. */
export function isShutdownOverAmi(event: AmiEvent): boolean {
  if (event.event === 'Shutdown') return true;
  return event.event === 'SoftHangupRequest' && Number(textOf(event, 'cause')) === SHUTDOWN;
}
