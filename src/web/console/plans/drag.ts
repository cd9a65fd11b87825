import type { PlanEditor } from './editor-state.js';
import { placeOf } from './operations.js';

/** Distance from the edge of the window in which it scrolls while a step is dragged (px). */
const EDGE = 60;
const SCROLL_STEP = 12;

/** Moves a step by mouse or finger: the gap under the pointer is where it will be. */
export function startDrag(event: PointerEvent, editor: PlanEditor, path: string): void {
  const grip = event.currentTarget as HTMLElement;
  if (event.button !== 0) return;
  event.preventDefault();
  grip.setPointerCapture(event.pointerId);
  const step = grip.closest('.step');
  step?.classList.add('dragged');
  const onMove = ({ clientX, clientY }: PointerEvent) => {
    if (clientY < EDGE) scrollBy(0, -SCROLL_STEP);
    if (clientY > innerHeight - EDGE) scrollBy(0, SCROLL_STEP);
    editor.target.value = gapAt(clientX, clientY, path);
  };
  const end = (isDropped: boolean) => {
    const { value: target } = editor.target;
    stop.abort();
    step?.classList.remove('dragged');
    editor.target.value = undefined;
    if (isDropped && target !== undefined) editor.moveTo(path, target);
  };
  const stop = new AbortController();
  const options = { signal: stop.signal };
  grip.addEventListener('pointermove', onMove, options);
  grip.addEventListener('pointerup', () => end(true), options);
  grip.addEventListener('pointercancel', () => end(false), options);
  addEventListener('keydown', ({ key }) => key === 'Escape' && end(false), options);
}

/** The nearest gap of the list under the pointer; none inside of the dragged step. */
function gapAt(x: number, y: number, dragged: string) {
  const under = document.elementFromPoint(x, y);
  const outline = under?.closest('.outline');
  if (outline === undefined || outline === null) return undefined;
  const gaps = [...outline.querySelectorAll<HTMLElement>('[data-gap]')].filter(
    (gap) => !(gap.dataset['gap'] ?? '').startsWith(`${dragged}/`),
  );
  const innermost = under?.closest('.plan-steps, .branch, .outline') ?? outline;
  const offered = gaps.filter((gap) => innermost.contains(gap));
  const distance = (gap: HTMLElement) => {
    const { top, bottom } = gap.getBoundingClientRect();
    return Math.abs((top + bottom) / 2 - y);
  };
  const nearest = (offered.length > 0 ? offered : gaps).sort((a, b) => distance(a) - distance(b))[0];
  return nearest && placeOf(nearest.dataset['gap'] ?? '');
}
