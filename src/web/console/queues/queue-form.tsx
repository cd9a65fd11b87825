import type { ComponentChildren } from 'preact';
import { ItemForm, useItemEditor } from '../config/item-form.js';
import { mayConfigure } from '../config/may-configure.js';
import type { ItemEditor } from '../config/item-editor.js';
import type { ItemAt } from '../config/items.js';
import { ChoiceField, errorAt, labelsOf, SpecField, SpecFields } from '../config/spec-field.js';
import { renameInSession } from '../session.js';
import { CheckField } from '../ui/field.js';
import { Members } from './members.js';
import { queueGroups, queueId, type QueueGroup, type QueueItem } from './fields.js';
import { texts } from './texts.js';

interface QueueFormProps {
  at: ItemAt;
  /** A new queue. */
  fresh?: QueueItem;
  onSaved: (key: string) => void;
  onRemoved?: () => void;
  /** The last section. */
  afterwards?: ComponentChildren;
}

/** The settings of a queue, in the order of a caller's way through it. */
export function QueueForm({ at, fresh, onSaved, onRemoved, afterwards }: QueueFormProps) {
  const editor = useItemEditor<QueueItem>(at, fresh && { body: fresh, keyField: 'id' });
  const disabled = !mayConfigure();
  const group = (name: QueueGroup, more?: ComponentChildren) => (
    <section class="card">
      <h2>{texts.groups[name]}</h2>
      {more}
      <SpecFields specs={queueGroups[name]} form={editor} words={texts.form} disabled={disabled} />
    </section>
  );
  return (
    <ItemForm
      editor={editor}
      labelOf={labelsOf(texts.form)}
      removable
      onSaved={(key) => {
        renameInSession('queues', key, editor.body.value.name);
        onSaved(key);
      }}
      onRemoved={onRemoved}
    >
      {group('basics', fresh && <SpecField spec={queueId} form={editor} words={texts.form} />)}
      {group('members', <Members editor={editor} disabled={disabled} />)}
      {group('waiting')}
      {group('limits')}
      {group('talk', <Record editor={editor} disabled={disabled} />)}
      {afterwards}
    </ItemForm>
  );
}

/** Whether talks are recorded, and what announces it. */
function Record({ editor, disabled }: { editor: ItemEditor<QueueItem>; disabled: boolean }) {
  const record = (editor.body.value as { record?: boolean | { announce?: number } }).record;
  const isOn = record !== undefined && record !== false;
  const announce = typeof record === 'object' ? record.announce : undefined;
  const [label] = texts.form.fields.record;
  const [announceLabel, announceHint] = texts.form.fields['record.announce'];
  return (
    <>
      <CheckField
        label={label}
        name="record"
        value={isOn}
        disabled={disabled}
        onChange={(on) => editor.set(['record'], on ? true : undefined)}
      />
      {isOn && (
        <ChoiceField
          field={{
            label: announceLabel,
            hint: announceHint,
            name: 'record.announce',
            disabled,
            error: errorAt(editor, 'record'),
          }}
          of="prompt"
          value={announce}
          onChange={(prompt) => editor.set(['record'], prompt === undefined ? true : { announce: prompt })}
        />
      )}
    </>
  );
}
