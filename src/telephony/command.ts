/** A request to change a call in progress. The flow decides what it does. */
export type Command =
  /** Plays the prompt (null: the configured one) and hangs up. */
  | { type: 'reject'; prompt: number | null }
  | { type: 'hang_up' }
  /** `first`: must come before the caller has talked with anybody; when the target does not answer, the line's plan restarts. */
  | { type: 'transfer'; to: { queue: number } | { handset: string } | { number: string }; first?: true }
  | { type: 'play'; prompt: number; side: 'caller' | 'callee' | 'both' }
  | { type: 'listen'; handset: string };
