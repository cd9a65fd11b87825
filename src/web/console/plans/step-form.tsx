import { useLayoutEffect, useRef } from 'preact/hooks';
import { StepField } from './fields/step-field.js';
import { formTexts } from './fields/texts.js';
import { fieldValue, formOf, settingsOf } from './form-model.js';
import { problemText } from './problem-texts.js';
import { speaker } from './speaker.js';
import type { StepProps } from './step-props.js';

/** A field for each setting of a step. The first one of a new step gets the focus. */
export function StepFields({ editor, path, action, problems }: Omit<StepProps, 'List'>) {
  const place = useRef<HTMLDivElement>(null);
  const wanted = editor.focus.value;
  useLayoutEffect(() => {
    if (wanted?.path !== path || wanted.form !== true) return;
    const first = place.current?.querySelector<HTMLElement>('input, select, textarea');
    first?.focus();
    // What is typed replaces the value that the step began with.
    if (first instanceof HTMLInputElement) first.select();
    editor.focus.value = undefined;
  }, [wanted]);
  const form = formOf(speaker.value.forms, action);
  const settings = settingsOf(form, action);
  return (
    <>
      {formTexts.hints[form.name] !== undefined && <p class="soft hint">{formTexts.hints[form.name]}</p>}
      <div class="step-fields" ref={place}>
        {form.fields.map((field) => (
          <StepField
            key={field.name}
            action={form.name}
            field={field}
            value={fieldValue(field, settings)}
            problems={problems.filter((each) => each.field === field.name).map(({ problem }) => problemText(problem))}
            disabled={editor.isReadOnly}
            onChange={(value) => editor.setField(path, field, value)}
          />
        ))}
      </div>
    </>
  );
}
