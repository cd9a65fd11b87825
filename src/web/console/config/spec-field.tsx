import { Combobox } from '../ui/combobox.js';
import {
  CheckField,
  DurationField,
  FieldGroup,
  LinesField,
  NumberField,
  RadioField,
  SelectField,
  TextField,
  type FieldProps,
  type Option,
} from '../ui/field.js';
import { readDuration } from '../ui/duration.js';
import { ListenButton } from '../ui/listen-button.js';
import { OrderedList } from '../ui/ordered-list.js';
import { nameOfOption, useChoices } from './choices.js';
import type { FormWords } from '../../texts/form.js';
import { shownSpecs, specsAt, type ChoiceKind, type FieldSpec } from './field-spec.js';
import type { FormState } from './item-editor.js';
import { fieldErrorText } from './problems.js';
import { RowsField } from './rows-field.js';
import { Suggestions } from './suggestions.js';
import { TableField } from './table-field.js';
import { texts } from './texts.js';
import { pathOf, valueAt } from './values.js';
import { wordsAt } from './words-at.js';

interface FormProps {
  form: FormState;
  words: FormWords;
  disabled?: boolean | undefined;
}

/** Controls for a list of properties. */
export function SpecFields({ specs, form, words, disabled }: FormProps & { specs: readonly FieldSpec[] }) {
  const body = form.body.value;
  const shown = shownSpecs(specs, (path) => valueAt(body, pathOf(path)) !== undefined);
  return (
    <>
      {shown
        .filter(({ kind }) => kind !== 'own')
        .map((spec) => (
          <SpecField key={spec.path} spec={spec} form={form} words={words} disabled={disabled} />
        ))}
    </>
  );
}

/** The names of properties, for lists of errors and differences. */
export function labelsOf({ fields }: FormWords): (path: string) => string | undefined {
  return (path) => fields[path]?.[0];
}

/** The error at a property or within its value. */
export function errorAt(form: FormState, path: string): string | undefined {
  const error = form.errors.value.find(({ field }) => field === path || field.startsWith(`${path}.`));
  return error && fieldErrorText(error);
}

