import type { HandsetMembership } from '../../agents/handset-membership.js';

/** The state of a person as one word: of several queues the most significant one. */
export function presenceOf(membership: HandsetMembership | undefined): string {
  if (membership?.registered !== true) return 'offline';
  const loggedIn = membership.queues.filter((queue) => queue.loggedIn);
  if (membership.queues.some(({ state }) => state === 'busy')) return 'talking';
  if (membership.queues.some(({ state }) => state === 'ringing')) return 'ringing';
  if (membership.queues.length > 0 && loggedIn.length === 0) return 'logged_out';
  return loggedIn.length > 0 && loggedIn.every(({ paused }) => paused) ? 'paused' : 'free';
}
