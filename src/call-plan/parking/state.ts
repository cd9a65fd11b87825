import type { Instant } from '../../lib/clock.js';
import type { Operator } from '../handset-transfer/state.js';

/** A parked outside party hears music in a numbered place until somebody picks it up. */
export interface ParkState {
  type: 'park';
  /** The effect that looks for a place. */
  effectId: string;
  /** Null until it is known. */
  place: number | null;
  /** The handset of the operator who parked it. */
  by: string;
  since: Instant;
  /** When it rings back. */
  until: Instant;
  /** Whether talks with the outside party are recorded. */
  record: boolean;
  /** The handset that rings: that of the operator who parked, or one that picks up. */
  ringing?: ParkedRing | undefined;
  /** The operator, who pressed a code, hears the number of the place. */
  telling?: Telling | undefined;
}

export interface ParkedRing {
  legId: string;
  handset: string;
  since: Instant;
  until: Instant;
  /** It rings for the operator who parked the outside party, because nobody has picked it up. */
  isBack: boolean;
  /** Asterisk has accepted the leg, so its absence at a reconcile means its end. */
  known?: true;
}

interface Telling {
  operator: Operator;
  /** Null until the place is known. */
  playbackId: string | null;
  until: Instant;
}

/** The place of a parked outside party, for the live state; undefined when it has none yet. */
export function parkedOf({ place, by, since }: ParkState) {
  return place === null ? undefined : { place, by, since };
}
