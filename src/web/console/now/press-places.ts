import { PressGuard } from './press-guard.js';

const guard = new PressGuard();

/** Call it after each change of the lists. */
export function updatePressPlaces(): void {
  const buttons = [...document.querySelectorAll<HTMLElement>('button[data-call]')].map(placedButton);
  guard.update(buttons, performance.now());
}

/**
 * False when the press was probably meant for a row that has just moved away. A press by keyboard reaches the focused button, wherever
 * it has moved.
 */
export function acceptsPress({ currentTarget, detail }: { currentTarget: HTMLElement; detail: number }): boolean {
  const isByKeyboard = detail === 0;
  return isByKeyboard || guard.mayPress(placedButton(currentTarget), performance.now());
}

/** Position in the document, so that scrolling does not count as a move. */
function placedButton(button: HTMLElement) {
  const { left, top, right, bottom } = button.getBoundingClientRect();
  const [x, y] = [scrollX, scrollY];
  // A call can be in two lists.
  const id = `${button.closest('section')?.getAttribute('aria-labelledby')} ${button.dataset['call']}`;
  return { id, place: { left: left + x, top: top + y, right: right + x, bottom: bottom + y } };
}
