import { useState } from 'preact/hooks';
import { FieldGroup, type FieldProps, type Option } from '../ui/field.js';
import { Icon } from '../ui/icon.js';
import { useChoices } from './choices.js';
import type { FieldSpec } from './field-spec.js';
import { texts } from './texts.js';

interface TableFieldProps extends FieldProps {
  of: Extract<FieldSpec, { kind: 'table' }>['of'];
  /** The name of a value of a fixed list. */
  optionOf: (value: string) => Option;
  value: unknown;
  onChange: (value: unknown) => void;
}

type Row = [key: string, value: string];

/** Names with a value each. A row counts when it has both. */
export function TableField({ of, optionOf, value, onChange, ...field }: TableFieldProps) {
  const stored = Object.entries((value ?? {}) as Record<string, string | number>).map(([key, each]): Row => [
    key,
    String(each),
  ]);
  const [typed, setTyped] = useState<Row[] | undefined>(undefined);
  const rows = typed !== undefined && sameTable(complete(typed), stored) ? typed : stored;
  const choices = useChoices(of === 'text' || of === 'number' ? [] : of);
  const options = typeof of === 'object' ? of.map(optionOf) : choices;
  const isNumber = of === 'number' || of === 'prompt' || of === 'queue';
  const set = (next: Row[]) => {
    setTyped(next);
    const whole = complete(next).map(([key, each]) => [key, isNumber ? Number(each) : each] as const);
    onChange(whole.length === 0 ? undefined : Object.fromEntries(whole));
  };
  const setRow = (at: number, row: Row) => set(rows.map((each, index) => (index === at ? row : each)));
  return (
    <FieldGroup {...field}>
      {rows.map(([key, each], index) => (
        <div key={index} class="pair">
          <input
            aria-label={`${field.label}: ${texts.key}`}
            value={key}
            disabled={field.disabled}
            onInput={({ currentTarget }) => setRow(index, [currentTarget.value.trim(), each])}
          />
          {of === 'text' || of === 'number' ? (
            <input
              aria-label={`${field.label}: ${texts.value}`}
              value={each}
              disabled={field.disabled}
              onInput={({ currentTarget }) => setRow(index, [key, currentTarget.value])}
            />
          ) : (
            <select
              aria-label={`${field.label}: ${texts.value}`}
              value={each}
              disabled={field.disabled}
              onChange={({ currentTarget }) => setRow(index, [key, currentTarget.value])}
            >
              <option value="">{texts.choose}</option>
              {options.map((option) => (
                <option key={option.value} value={option.value}>
                  {option.name}
                </option>
              ))}
            </select>
          )}
          {field.disabled !== true && (
            <button
              type="button"
              class="icon-only"
              aria-label={`${texts.removeRow}: ${key}`}
              title={texts.removeRow}
              onClick={() => set(rows.filter((_, at) => at !== index))}
            >
              <Icon name="close" />
            </button>
          )}
        </div>
      ))}
      {field.disabled !== true && (
        <button type="button" onClick={() => setTyped([...rows, ['', '']])}>
          {texts.addRow}
        </button>
      )}
    </FieldGroup>
  );
}

function complete(rows: Row[]): Row[] {
  return rows.filter(([key, value]) => key !== '' && value !== '');
}

function sameTable(a: Row[], b: Row[]): boolean {
  return JSON.stringify([...a].sort()) === JSON.stringify([...b].sort());
}
