/** How a handset stands in one of its queues. */
export interface QueueMembership {
  loggedIn: boolean;
  /** False for who is logged out. */
  paused: boolean;
  /** Empty when not paused, or without a reason. */
  pauseReason: string;
}

/** Who is logged in where; implemented by queues/. */
export interface QueueMemberships {
  /**
   * Runs the job while nobody logs in, out or pauses, after what was changed in Asterisk itself has become known. When it
   * has succeeded, Asterisk's queues are as they are to be. @throws what the job throws
   */
  keep(job: (standing: (queue: number, handset: string) => QueueMembership) => Promise<void>): Promise<void>;
}
