import type { PartyRole } from './port.js';

/**
 * The settings of one bridge, fixed at its request. Programs are stored permanently, so they contain no numbers or
 * orders of people.
 */
export interface BridgeProgram {
  /** E.164: the number that both parties see. */
  line: string;
  /** In order of preference for sounds. */
  languages: string[];
  /** Called first. */
  a: Party;
  /** Called once A has answered. */
  b: Party;
  maxDurationMs: number;
  /** How long before the limit both hear the warning; 0: no warning. */
  warningMs: number;
  waitAudio: 'ringback' | 'silence';
  /** B must press this digit to be connected; null: no confirmation. */
  confirmDigit: string | null;
  /** `announce`: id of the prompt that both hear before the talk; null for none. */
  record: { announce: number | null } | null;
  /** Prompts of the company in place of the shipped sounds. */
  prompts: Partial<Record<BridgeSound, number>>;
}

interface Party {
  role: PartyRole;
  ringMs: number;
}

/** Shipped sounds, each of them named `bridge-…`. */
export const bridgeSounds = ['busy', 'no_answer', 'rejected', 'unreachable', 'confirm', 'ending'] as const;
export type BridgeSound = (typeof bridgeSounds)[number];

/** The shipped sound files of a sound, in order. */
export function soundsFor(sound: BridgeSound, confirmDigit: string | null): string[] {
  const file = `bridge-${sound.replace('_', '-')}`;
  return sound === 'confirm' ? [file, `press-${confirmDigit}`] : [file];
}
