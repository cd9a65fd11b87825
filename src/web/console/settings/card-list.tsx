import type { FormWords } from '../../texts/form.js';
import { specsAt, type FieldSpec } from '../config/field-spec.js';
import type { ItemEditor } from '../config/item-editor.js';
import { pathOf, valueAt } from '../config/values.js';
import { wordsAt } from '../config/words-at.js';
import { SpecFields } from '../config/spec-field.js';
import { FieldGroup } from '../ui/field.js';

interface CardListProps {
  editor: ItemEditor<object>;
  disabled: boolean;
  path: 'priority_callers' | 'contacts' | 'alarms.receivers';
  /** Of one card. */
  fields: readonly FieldSpec[];
  words: { add: string; remove: string };
  /** The names of the list and its fields. */
  form: FormWords;
  /** The values of a new card. */
  fresh: object;
}

/** A list of the settings, as a card with fields for each item. */
export function CardList({ editor, disabled, path, fields, words, form, fresh }: CardListProps) {
  const items = (valueAt(editor.body.value, pathOf(path)) ?? []) as object[];
  const set = (next: object[]) => editor.set(pathOf(path), next.length === 0 ? undefined : next);
  const [label = path, hint] = form.fields[path] ?? [];
  return (
    <FieldGroup label={label} hint={hint} name={path}>
      {items.map((_, index) => (
        <div key={index} class="card">
          <SpecFields
            specs={specsAt(fields, `${path}.${index}`)}
            form={editor}
            words={wordsAt(form, path, String(index))}
            disabled={disabled}
          />
          {!disabled && (
            <p>
              <button type="button" onClick={() => set(items.filter((__, at) => at !== index))}>
                {words.remove}
              </button>
            </p>
          )}
        </div>
      ))}
      {!disabled && (
        <p>
          <button type="button" onClick={() => set([...items, fresh])}>
            {words.add}
          </button>
        </p>
      )}
    </FieldGroup>
  );
}
