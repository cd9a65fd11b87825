import type { PartyRole } from './port.js';

/** How a bridge is to be made, fixed when it is asked for. Programs are kept for good: nobody's number and no order is in them. */
export interface BridgeProgram {
  /** E.164: the only number that anybody sees. */
  line: string;
  /** In the order in which sounds are looked for. */
  languages: string[];
  /** Called first. */
  a: Party;
  /** Called once A has answered. */
  b: Party;
  maxDurationMs: number;
  /** So long before the end both are told; 0: they are not. */
  warningMs: number;
  waitAudio: 'ringback' | 'silence';
  /** B has to press this before they are connected. */
  confirmDigit: string | null;
  /** `announce`: id of the prompt that both hear before; null for none. */
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

/** The shipped sounds that say it, one after another. */
export function soundsFor(sound: BridgeSound, confirmDigit: string | null): string[] {
  const file = `bridge-${sound.replace('_', '-')}`;
  return sound === 'confirm' ? [file, `press-${confirmDigit}`] : [file];
}
