import { useEffect } from 'preact/hooks';
import { useRefresh } from '../ui/refresh.js';

const MOST_SHOWN = 999;
const EVERY_MS = 30_000;

/** Shows a count at once, and again while the page is visible. */
export function useMenuCount(show: () => Promise<void>): void {
  useEffect(() => void show(), []);
  useRefresh(show, EVERY_MS, []);
}

/** Shows a count beside the entries of a page in the menu: figures for the eye, words for screen readers. Nothing is read out by itself. */
export function showMenuCount(path: string, count: number, words: string): void {
  for (const link of document.querySelectorAll(`.side nav a[href="${path}"], .bottom a[data-paths~="${path}"]`))
    showCount(link, path, count, words);
}

/** The entry keeps its element. */
function showCount(link: Element, path: string, count: number, text: string): void {
  const existing = link.querySelector(`.count[data-of="${path}"]`);
  if (count === 0) {
    existing?.remove();
    return;
  }
  const place = existing ?? link.appendChild(document.createElement('span'));
  place.className = 'count';
  place.setAttribute('data-of', path);
  const figures = document.createElement('b');
  figures.ariaHidden = 'true';
  figures.textContent = count > MOST_SHOWN ? `${MOST_SHOWN}+` : String(count);
  const words = document.createElement('span');
  words.className = 'unseen';
  words.textContent = ` ${text}`;
  place.replaceChildren(figures, words);
}
