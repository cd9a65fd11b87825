/** What somebody wants done with a call in progress. What comes of it is the flow's to say. */
export type Command =
  /** Out of whatever goes on, hear the prompt (null: the one that is set up for this) and be hung up. */
  | { do: 'reject'; prompt: number | null }
  | { do: 'hang_up' }
  /**
   * `first`: only while nobody has talked with the caller yet; and when nobody answers there, the line's plan begins anew.
   */
  | { do: 'transfer'; to: { queue: number } | { handset: string } | { number: string }; first?: true }
  | { do: 'play'; prompt: number; side: 'caller' | 'callee' | 'both' }
  | { do: 'listen'; handset: string };
