import { Fragment } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Icon } from '../ui/icon.js';
import type { PlanEditor } from './editor-state.js';
import { pathOf, type Place } from './operations.js';
import { actionSentence } from './sentence.js';
import { speaker } from './speaker.js';
import type { StepListProps } from './step-props.js';
import { Step } from './step.js';
import { texts } from './texts.js';
import type { Plan } from './types.js';

/** A list of steps, with a place to add one before, between and after them. */
export function StepList({ editor, list, actions, problems }: StepListProps) {
  if (actions.length === 0)
    return editor.isReadOnly ? <p class="soft">{texts.noSteps}</p> : <FirstStep editor={editor} list={list} />;
  return (
    <ol class="plan-steps">
      {actions.map((action, index) => {
        const place = { list, index };
        return (
          <Fragment key={pathOf(place)}>
            {!editor.isReadOnly && <Gap editor={editor} place={place} before={actions[index - 1]} />}
            <Step editor={editor} path={pathOf(place)} action={action} problems={problems} List={StepList} />
          </Fragment>
        );
      })}
      {!editor.isReadOnly && (
        <Gap editor={editor} place={{ list, index: actions.length }} before={actions.at(-1)} isLast />
      )}
    </ol>
  );
}

function Gap(props: { editor: PlanEditor; place: Place; before: Plan[number] | undefined; isLast?: boolean }) {
  const { editor, place, before, isLast = false } = props;
  const where = before === undefined ? texts.atBegin : texts.after(actionSentence(speaker.value, before));
  return (
    <li class={`gap ${isLast ? 'last' : ''} ${isTarget(editor, place) ? 'target' : ''}`} data-gap={pathOf(place)}>
      <button
        type="button"
        class="add-step"
        aria-label={texts.addStepHere(where)}
        onClick={() => (editor.adding.value = place)}
      >
        <Icon name="add" />
        {isLast && <span>{texts.addStep}</span>}
      </button>
    </li>
  );
}

function isTarget(editor: PlanEditor, { list, index }: Place): boolean {
  const { value } = editor.target;
  return value?.list === list && value.index === index;
}

/** In an empty list: the button for its first step. It gets the focus when the list was just added or emptied. */
function FirstStep({ editor, list }: Pick<StepListProps, 'editor' | 'list'>) {
  const button = useRef<HTMLButtonElement>(null);
  const wanted = editor.focus.value;
  useLayoutEffect(() => {
    if (wanted?.path !== list) return;
    button.current?.focus();
    editor.focus.value = undefined;
  }, [wanted]);
  const place = { list, index: 0 };
  return (
    <div class={`gap first ${isTarget(editor, place) ? 'target' : ''}`} data-gap={pathOf(place)}>
      <span class="soft">{texts.noSteps}</span>
      <button
        ref={button}
        type="button"
        class="add-step"
        data-step={pathOf(place)}
        onClick={() => (editor.adding.value = place)}
      >
        <Icon name="add" />
        <span>{texts.addStep}</span>
      </button>
    </div>
  );
}
