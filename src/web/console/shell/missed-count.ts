import { api } from '../api/client.js';
import { can } from '../session.js';
import { useRefresh } from '../ui/refresh.js';
import { useEffect } from 'preact/hooks';
import { texts } from './command-texts.js';

const EVERY_MS = 30_000;
const MOST_SHOWN = 999;

/** Keeps the number of missed callers in the menu, for those who may see the list. */
export function MissedCount() {
  useEffect(() => void showMissedCount(), []);
  useRefresh(showMissedCount, EVERY_MS, []);
  return null;
}

/** Reads the number of missed callers again, and shows it beside the entry of the menu. After a failure the former one stays. */
export async function showMissedCount(): Promise<void> {
  if (!can('calls:read')) return;
  const outcome = await api.get('/api/v1/missed-calls/count');
  if (!outcome.ok) return;
  for (const link of document.querySelectorAll('.side nav a[href="/missed"], .bottom a[data-paths~="/missed"]'))
    showCount(link, outcome.data.open);
}

/** Figures for the eye, words for screen readers. The entry keeps its element, so that nothing is read out by itself. */
function showCount(link: Element, count: number): void {
  const place = link.querySelector('.count') ?? link.appendChild(document.createElement('span'));
  place.className = 'count';
  if (count === 0) {
    place.remove();
    return;
  }
  const figures = document.createElement('b');
  figures.ariaHidden = 'true';
  figures.textContent = count > MOST_SHOWN ? `${MOST_SHOWN}+` : String(count);
  const words = document.createElement('span');
  words.className = 'unseen';
  words.textContent = ` ${texts.toCallBack(count)}`;
  place.replaceChildren(figures, words);
}
