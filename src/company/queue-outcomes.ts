/** How a stay in a queue ends, in the words of the `enqueue` action: each may have a list of actions of its own. */
export type QueueOutcome = 'answered' | 'timed_out' | 'empty' | 'full' | 'closed' | 'exited' | 'rejected';
