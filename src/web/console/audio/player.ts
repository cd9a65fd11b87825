import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

/** The address of the audio that plays now. One plays at a time. */
export const playing = signal<string | undefined>(undefined);

const element = new Audio();
let queue: readonly string[] = [];
let last: string | undefined;

element.addEventListener('ended', () => {
  if (queue.length > 1) playNext(element.getAttribute('src'));
  else playing.value = undefined;
});
element.addEventListener('error', stop);

/** Plays from the beginning, in place of what plays now. */
function play(url: string): void {
  queue = [];
  start(url);
}

/** Plays one after another, again and again. */
export function playInTurn(urls: readonly string[]): void {
  const [first] = urls;
  if (first === undefined) return;
  queue = urls;
  start(first);
  if (urls.length === 1) element.loop = true;
}

export function stop(): void {
  queue = [];
  element.pause();
  playing.value = undefined;
}

export function toggle(url: string): void {
  if (playing.value === url) stop();
  else play(url);
}

function start(url: string): void {
  element.loop = false;
  element.src = url;
  last = url;
  playing.value = url;
  // A refused start is an error of the element, too, or another start came first.
  element.play().catch(() => undefined);
}

function playNext(before: string | null): void {
  const index = queue.indexOf(before ?? '');
  const next = queue[(index + 1) % queue.length];
  if (next !== undefined) start(next);
}

/** While the page is shown, Space stops and starts what was played last. Leaving the page stops it. */
export function usePlayerKey(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== ' ' || isControl(event.target) || last === undefined) return;
      event.preventDefault();
      toggle(last);
    };
    addEventListener('keydown', onKey);
    return () => {
      removeEventListener('keydown', onKey);
      last = undefined;
      stop();
    };
  }, []);
}

/** Elements for which Space has a meaning of its own. */
function isControl(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest('button, a, input, select, textarea, summary, dialog, [contenteditable]') !== null
  );
}
