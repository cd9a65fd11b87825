import type { BridgeRequestData } from '../telephony/telephony.js';
import type { CallRecording } from '../telephony/recording.js';
import type { Instant } from '../lib/clock.js';
import type { BridgeStanding, PartyRole } from './port.js';

/**
 * One bridge. `phase`:
 * - `dialing_a`: the first one is called;
 * - `announcing_a`: A hears that the talk will be recorded;
 * - `dialing_b`: A waits, B is called;
 * - `confirming`: B has answered and has to press a key;
 * - `announcing_b`: B hears that the talk will be recorded;
 * - `bridged`: they talk;
 * - `explaining`: A hears why B is not to be had;
 * - `over`.
 */
export interface BridgeFlowState {
  flowId: string;
  phase: 'dialing_a' | 'announcing_a' | 'dialing_b' | 'confirming' | 'announcing_b' | 'bridged' | 'explaining' | 'over';
  /** As the world is told. */
  standing: Omit<BridgeStanding, 'id'>;
  /** E.164, by leg. For what dials, and for whoever may see who asked. */
  phones: BridgeRequestData['phones'];
  callbackUrl: string | null;
  legs: Record<LegName, Leg>;
  /** What is heard now, and is waited for. */
  saying: Saying | null;
  /** Who is rung, or has to press a key, has to have done so by then. */
  deadline: Instant | null;
  /** When both are told that the end is near; null when they are not, or have been. */
  warnAt: Instant | null;
  /** The talk ends then. */
  limitAt: Instant | null;
  /** When Asterisk is next told that we are still there; null while they talk. */
  leashAt: Instant | null;
  /** All have heard that the talk is recorded, as far as they have been told. */
  mayRecord: boolean;
  recordings: CallRecording[];
  /** A hung up before the talk. */
  leftBy?: 'a';
  /** Reports told so far. */
  told: number;
  /** Number of the last effect. */
  effects: number;
}

export type LegName = 'a' | 'b';

export interface Leg {
  /** Of its channel. */
  id: string;
  role: PartyRole;
  stands: 'idle' | 'dialling' | 'ringing' | 'up' | 'over';
  /** Asterisk has it: reconcile may judge by its absence. */
  known: boolean;
  /** Id of the effect that dials it. */
  dialEffect: string | null;
  since: Instant;
}

export interface Saying {
  playbackId: string;
  leg: LegName;
  what: string;
  prompt: number | null;
  sounds: string[];
  /** Asterisk has it. */
  accepted: boolean;
  giveUpAt: Instant;
  /** It has failed once: the second failure is final. */
  isRetry?: true;
}
