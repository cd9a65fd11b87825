import { api } from '../api/client.js';
import { can } from '../session.js';
import { texts } from './command-texts.js';
import { showMenuCount, useMenuCount } from './menu-count.js';

/** Keeps the number of missed callers in the menu, for those who may see the list. */
export function MissedCount() {
  useMenuCount(showMissedCount);
  return null;
}

/** Reads the number of missed callers again, and shows it beside the entry of the menu. After a failure the former one stays. */
export async function showMissedCount(): Promise<void> {
  if (!can('calls:read')) return;
  const outcome = await api.get('/api/v1/missed-calls/count');
  if (outcome.ok) showMenuCount('/missed', outcome.data.open, texts.toCallBack(outcome.data.open));
}
