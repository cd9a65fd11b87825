import type { MessageOwner } from '../telephony/recording.js';
import type { Company } from './company.js';
import { walk } from './walk.js';

/** The handsets whose phones show new messages: those that the plans name, and those of the queues that the plans name. */
export function handsetsWithLamp(company: Company): Set<string> {
  const found = new Set<string>();
  for (const { action } of walk(company))
    if (typeof action === 'object' && 'take_message' in action)
      for (const handset of ownersOf(action.take_message, company)) found.add(handset);
  return found;
}

/** The handsets whose message it is. */
function ownersOf({ queue, handset }: MessageOwner, { queues }: Pick<Company, 'queues'>): Set<string> {
  const members = queues.find(({ id }) => id === queue)?.handsets ?? [];
  return new Set(handset === undefined ? members : [...members, handset]);
}

/** How many new messages each handset with a lamp has. */
export function newMessagesOf(
  company: Company,
  messages: readonly (MessageOwner & { count: number })[],
): Map<string, number> {
  const counts = new Map([...handsetsWithLamp(company)].map((handset) => [handset, 0]));
  for (const message of messages)
    for (const handset of ownersOf(message, company)) {
      const before = counts.get(handset);
      if (before !== undefined) counts.set(handset, before + message.count);
    }
  return counts;
}
