import { useId } from 'preact/hooks';

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
