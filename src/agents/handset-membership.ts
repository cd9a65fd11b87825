import type { HandsetContact } from '../asterisk/port.js';
import type { MemberState, QueueMember, QueueSnapshot } from '../asterisk/queue-port.js';
import type { Handset, Queue } from '../directory/schema.js';
import type { QueueMembership } from '../directory/queue-membership.js';
import type { Instant } from '../lib/clock.js';

/** A handset with its phones and its membership in each of its queues. */
export interface HandsetMembership {
  handset: string;
  displayName: string;
  webrtc: boolean;
  encryption: Handset['encryption'];
  maxContacts: number;
  /** A telephone of the company's own Asterisk; null for an account of the gateway. */
  endpoint: string | null;
  /** At least one of its phones can be rung. */
  registered: boolean;
  contacts: HandsetContact[];
  queues: QueuePresence[];
}

interface QueuePresence extends QueueMembership {
  queue: number;
  /** `wrap_up`: not rung for a while after a call. When logged out: `free` or `unavailable`, by the registration. */
  state: MemberState | 'wrap_up';
  wrapUpUntil: Instant | null;
}

/** Asterisk's listings. */
interface ListedQueues {
  contacts: HandsetContact[];
  queues: QueueSnapshot[];
  at: Instant;
  /** Wrap-up time of the queue of the member's last call, in milliseconds; 0 when unknown. */
  lastWrapUpMs: (member: QueueMember) => number;
}

export function handsetMembership(
  { name, display_name, webrtc, encryption, max_contacts, endpoint }: Handset,
  queues: { queue: Queue; membership: QueueMembership }[],
  listed: ListedQueues,
): HandsetMembership {
  const contacts = listed.contacts.filter(({ handset }) => handset === name);
  const registered = contacts.some(({ state }) => state !== 'unreachable');
  return {
    handset: name,
    displayName: display_name,
    webrtc,
    encryption,
    maxContacts: max_contacts,
    endpoint: endpoint ?? null,
    registered,
    contacts,
    queues: queues.map(({ queue, membership }) => {
      const members = listed.queues.find(({ id }) => id === queue.id)?.members;
      const member = members?.find(({ handset }) => handset === name);
      const wrapUpMs = member === undefined ? 0 : Math.max(queue.wrap_up, listed.lastWrapUpMs(member));
      const until = member === undefined ? null : wrapUpUntil(member, membership, wrapUpMs, listed.at);
      const state = member?.state ?? (registered ? 'free' : 'unavailable');
      return { queue: queue.id, ...membership, state: until === null ? state : 'wrap_up', wrapUpUntil: until };
    }),
  };
}

/** End of the wrap-up time after the last call; null when there is none. @param wrapUpMs of the queue, or of the queue of the last call */
function wrapUpUntil(
  { state, lastCallAt }: Pick<QueueMember, 'state' | 'lastCallAt'>,
  { pausedUntil }: Pick<QueueMembership, 'pausedUntil'>,
  wrapUpMs: number,
  now: Instant,
): Instant | null {
  if (state !== 'free') return null;
  const until = pausedUntil ?? (lastCallAt === null ? 0 : lastCallAt + wrapUpMs);
  return until > now ? until : null;
}
