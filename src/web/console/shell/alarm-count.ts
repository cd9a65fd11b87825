import { api } from '../api/client.js';
import { can } from '../session.js';
import { showProblem } from '../ui/toasts.js';
import { texts } from './command-texts.js';
import { showMenuCount, useMenuCount } from './menu-count.js';

/** The alarms that this page has seen; undefined before the first response. */
let seen: ReadonlySet<number> | undefined;

/** Keeps the number of alarms that nobody takes care of in the menu, and says each new one. */
export function AlarmCount() {
  useMenuCount(showAlarmCount);
  return null;
}

/** Reads the alarms again. After a failure the former count stays. */
export async function showAlarmCount(): Promise<void> {
  if (!can('metrics:read')) return;
  const outcome = await api.get('/api/v1/alarms');
  if (!outcome.ok) return;
  const open = outcome.data.alarms.filter(({ acknowledged, silenced }) => acknowledged === null && !silenced);
  showMenuCount('/alarms', open.length, texts.alarms(open.length));
  for (const { id, title } of open) if (seen?.has(id) === false) showProblem(title);
  seen = new Set(outcome.data.alarms.map(({ id }) => id));
}
