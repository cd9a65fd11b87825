import { useRef } from 'preact/hooks';
import { Field } from '../../ui/field.js';
import { DETAILS } from './fields.js';
import { texts } from './texts.js';

const LONGEST = 300;

interface SpokenTextProps {
  value: string;
  disabled: boolean;
  onChange: (value: string) => void;
}

/** A text that is spoken, and buttons that insert the words of an order where the cursor is. */
export function SpokenText({ value, disabled, onChange }: SpokenTextProps) {
  const input = useRef<HTMLTextAreaElement>(null);
  const insert = (name: string) => {
    const at = input.current?.selectionStart ?? value.length;
    const end = input.current?.selectionEnd ?? at;
    const word = `{${name}}`;
    onChange(value.slice(0, at) + word + value.slice(end));
    requestAnimationFrame(() => {
      input.current?.focus();
      input.current?.setSelectionRange(at + word.length, at + word.length);
    });
  };
  return (
    <>
      <Field
        label={texts.kinds.text}
        hint={texts.textHint}
        disabled={disabled}
        control={(attributes) => (
          <textarea
            {...attributes}
            ref={input}
            rows={2}
            maxLength={LONGEST}
            value={value}
            onInput={({ currentTarget }) => onChange(currentTarget.value)}
          />
        )}
      />
      {!disabled && (
        <div class="insertable" role="group" aria-label={texts.insert}>
          <span class="soft">{texts.insert}</span>
          {DETAILS.map((name) => (
            <button key={name} type="button" onClick={() => insert(name)}>
              {texts.details[name]}
            </button>
          ))}
        </div>
      )}
    </>
  );
}
