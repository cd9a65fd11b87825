/** How a stay in a queue ends, in the words of the `enqueue` action: each may have a list of actions of its own. */
export const QUEUE_OUTCOMES = ['answered', 'timed_out', 'empty', 'full', 'closed', 'exited', 'rejected'] as const;

export type QueueOutcome = (typeof QUEUE_OUTCOMES)[number];
