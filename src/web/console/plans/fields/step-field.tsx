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
  const Input = inputs[field.kind];
  const error = problems.length === 0 ? undefined : problems.join(' ');
  const shown = { label: fieldLabel(action, field.name), disabled, name: field.name, error };
  return (
    <div class={`step-field of-${field.kind}`}>
      <Input field={field} value={value} shown={shown} onChange={onChange} />
    </div>
  );
}
