import type { Instant } from '../lib/clock.js';

/** The agent login of a handset in one of its queues. */
export interface QueueMembership {
  loggedIn: boolean;
  /** Always false when logged out. */
  paused: boolean;
  /** Empty when not paused, or without a reason. */
  pauseReason: string;
  /** When the pause ends by itself; undefined: it does not. */
  pausedUntil?: Instant | undefined;
}

/** The reason of a pause that is an extended wrap-up time. */
export const EXTENDED_WRAP_UP = 'wrap_up';

/** The agent logins of all handsets; implemented by agents/. */
export interface QueueMemberships {
  /**
   * Runs the job after changes made in Asterisk were read, and holds back logins, logouts and pauses meanwhile. A successful job has
   * written the logins into Asterisk's queues. @throws what the job throws
   */
  withLogins(job: (standing: (queue: number, handset: string) => QueueMembership) => Promise<void>): Promise<void>;
}
