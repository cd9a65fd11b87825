import { useId } from 'preact/hooks';
import type { FormField } from '../types.js';
import { fieldLabel } from './field-label.js';
import { inputs } from './inputs.js';

/** One setting of an action with its label, and what is wrong with it. */
export function StepField(props: {
  action: string;
  field: FormField;
  value: unknown;
  problems: readonly string[];
  disabled: boolean;
  onChange: (value: unknown) => void;
}) {
  const { action, field, value, problems, disabled, onChange } = props;
  const id = useId();
  const Input = inputs[field.kind];
  const isGroup = field.kind === 'hours';
  const label = fieldLabel(action, field.name);
  const describedBy = problems.length === 0 ? undefined : `${id}-problems`;
  const input = <Input {...{ id, field, value, disabled, describedBy, onChange }} />;
  return (
    <div class={`step-field ${field.kind}`}>
      {isGroup ? (
        <fieldset>
          <legend>{label}</legend>
          {input}
        </fieldset>
      ) : (
        <>
          <label for={id}>{label}</label>
          {input}
        </>
      )}
      {describedBy !== undefined && (
        <div id={describedBy} class="field-problems">
          {problems.map((problem) => (
            <p key={problem} class="bad">
              {problem}
            </p>
          ))}
        </div>
      )}
    </div>
  );
}
