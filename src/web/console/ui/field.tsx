import type { ComponentChildren, InputHTMLAttributes } from 'preact';
import { useId, useState } from 'preact/hooks';
import { readDuration, writeDuration, type DurationUnit } from './duration.js';
import { texts } from '../config/texts.js';
import '../styles/forms.css';

/** What every field shows around its control. */
export interface FieldProps {
  label: string;
  /** What the value means, and its form. */
  hint?: string | undefined;
  error?: string | undefined;
  disabled?: boolean | undefined;
  /** Name of the field for tests and links from the list of errors. */
  name?: string | undefined;
}

interface Control {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': true | undefined;
  'data-field': string | undefined;
  disabled: boolean | undefined;
}

/** Label, control, explanation and error. The control gets the attributes that connect them. */
export function Field(props: FieldProps & { control: (attributes: Control) => ComponentChildren }) {
  const { label, hint, error, disabled, name, control } = props;
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter((each) => each !== undefined && each !== '');
  return (
    <div class={error === undefined ? 'field' : 'field wrong'}>
      <label for={id}>{label}</label>
      {control({
        id,
        'aria-describedby': described.length === 0 ? undefined : described.join(' '),
        'aria-invalid': error === undefined ? undefined : true,
        'data-field': name,
        disabled,
      })}
      <FieldNotes id={id} hint={hint} error={error} />
    </div>
  );
}

/** A group of controls with one name, such as a list. */
export function FieldGroup(props: FieldProps & { children: ComponentChildren }) {
  const { label, hint, error, name, children } = props;
  const id = useId();
  return (
    <fieldset class={error === undefined ? 'field' : 'field wrong'} data-field={name} tabIndex={-1}>
      <legend>{label}</legend>
      <FieldNotes id={id} hint={hint} error={undefined} />
      {children}
      <FieldNotes id={id} hint={undefined} error={error} />
    </fieldset>
  );
}

function FieldNotes({ id, hint, error }: { id: string; hint: string | undefined; error: string | undefined }) {
  return (
    <>
      {hint !== undefined && hint !== '' && (
        <p id={`${id}-hint`} class="hint">
          {hint}
        </p>
      )}
      {error !== undefined && (
        <p id={`${id}-error`} class="error">
          {error}
        </p>
      )}
    </>
  );
}

interface TextFieldProps extends FieldProps {
  value: string;
  onChange: (value: string) => void;
  type?: 'text' | 'email' | 'tel' | 'url' | 'date' | 'time' | 'password' | undefined;
  placeholder?: string | undefined;
  maxLength?: number | undefined;
  required?: boolean | undefined;
  /** What the browser checks and fills in. */
  input?: NativeInput | undefined;
}

type NativeInput = Pick<
  InputHTMLAttributes,
  | 'autocomplete'
  | 'autofocus'
  | 'list'
  | 'inputMode'
  | 'maxLength'
  | 'minLength'
  | 'pattern'
  | 'placeholder'
  | 'required'
  | 'type'
>;

export function TextField(props: TextFieldProps) {
  const { value, onChange, type = 'text', placeholder, maxLength, required, input, ...field } = props;
  return (
    <Field
      {...field}
      control={(attributes) => (
        <input
          autocomplete="off"
          type={type}
          placeholder={placeholder}
          maxLength={maxLength}
          aria-required={required}
          {...input}
          {...attributes}
          value={value}
          onInput={({ currentTarget }) => onChange(currentTarget.value)}
        />
      )}
    />
  );
}

interface NumberFieldProps extends FieldProps {
  value: number | undefined;
  onChange: (value: number | undefined) => void;
  unit?: string | undefined;
  placeholder?: string | undefined;
  min?: number | undefined;
  max?: number | undefined;
  step?: number | 'any' | undefined;
}

/** A number with its unit. Empty is undefined. */
export function NumberField({ value, onChange, unit, placeholder, min, max, step, ...field }: NumberFieldProps) {
  return (
    <Field
      {...field}
      control={(attributes) => (
        <span class="with-unit">
          <input
            {...attributes}
            type="number"
            inputMode={step === 'any' ? 'decimal' : 'numeric'}
            value={value ?? ''}
            placeholder={placeholder}
            min={min}
            max={max}
            step={step}
            onInput={({ currentTarget }) =>
              onChange(currentTarget.value === '' ? undefined : currentTarget.valueAsNumber)
            }
          />
          {unit !== undefined && <span class="soft">{unit}</span>}
        </span>
      )}
    />
  );
}

interface DurationFieldProps extends FieldProps {
  /** As in the document: `20s`. */
  value: unknown;
  onChange: (value: string | undefined) => void;
  units?: readonly DurationUnit[] | undefined;
  /** Used when nothing is entered. */
  fallback?: unknown;
}

