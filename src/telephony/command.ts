/**
 * How a supervisor takes part in a talk. `listen`: hears both sides, unheard; `whisper`: only the operator hears the supervisor;
 * `barge`: all three hear each other.
 */
export const supervisionModes = ['listen', 'whisper', 'barge'] as const;
export type SupervisionMode = (typeof supervisionModes)[number];

/**
 * Steps of an attended transfer. `connect`: the caller talks with the target, without the operator; `return`: the operator talks with
 * the caller, without the target; `swap`: the operator talks with the other one, and the former one hears music; `join`: all three hear
 * each other; `separate`: undoes `join`.
 */
export const transferSteps = ['connect', 'return', 'swap', 'join', 'separate'] as const;
export type TransferStep = (typeof transferSteps)[number];

/** Where a caller can be transferred. `line`: into the plan of this line; E.164. A number that is a line's own is that line. */
export type TransferTarget = { queue: number } | { handset: string } | { number: string } | { line: string };

/** Whether somebody there can be asked before the transfer. */
export function canBeAsked(to: TransferTarget): to is { handset: string } | { number: string } {
  return !('queue' in to || 'line' in to);
}

/** `@login` of a person, or the name of a token; missing for the gateway itself, and in commands that an earlier version stored. */
type Author = string | undefined;

/** A request to change a call in progress. The flow decides what it does. */
export type Command =
  /** Plays the prompt (null: the configured one) and hangs up. */
  | { type: 'reject'; prompt: number | null; by?: Author }
  | { type: 'hang_up'; by?: Author }
  /** `first`: must come before the caller has talked with anybody; when the target does not answer, the line's plan restarts. */
  | { type: 'transfer'; to: TransferTarget; first?: true }
  /** The operator of this handset talks with the target before the caller does. */
  | { type: 'consult'; to: TransferTarget; handset: string }
  /** The next step of a transfer whose target is asked, see {@link transferSteps}. */
  | { type: 'advance_transfer'; step: TransferStep }
  /** Parks the other party of the talk in which this handset takes part. */
  | { type: 'park'; handset: string }
  /** Rings this handset for the parked party. */
  | { type: 'pick_up'; handset: string }
  | { type: 'play'; prompt: number; side: 'caller' | 'callee' | 'both' }
  /** `mode` is missing in commands that an earlier version stored: `listen`. A handset that takes part already changes its mode. */
  | { type: 'listen'; handset: string; mode?: SupervisionMode }
  /** Moves a caller who waits in a queue. `position`: from 1; beyond the end: the last one. */
  | { type: 'move'; position: number };
