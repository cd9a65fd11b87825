/** Outcomes of a queue visit, as named by the `enqueue` action: each may have its own list of actions. */
export type QueueOutcome = 'answered' | 'timed_out' | 'empty' | 'full' | 'closed' | 'exited' | 'rejected';