const USUAL_UNITS: readonly DurationUnit[] = ['s', 'm'];

/** An amount and its unit. */
export function DurationField({ value, onChange, units = USUAL_UNITS, fallback, ...field }: DurationFieldProps) {
  const usual = readDuration(fallback, units);
  const read = value === undefined ? { amount: '', unit: usual.unit } : readDuration(value, units);
  // The chosen unit stays while the amount is empty or divides into a larger unit.
  const [chosen, setChosen] = useState<DurationUnit | undefined>(undefined);
  const shown = chosen === undefined ? read : readDuration(value, [chosen]);
  const unit = chosen ?? read.unit;
  return (
    <Field
      {...field}
      control={(attributes) => (
        <span class="with-unit">
          <input
            {...attributes}
            type="number"
            inputMode="decimal"
            min={0}
            step="any"
            value={shown.amount}
            placeholder={usual.unit === unit ? usual.amount : undefined}
            onInput={({ currentTarget }) => {
              setChosen(unit);
              onChange(writeDuration({ amount: currentTarget.value, unit }));
            }}
          />
          {units.length === 1 ? (
            <span class="soft">{texts.units[unit]}</span>
          ) : (
            <select
              aria-label={`${field.label}: ${texts.units[unit]}`}
              value={unit}
              disabled={field.disabled}
              onChange={({ currentTarget }) => {
                const next = currentTarget.value as DurationUnit;
                setChosen(next);
                onChange(writeDuration({ amount: shown.amount, unit: next }));
              }}
            >
              {units.map((each) => (
                <option key={each} value={each}>
                  {texts.units[each]}
                </option>
              ))}
            </select>
          )}
        </span>
      )}
    />
  );
}

export interface Option {
  value: string;
  name: string;
  /** What the choice means. */
  hint?: string | undefined;
}

interface ChoiceProps extends FieldProps {
  value: string;
  options: readonly Option[];
  onChange: (value: string) => void;
}

export function SelectField({ value, options, onChange, ...field }: ChoiceProps) {
  return (
    <Field
      {...field}
      control={(attributes) => (
        <select {...attributes} value={value} onChange={({ currentTarget }) => onChange(currentTarget.value)}>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.name}
            </option>
          ))}
        </select>
      )}
    />
  );
}

/** A choice of which every option is explained. */
export function RadioField({ value, options, onChange, ...field }: ChoiceProps) {
  const id = useId();
  return (
    <FieldGroup {...field}>
      <div class="radios">
        {options.map((option) => (
          <label key={option.value}>
            <input
              type="radio"
              name={id}
              checked={option.value === value}
              disabled={field.disabled}
              onChange={() => onChange(option.value)}
            />
            <span>
              {option.name}
              {option.hint !== undefined && <span class="hint">{option.hint}</span>}
            </span>
          </label>
        ))}
      </div>
    </FieldGroup>
  );
}

interface CheckFieldProps extends FieldProps {
  value: boolean;
  onChange: (value: boolean) => void;
}

export function CheckField({ value, onChange, label, hint, error, disabled, name }: CheckFieldProps) {
  const id = useId();
  return (
    <div class={error === undefined ? 'field' : 'field wrong'}>
      <label class="check">
        <input
          type="checkbox"
          checked={value}
          disabled={disabled}
          data-field={name}
          aria-describedby={hint === undefined ? undefined : `${id}-hint`}
          onChange={({ currentTarget }) => onChange(currentTarget.checked)}
        />
        {label}
      </label>
      <FieldNotes id={id} hint={hint} error={error} />
    </div>
  );
}

interface LinesFieldProps extends FieldProps {
  value: readonly string[];
  onChange: (value: string[]) => void;
  placeholder?: string | undefined;
}

/** A list of texts, one per line. Empty lines do not count. */
export function LinesField({ value, onChange, hint, placeholder, ...field }: LinesFieldProps) {
  // What is typed is kept as it is: an empty line is the beginning of the next entry.
  const [typed, setTyped] = useState<string | undefined>(undefined);
  const entries = (text: string) => text.split('\n').flatMap((line) => line.trim() || []);
  const isShown = typed !== undefined && entries(typed).join('\n') === value.join('\n');
  return (
    <Field
      {...field}
      hint={[hint, texts.onePerLine].filter((part) => part !== undefined).join(' ')}
      control={(attributes) => (
        <textarea
          {...attributes}
          rows={Math.min(10, Math.max(2, value.length + 1))}
          value={isShown ? typed : value.join('\n')}
          placeholder={placeholder}
          spellcheck={false}
          onInput={({ currentTarget }) => {
            setTyped(currentTarget.value);
            onChange(entries(currentTarget.value));
          }}
        />
      )}
    />
  );
}
