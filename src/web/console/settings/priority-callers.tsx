import type { ItemEditor } from '../config/item-editor.js';
import { errorAt } from '../config/spec-field.js';
import { FieldGroup, LinesField, NumberField, TextField } from '../ui/field.js';
import { texts } from './texts.js';

interface Group {
  name?: string;
  numbers: string[];
  priority: number;
}

/** Groups of callers who are served before others. */
export function PriorityCallers({ editor, disabled }: { editor: ItemEditor<object>; disabled: boolean }) {
  const groups = (editor.body.value as { priority_callers?: Group[] }).priority_callers ?? [];
  const set = (next: Group[]) => editor.set(['priority_callers'], next.length === 0 ? undefined : next);
  const setGroup = (at: number, group: Group) => set(groups.map((each, index) => (index === at ? group : each)));
  const [label, hint] = texts.form.fields.priority_callers;
  const words = texts.priority;
  return (
    <FieldGroup label={label} hint={hint} name="priority_callers">
      {groups.map((group, index) => (
        <div key={index} class="card">
          <TextField
            label={words.name}
            value={group.name ?? ''}
            disabled={disabled}
            onChange={(name) => setGroup(index, { ...group, name })}
          />
          <NumberField
            label={words.priority}
            hint={words.priorityHint}
            value={group.priority}
            min={1}
            max={100}
            disabled={disabled}
            error={errorAt(editor, `priority_callers.${index}.priority`)}
            onChange={(priority) => setGroup(index, { ...group, priority: priority ?? 1 })}
          />
          <LinesField
            label={words.numbers}
            value={group.numbers}
            disabled={disabled}
            error={errorAt(editor, `priority_callers.${index}.numbers`)}
            onChange={(numbers) => setGroup(index, { ...group, numbers })}
          />
          {!disabled && (
            <p>
              <button type="button" onClick={() => set(groups.filter((_, at) => at !== index))}>
                {words.remove}
              </button>
            </p>
          )}
        </div>
      ))}
      {!disabled && (
        <p>
          <button type="button" onClick={() => set([...groups, { numbers: [], priority: 10 }])}>
            {words.add}
          </button>
        </p>
      )}
    </FieldGroup>
  );
}
