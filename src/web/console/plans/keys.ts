import { store } from './draft-store.js';
import { clipboard, type PlanEditor } from './editor-state.js';
import { actionAt, placeOf } from './operations.js';
import { actionSentence } from './sentence.js';
import { speaker } from './speaker.js';
import { copyStep, removeStep } from './step.js';

/** Keys on the name of a step: choosing, moving, adding, copying and removing without a mouse. */
export function onOutlineKey(event: KeyboardEvent, editor: PlanEditor): void {
  const head = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('[data-step]') : null;
  const path = head?.dataset['step'];
  if (head === null || path === undefined) return;
  if (run(event, editor, path, head)) event.preventDefault();
}

/** @returns false for keys without a meaning here */
function run(event: KeyboardEvent, editor: PlanEditor, path: string, head: HTMLElement): boolean {
  const { key, altKey, ctrlKey, metaKey, currentTarget } = event;
  const step = { ArrowDown: 1, ArrowUp: -1 }[key] as 1 | -1 | undefined;
  if (step !== undefined && !altKey) return focusNext(currentTarget as HTMLElement, head, step);
  if (editor.isReadOnly) return false;
  const { list, index } = placeOf(path);
  const action = actionAt(editor.forms, editor.plan, path);
  // In an empty list the focus is on the button for its first step.
  const after = { list, index: action === undefined ? index : index + 1 };
  if (key === '+') editor.adding.value = after;
  else if ((ctrlKey || metaKey) && key === 'v' && clipboard.value !== undefined) editor.paste(after);
  else if (action === undefined || store.items.value === undefined) return false;
  else if (step !== undefined) editor.moveBy(path, step);
  else if (key === 'Delete') removeStep(editor, path, actionSentence(speaker.value, action));
  else if ((ctrlKey || metaKey) && key === 'c' && String(getSelection() ?? '') === '')
    copyStep(editor, path, actionSentence(speaker.value, action));
  else return false;
  return true;
}

function focusNext(outline: HTMLElement, head: HTMLElement, step: 1 | -1): boolean {
  const heads = [...outline.querySelectorAll<HTMLElement>('[data-step]')];
  heads[heads.indexOf(head) + step]?.focus();
  return true;
}
