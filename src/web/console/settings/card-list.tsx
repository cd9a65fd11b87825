import { specsAt, type FieldSpec } from '../config/field-spec.js';
import type { ItemEditor } from '../config/item-editor.js';
import { wordsAt } from '../config/words-at.js';
import { SpecFields } from '../config/spec-field.js';
import { FieldGroup } from '../ui/field.js';
import { texts } from './texts.js';

interface CardListProps {
  editor: ItemEditor<object>;
  disabled: boolean;
  path: 'priority_callers' | 'contacts';
  /** Of one card. */
  fields: readonly FieldSpec[];
  words: { add: string; remove: string };
  /** The values of a new card. */
  fresh: object;
}

/** A list of the settings, as a card with fields for each item. */
export function CardList({ editor, disabled, path, fields, words, fresh }: CardListProps) {
  const items = (editor.body.value as Record<string, object[] | undefined>)[path] ?? [];
  const set = (next: object[]) => editor.set([path], next.length === 0 ? undefined : next);
  const [label, hint] = texts.form.fields[path];
  return (
    <FieldGroup label={label} hint={hint} name={path}>
      {items.map((_, index) => (
        <div key={index} class="card">
          <SpecFields
            specs={specsAt(fields, `${path}.${index}`)}
            form={editor}
            words={wordsAt(texts.form, path, String(index))}
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