/** The control of one property. */
export function SpecField({ spec, form, words, disabled }: FormProps & { spec: FieldSpec }) {
  const path = pathOf(spec.path);
  const value = valueAt(form.body.value, path);
  const set = (next: unknown) => form.set(path, next);
  const [label = spec.path, said] = words.fields[spec.path] ?? [];
  const hint = [said, usualValue(spec)].filter((part) => part !== undefined && part !== '').join(' ');
  const field: FieldProps = { label, hint, disabled, name: spec.path, error: errorAt(form, spec.path) };
  const fallback = spec.fallback;
  switch (spec.kind) {
    case 'text': {
      const { type, maxLength, suggests } = spec;
      const list = suggests && `suggestions-${spec.path}`;
      return (
        <>
          <TextField
            {...field}
            value={textOf(value)}
            type={type}
            maxLength={maxLength}
            input={{ list }}
            placeholder={fallback === undefined ? undefined : String(fallback)}
            onChange={(text) => set(text === '' ? undefined : text)}
          />
          {list !== undefined && suggests !== undefined && <Suggestions id={list} of={suggests} />}
        </>
      );
    }
    case 'number':
      return (
        <NumberField
          {...field}
          value={typeof value === 'number' ? value : undefined}
          min={spec.min}
          max={spec.max}
          step={spec.step}
          unit={spec.unit === 'days' ? texts.units.d : spec.unit === 'seconds' ? texts.units.s : undefined}
          placeholder={fallback === undefined ? undefined : String(fallback)}
          onChange={set}
        />
      );
    case 'duration':
      return <DurationField {...field} value={value} units={spec.units} fallback={fallback} onChange={set} />;
    case 'check':
      return (
        <CheckField
          {...field}
          value={(value ?? fallback ?? false) === true}
          onChange={(on) => set(on === (fallback ?? false) ? undefined : on)}
        />
      );
    case 'select':
    case 'radio': {
      const Choice = spec.kind === 'select' ? SelectField : RadioField;
      const options = spec.options.map((each) => optionOf(words, spec.path, each));
      return (
        <Choice
          {...field}
          value={textOf(value ?? fallback)}
          options={fallback === undefined ? [{ value: '', name: texts.none }, ...options] : options}
          onChange={(chosen) => set(chosen === '' || chosen === fallback ? undefined : chosen)}
        />
      );
    }
    case 'choice':
      return <ChoiceField field={field} of={spec.of} value={value} fallback={fallback} onChange={set} />;
    case 'lines':
      return (
        <LinesField
          {...field}
          value={listOf(value)}
          onChange={(lines) => set(lines.length === 0 ? undefined : lines)}
        />
      );
    case 'choices':
      return <ChoicesField field={field} spec={spec} value={listOf(value)} words={words} onChange={set} />;
    case 'table':
      return (
        <TableField
          {...field}
          of={spec.of}
          optionOf={(each) => optionOf(words, spec.path, each)}
          value={value}
          onChange={set}
        />
      );
    case 'rows':
      return (
        <RowsField field={field} spec={spec} form={form}>
          {(name) => (
            <SpecFields
              specs={specsAt(spec.fields, `${spec.path}.${name}`)}
              form={form}
              words={wordsAt(words, spec.path, name)}
              disabled={disabled}
            />
          )}
        </RowsField>
      );
    case 'switch':
      return (
        <CheckField {...field} value={value !== undefined} onChange={(on) => set(on ? spec.initial : undefined)} />
      );
    case 'own':
      return null;
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function listOf(value: unknown): string[] {
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [value]).map(String);
}

/** The default of a field that does not show it by itself. */
function usualValue({ kind, fallback }: FieldSpec): string | undefined {
  if (fallback === undefined) return undefined;
  if (kind === 'number') return texts.usual(String(fallback));
  if (kind !== 'duration') return undefined;
  const { amount, unit } = readDuration(fallback, ['ms', 's', 'm', 'h', 'd']);
  return texts.usual(`${amount} ${texts.shortUnits[unit]}`);
}

function optionOf(words: FormWords, path: string, value: string): Option {
  const said = words.options[path]?.[value] ?? value;
  return typeof said === 'string' ? { value, name: said } : { value, name: said[0], hint: said[1] };
}

interface ChoiceFieldProps {
  field: FieldProps;
  of: ChoiceKind;
  value: unknown;
  fallback?: FieldSpec['fallback'];
  onChange: (value: unknown) => void;
}

/** One thing of the company's; prompts and music can be heard. */
export function ChoiceField({ field, of, value, fallback, onChange }: ChoiceFieldProps) {
  const options = useChoices(of);
  const isNumber = of === 'prompt' || of === 'queue';
  const chosen = options.find((option) => option.value === textOf(value));
  return (
    <div class="with-listen">
      <Combobox
        {...field}
        value={textOf(value ?? fallback)}
        options={options}
        optional={fallback === undefined}
        placeholder={texts.none}
        onChange={(next) => onChange(next === '' ? undefined : isNumber ? Number(next) : next)}
      />
      {chosen?.audio !== undefined && <ListenButton url={chosen.audio} name={chosen.name} />}
    </div>
  );
}

interface ChoicesFieldProps {
  field: FieldProps;
  spec: Extract<FieldSpec, { kind: 'choices' }>;
  value: string[];
  words: FormWords;
  onChange: (value: unknown) => void;
}

/** Several things in an order. */
function ChoicesField({ field, spec, value, words, onChange }: ChoicesFieldProps) {
  const loadedOptions = useChoices(spec.of);
  const options = spec.options?.map((each) => optionOf(words, spec.path, each)) ?? loadedOptions;
  const set = (next: string[]) =>
    onChange(next.length === 0 ? undefined : spec.isNumber === true ? next.map(Number) : next);
  return (
    <FieldGroup {...field}>
      <OrderedList
        label={field.label}
        items={value}
        nameOf={(item) => nameOfOption(options, item)}
        disabled={field.disabled}
        onChange={set}
      />
      {field.disabled !== true && (
        <Combobox
          label={`${texts.add}: ${field.label}`}
          value=""
          options={options.filter((option) => !value.includes(option.value))}
          onChange={(added) => set([...value, added])}
        />
      )}
    </FieldGroup>
  );
}
