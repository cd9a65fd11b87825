import { useLayoutEffect, useRef } from 'preact/hooks';
import { deferred } from '../ui/deferred.js';
import { Icon } from '../ui/icon.js';
import { Menu, type MenuItem } from '../ui/menu.js';
import { showDone } from '../ui/toasts.js';
import { actionIcon } from './action-icons.js';
import { Branches } from './branches.js';
import { startDrag } from './drag.js';
import type { PlanEditor } from './editor-state.js';
import { actionName } from './form-model.js';
import { makePart } from './make-part.js';
import { Remedies } from './remedies.js';
import { problemText } from './problem-texts.js';
import { actionLabel, actionSentence, subjectOf } from './sentence.js';
import { speaker } from './speaker.js';
import type { PlacedProblem } from './step-problems.js';
import type { StepProps } from './step-props.js';
import { texts } from './texts.js';

const StepFields = deferred(async () => (await import('./step-form.js')).StepFields, 1);

/** One step of a plan: its sentence, its form when it is open, and the lists of steps inside it. */
export function Step({ editor, path, action, problems, List }: StepProps) {
  const head = useRef<HTMLButtonElement>(null);
  const own = problems.filter((each) => each.step === path);
  const isOpen = editor.open.value === path;
  const wanted = editor.focus.value;
  useLayoutEffect(() => {
    // The form of a new step takes the focus by itself.
    if (wanted?.path !== path || wanted.form === true) return;
    head.current?.focus();
    editor.focus.value = undefined;
  }, [wanted]);
  const name = actionName(action);
  const sentence = actionSentence(speaker.value, action);
  const isBad = own.some(({ problem }) => problem.severity === 'error');
  const passed = editor.passed.value.has(path);
  return (
    <li class={`step ${isBad ? 'bad' : ''} ${passed ? 'passed' : ''}`} data-path={path}>
      <div class="step-head">
        {!editor.isReadOnly && (
          <span
            class="grip"
            title={texts.drag(sentence)}
            aria-hidden="true"
            onPointerDown={(event) => startDrag(event, editor, path)}
          >
            <Icon name="grip" />
          </span>
        )}
        <button
          ref={head}
          type="button"
          class="step-name"
          data-step={path}
          aria-expanded={isOpen}
          onClick={() => (editor.open.value = isOpen ? undefined : path)}
        >
          <Icon name={actionIcon(name)} />
          <span>
            {actionLabel(speaker.value, name)} <strong>{subjectOf(speaker.value, action) ?? ''}</strong>
          </span>
          {own.length > 0 && (
            <span class={`problem-count ${isBad ? 'bad' : 'ring'}`}>
              <Icon name="warning" />
              <span>{texts.problems(own.length)}</span>
            </span>
          )}
        </button>
        {!editor.isReadOnly && <Menu label={texts.more(sentence)} items={menuOf(editor, path, sentence)} />}
      </div>
      <OwnProblems editor={editor} problems={own} isOpen={isOpen} />
      {isOpen && (
        <div class="step-form">
          <StepFields editor={editor} path={path} action={action} problems={own} />
        </div>
      )}
      <Branches editor={editor} path={path} action={action} problems={problems} List={List} />
    </li>
  );
}

function menuOf(editor: PlanEditor, path: string, sentence: string): MenuItem[] {
  return [
    { name: texts.moveUp, icon: 'up', run: () => editor.moveBy(path, -1) },
    { name: texts.moveDown, icon: 'down', run: () => editor.moveBy(path, 1) },
    { name: texts.copy, icon: 'copy', run: () => copyStep(editor, path, sentence) },
    { name: texts.cut, icon: 'cut', run: () => cutStep(editor, path, sentence) },
    { name: texts.duplicate, icon: 'add', run: () => editor.duplicate(path) },
    ...(editor.place.changeWithPart === undefined ? [] : [partFromHere(editor, path)]),
    { name: texts.remove, icon: 'remove', run: () => removeStep(editor, path, sentence) },
  ];
}

function partFromHere(editor: PlanEditor, path: string): MenuItem {
  return { name: texts.partFromHere, icon: 'plans', run: () => makePart(editor, path) };
}

export function copyStep(editor: PlanEditor, path: string, sentence: string): void {
  editor.copy(path);
  showDone(texts.copied(sentence));
}

function cutStep(editor: PlanEditor, path: string, sentence: string): void {
  editor.copy(path);
  showDone(texts.copied(sentence), editor.remove(path));
}

export function removeStep(editor: PlanEditor, path: string, sentence: string): void {
  showDone(texts.removed(sentence), editor.remove(path));
}

/** Problems that no field of the form shows, with what helps. */
function OwnProblems(props: { editor: PlanEditor; problems: readonly PlacedProblem[]; isOpen: boolean }) {
  const shown = props.problems.filter(({ field }) => !props.isOpen || field === undefined);
  const withRemedy = props.problems;
  if (withRemedy.length === 0) return null;
  return (
    <div class="step-problems" role="group" aria-label={texts.problems(withRemedy.length)}>
      {shown.map(({ problem }) => (
        <p key={problem.message} class={problem.severity === 'error' ? 'bad' : 'soft'}>
          {problemText(problem)}
        </p>
      ))}
      <Remedies editor={props.editor} problems={withRemedy} />
    </div>
  );
}
