import { textOf, type AmiEvent } from './ami/ami-connection.js';
import type { AriEvent } from './ari/ari-schema.js';

/**
 * Asterisk hangs up every channel before it stops. The cause of a soft hang-up request is then its flag
 * `AST_SOFTHANGUP_SHUTDOWN` (include/asterisk/channel.h), and no Q.850 number.
 */
const SHUTDOWN = 4;

/** True for the hang-up of a channel because Asterisk stops. The event `Shutdown` comes a second after those. */
export function isShutdownOverAri(event: AriEvent): boolean {
  return event.type === 'ChannelHangupRequest' && event.soft && event.cause === SHUTDOWN;
}

/** As {@link isShutdownOverAri}, also for channels outside of our application; and the event `Shutdown` itself. */
export function isShutdownOverAmi(event: AmiEvent): boolean {
  if (event.event === 'Shutdown') return true;
  return event.event === 'SoftHangupRequest' && Number(textOf(event, 'cause')) === SHUTDOWN;
}
