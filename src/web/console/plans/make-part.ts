import { showDone } from '../ui/toasts.js';
import type { PlanEditor } from './editor-state.js';
import { actionName } from './form-model.js';
import { actionAt } from './operations.js';
import { actionLabel, subjectOf } from './sentence.js';
import { speaker } from './speaker.js';
import { texts } from './texts.js';

/** What a step is about; undefined when there is no such step. */
export function stepTitle(editor: PlanEditor, path: string): string | undefined {
  const action = actionAt(editor.forms, editor.plan, path);
  if (action === undefined) return undefined;
  return subjectOf(speaker.value, action) ?? actionLabel(speaker.value, actionName(action));
}

/** Makes a part of a step and those after it, and says so. */
export function makePart(editor: PlanEditor, path: string): void {
  const title = stepTitle(editor, path);
  const made = title === undefined ? undefined : editor.makePart(path, title);
  if (made !== undefined) showDone(texts.partMade(made.name), made.undo);
}
