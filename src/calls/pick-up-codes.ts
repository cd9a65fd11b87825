import type { AsteriskPort } from '../asterisk/port.js';
import { resourceId } from '../kernel/ids.js';
import type { Arrival, CallEventRouterOptions } from './event-router.js';

interface PickUpCodesOptions {
  asterisk: Pick<AsteriskPort, 'setVariable' | 'continueTo' | 'hangUp' | 'names'>;
  /** The call that is parked in this place. */
  parkedIn: (place: number) => string | undefined;
  directory: () => { handsets: readonly { name: string }[]; feature_codes: { pick_up: string } };
  onError: (error: unknown) => void;
  /** Admits all other calls. */
  next: CallEventRouterOptions['admit'];
}

/**
 * Connects handsets that dial the code of a place with the call that is parked there: their channel enters the application again on
 * behalf of that call, so that it is recognised after a restart of the gateway.
 */
export function withPickUpCodes({
  asterisk,
  parkedIn,
  directory,
  onError,
  next,
}: PickUpCodesOptions): CallEventRouterOptions['admit'] {
  return (arrival, at) => {
    const place = placeOf(arrival, directory());
    if (place === undefined) return next(arrival, at);
    const callId = parkedIn(place);
    if (callId === undefined) return 'unknown_line';
    const { id } = arrival.channel;
    void pass(asterisk, id, callId).catch(async (error: unknown) => {
      onError(error);
      await asterisk.hangUp(id).catch(onError);
    });
    return 'begun';
  };
}

function placeOf(
  { dialled, sip }: Arrival,
  { handsets, feature_codes: { pick_up: code } }: ReturnType<PickUpCodesOptions['directory']>,
): number | undefined {
  const digits = dialled.startsWith(code) ? dialled.slice(code.length) : '';
  const isHandset = handsets.some(({ name }) => name === sip.endpoint);
  return isHandset && /^[1-9]\d?$/.test(digits) ? Number(digits) : undefined;
}

async function pass(asterisk: PickUpCodesOptions['asterisk'], channelId: string, callId: string): Promise<void> {
  await asterisk.setVariable(channelId, 'TAKEN_VISIT', resourceId(callId, 'park'));
  await asterisk.continueTo(channelId, { context: asterisk.names.contexts.taken, extension: 's', priority: 1 });
}
