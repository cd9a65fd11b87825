import type { AsteriskEvent, Cause } from '../asterisk/port.js';
import type { Callee, FakeChannel } from './fake-channels.js';

/** Q.850 cause codes, as the real Asterisk reports them. */
const CAUSE_NUMBERS: Record<Cause, number> = {
  normal: 16,
  busy: 17,
  no_answer: 19,
  unregistered: 20,
  rejected: 21,
  unreachable: 3,
  no_such_number: 1,
  provider_refused: 21,
  failed: 38,
};

/** The cause that the far end of a channel receives for our reason to hang up. */
export const CAUSE_OF = {
  normal: 'normal',
  busy: 'busy',
  congestion: 'failed',
  unallocated: 'unreachable',
  no_answer: 'no_answer',
} as const;

/** The cause with which a refusing callee ends the call. */
export const REFUSALS: Partial<Record<Callee['type'], Cause>> = {
  busy: 'busy',
  rejects: 'rejected',
  no_such_number: 'no_such_number',
  provider_refuses: 'provider_refused',
};

/** The SIP status of a refusal. */
const SIP_STATUSES: Partial<Record<Cause, number>> = {
  busy: 486,
  rejected: 603,
  no_such_number: 404,
  provider_refused: 403,
};

/** The end of a channel as the real Asterisk reports it, given the state of the channel. */
export function ending(
  cause: Cause,
  state: FakeChannel['state'],
): Pick<Extract<AsteriskEvent, { type: 'channel_gone' }>, 'cause' | 'q850' | 'sipStatus'> {
  return { cause, q850: CAUSE_NUMBERS[cause], sipStatus: state === 'down' ? SIP_STATUSES[cause] : undefined };
}
