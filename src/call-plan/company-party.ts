import type { DialTarget } from '../telephony/telephony.js';
import type { EndedBy, CallState } from './call-state.js';

/** The handset or phone number with which an operator makes this call; null for all other calls. */
export function companyParty({ handset }: Pick<CallState, 'handset'>): DialTarget | null {
  if (handset === null) return null;
  // Handset names contain a letter; an operator's own phone is a number.
  return /^\+?\d+$/.test(handset) ? { number: handset } : { handset };
}

/** The party that ends the call by hanging up the call's own channel. */
export function ownChannelEndedBy({ handset }: Pick<CallState, 'handset'>): EndedBy {
  return handset === null ? 'caller' : 'handset';
}

/** The party that ends the call by hanging up the leg in the talk. */
export function otherLegEndedBy({ handset }: Pick<CallState, 'handset'>): EndedBy {
  return handset === null ? 'handset' : 'caller';
}
