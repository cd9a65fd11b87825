import { specsAt } from '../config/field-spec.js';
import type { ItemEditor } from '../config/item-editor.js';
import { wordsAt } from '../config/words-at.js';
import { SpecFields } from '../config/spec-field.js';
import { FieldGroup } from '../ui/field.js';
import { priorityFields } from './fields.js';
import { texts } from './texts.js';

interface Group {
  name?: string;
  numbers?: string[];
  priority?: number;
}

const PATH = 'priority_callers';

/** Groups of callers who are served before others. */
export function PriorityCallers({ editor, disabled }: { editor: ItemEditor<object>; disabled: boolean }) {
  const groups = (editor.body.value as { priority_callers?: Group[] }).priority_callers ?? [];
  const set = (next: Group[]) => editor.set([PATH], next.length === 0 ? undefined : next);
  const [label, hint] = texts.form.fields.priority_callers;
  return (
    <FieldGroup label={label} hint={hint} name={PATH}>
      {groups.map((_, index) => (
        <div key={index} class="card">
          <SpecFields
            specs={specsAt(priorityFields, `${PATH}.${index}`)}
            form={editor}
            words={wordsAt(texts.form, PATH, String(index))}
            disabled={disabled}
          />
          {!disabled && (
            <p>
              <button type="button" onClick={() => set(groups.filter((__, at) => at !== index))}>
                {texts.priority.remove}
              </button>
            </p>
          )}
        </div>
      ))}
      {!disabled && (
        <p>
          <button type="button" onClick={() => set([...groups, { numbers: [], priority: 10 }])}>
            {texts.priority.add}
          </button>
        </p>
      )}
    </FieldGroup>
  );
}
