import { nameOfOption, useChoices } from '../config/choices.js';
import type { ItemEditor } from '../config/item-editor.js';
import { errorAt } from '../config/spec-field.js';
import { Combobox } from '../ui/combobox.js';
import { FieldGroup } from '../ui/field.js';
import { OrderedList } from '../ui/ordered-list.js';
import type { QueueItem } from './fields.js';
import { texts } from './texts.js';

/** The handsets of a queue in their order, and those that can be added. */
export function Members({ editor, disabled }: { editor: ItemEditor<QueueItem>; disabled: boolean }) {
  const options = useChoices('handset');
  const members = editor.body.value.handsets ?? [];
  const set = (next: string[]) => editor.set(['handsets'], next.length === 0 ? undefined : next);
  const others = options.filter(({ value }) => !members.includes(value));
  const [label, hint] = texts.form.fields.handsets;
  return (
    <FieldGroup label={label} hint={hint} name="handsets" error={errorAt(editor, 'handsets')}>
      {members.length === 0 && <p class="soft">{texts.noMembers}</p>}
      <OrderedList
        label={label}
        items={members}
        nameOf={(name) => nameOfOption(options, name)}
        disabled={disabled}
        onChange={set}
      />
      {!disabled && others.length > 0 && (
        <Combobox label={texts.addMember} value="" options={others} onChange={(name) => set([...members, name])} />
      )}
      {!disabled && others.length === 0 && (
        <p class="soft">
          {options.length === 0 ? texts.noHandsets : texts.allAdded} <a href="/handsets?new=1">{texts.newHandset}</a>
        </p>
      )}
    </FieldGroup>
  );
}
