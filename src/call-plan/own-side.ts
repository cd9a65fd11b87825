import type { DialTarget } from '../telephony/telephony.js';
import type { EndedBy, CallState } from './call-state.js';

/** Who of the company makes this call; null for calls that nobody of the company makes by hand. */
export function ownSide({ handset }: Pick<CallState, 'handset'>): DialTarget | null {
  if (handset === null) return null;
  // Names of handsets hold a letter; an operator's own telephone is a number.
  return /^\+?\d+$/.test(handset) ? { number: handset } : { handset };
}

/** Whose hanging up the end of the call's own channel is. */
export function ownChannelParty({ handset }: Pick<CallState, 'handset'>): EndedBy {
  return handset === null ? 'caller' : 'handset';
}

/** Whose hanging up the end of the leg is that talks with the call's own channel. */
export function otherParty({ handset }: Pick<CallState, 'handset'>): EndedBy {
  return handset === null ? 'handset' : 'caller';
}
