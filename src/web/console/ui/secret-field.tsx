import { Field, type FieldProps } from './field.js';

interface SecretFieldProps extends FieldProps {
  value: string;
  onChange: (value: string) => void;
  /** What the browser's password manager fills in or stores. */
  autocomplete: 'current-password' | 'new-password' | 'off';
  maxLength: number;
}

/** A field whose value is not shown. */
export function SecretField({ value, onChange, autocomplete, maxLength, ...field }: SecretFieldProps) {
  return (
    <Field
      {...field}
      control={(attributes) => (
        <input
          {...attributes}
          type="password"
          autocomplete={autocomplete}
          maxLength={maxLength}
          value={value}
          onInput={({ currentTarget }) => onChange(currentTarget.value)}
        />
      )}
    />
  );
}
