import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { FieldGroup, type FieldProps } from '../ui/field.js';
import type { FieldSpec } from './field-spec.js';
import type { FormState } from './item-editor.js';
import { Suggestions } from './suggestions.js';
import { texts } from './texts.js';
import { pathOf, valueAt } from './values.js';

interface RowsFieldProps {
  field: FieldProps;
  spec: Extract<FieldSpec, { kind: 'rows' }>;
  form: FormState;
  /** The fields of one row. */
  children: (name: string) => ComponentChildren;
}

/** Things with a name, each with its fields. */
export function RowsField({ field, spec, form, children }: RowsFieldProps) {
  const [name, setName] = useState('');
  const list = spec.suggests && `suggestions-${spec.path}`;
  const rows = (valueAt(form.body.value, pathOf(spec.path)) ?? {}) as Record<string, object>;
  const set = (next: Record<string, object>) =>
    form.set(pathOf(spec.path), Object.keys(next).length === 0 ? undefined : next);
  const add = () => {
    const key = name.trim();
    if (key === '' || Object.hasOwn(rows, key)) return;
    set({ ...rows, [key]: {} });
    setName('');
  };
  return (
    <FieldGroup {...field}>
      {Object.keys(rows).map((key) => (
        <div key={key} class="card">
          <h3>{key}</h3>
          {children(key)}
          {field.disabled !== true && (
            <p>
              <button
                type="button"
                onClick={() => set(Object.fromEntries(Object.entries(rows).filter(([each]) => each !== key)))}
              >
                {`${texts.remove}: ${key}`}
              </button>
            </p>
          )}
        </div>
      ))}
      {field.disabled !== true && (
        <div class="pair">
          <input
            aria-label={`${field.label}: ${texts.key}`}
            placeholder={texts.key}
            list={list}
            value={name}
            onInput={({ currentTarget }) => setName(currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return;
              event.preventDefault();
              add();
            }}
          />
          <button type="button" onClick={add}>
            {texts.add}
          </button>
          {list !== undefined && spec.suggests !== undefined && <Suggestions id={list} of={spec.suggests} />}
        </div>
      )}
    </FieldGroup>
  );
}
