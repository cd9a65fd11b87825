import { api } from '../api/client.js';
import { can } from '../session.js';
import { texts } from './command-texts.js';
import { showMenuCount, useMenuCount } from './menu-count.js';

/** Keeps the number of messages that nobody has heard in the menu, for those who may see the list. */
export function MessageCount() {
  useMenuCount(showMessageCount);
  return null;
}

/** Reads the number of new messages again. After a failure the former one stays. */
export async function showMessageCount(): Promise<void> {
  if (!can('calls:read')) return;
  const outcome = await api.get('/api/v1/messages/count');
  if (outcome.ok) showMenuCount('/messages', outcome.data.unheard, texts.newMessages(outcome.data.unheard));
}
