import type { ComponentChildren, InputHTMLAttributes } from 'preact';
import { useId } from 'preact/hooks';
import { Field, type FieldProps } from '../ui/field.js';

type InputProps = Pick<
  InputHTMLAttributes,
  | 'autocomplete'
  | 'autofocus'
  | 'inputMode'
  | 'maxLength'
  | 'minLength'
  | 'pattern'
  | 'placeholder'
  | 'required'
  | 'type'
>;

/** A text field that the browser checks and fills in. */
export function TextField(
  props: FieldProps & { value: string; onChange: (value: string) => void; input?: InputProps | undefined },
) {
  const { value, onChange, input = {}, ...field } = props;
  return (
    <Field
      {...field}
      control={(attributes) => (
        <input
          {...input}
          {...attributes}
          value={value}
          onInput={({ currentTarget }) => onChange(currentTarget.value)}
        />
      )}
    />
  );
}

export interface Choice<T extends string> {
  value: T;
  name: string;
  hint?: string | undefined;
}

/** One of a few answers, each with an explanation. */
export function Choices<T extends string>(props: {
  legend: string;
  value: T | undefined;
  onChange: (value: T) => void;
  choices: readonly Choice<T>[];
}) {
  const { legend, value, onChange, choices } = props;
  const name = useId();
  return (
    <fieldset class="answers">
      <legend class="unseen">{legend}</legend>
      {choices.map((choice) => (
        <label key={choice.value} class="answer">
          <input
            type="radio"
            name={name}
            checked={choice.value === value}
            onChange={() => onChange(choice.value)}
            required
          />
          <span>
            <b>{choice.name}</b>
            {choice.hint !== undefined && <span class="soft">{choice.hint}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** The form of a step. Return sends it. */
export function StepForm(props: {
  onSubmit: () => void;
  busy: boolean;
  submit: string;
  /** Another button of the page is the first one to press. */
  isSecondary?: boolean;
  children: ComponentChildren;
  back?: ComponentChildren;
}) {
  const { onSubmit, busy, submit, isSecondary = false, children, back } = props;
  return (
    <form
      class="setup-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) onSubmit();
      }}
    >
      {children}
      <div class="form-actions">
        <button class={isSecondary ? '' : 'primary'} aria-disabled={busy}>
          {submit}
        </button>
        {back}
      </div>
    </form>
  );
}
