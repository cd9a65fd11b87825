import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

/** The address of the audio that plays now. One plays at a time. */
export const playing = signal<string | undefined>(undefined);

const element = new Audio();
let queue: readonly string[] = [];
/** Index in the queue of what plays. */
let position = 0;
/** Whether the queue begins again after its end. */
let repeats = false;
let last: string | undefined;

element.addEventListener('ended', playNext);
element.addEventListener('error', stop);

/** Plays from the beginning, in place of what plays now. */
function play(url: string): void {
  queue = [];
  start(url);
}

/** Plays one after another. */
export function playOnce(urls: readonly string[]): void {
  queue = urls;
  repeats = false;
  startAt(0);
}

/** Plays one after another, again and again. */
export function playInTurn(urls: readonly string[]): void {
  queue = urls;
  repeats = true;
  startAt(0);
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

function startAt(index: number): void {
  const url = queue[index];
  if (url === undefined) return;
  position = index;
  start(url);
}

function playNext(): void {
  if (position + 1 < queue.length) startAt(position + 1);
  else if (repeats && queue.length > 0) startAt(0);
  else playing.value = undefined;
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
