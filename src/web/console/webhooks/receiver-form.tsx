import { ItemForm, useItemEditor } from '../config/item-form.js';
import { errorAt } from '../config/spec-field.js';
import type { ItemEditor } from '../config/item-editor.js';
import { texts as integrationTexts } from '../integrations/texts.js';
import { Dialog } from '../ui/dialog.js';
import { CheckField, FieldGroup, TextField } from '../ui/field.js';

const texts = integrationTexts.webhooks;

/** A webhook as it is in the company's document. Settings without a field here stay as they are. */
interface Webhook {
  name: string;
  url: string;
  events?: string[];
  secret?: string;
  basic_auth?: string;
  bearer?: string;
}

const EVENTS = Object.keys(texts.events);
const LABELS: Record<string, string> = {
  name: texts.name,
  url: texts.url,
  events: texts.whichEvents,
  secret: texts.secret,
  basic_auth: texts.basicAuth,
  bearer: texts.bearer,
};

interface ReceiverFormProps {
  /** Empty: a new one. */
  name: string;
  onClose: () => void;
  onSaved: () => void;
}

/** Adds, changes and removes a receiver of events. */
export function ReceiverForm({ name, onClose, onSaved }: ReceiverFormProps) {
  const isNew = name === '';
  const fresh = { body: { name: '', url: '' }, keyField: 'name' } as const;
  const editor = useItemEditor<Webhook>({ section: 'webhooks', key: name }, isNew ? fresh : undefined);
  return (
    <Dialog title={isNew ? texts.add : name} onClose={onClose} class="wide">
      <ItemForm editor={editor} labelOf={(path) => LABELS[path]} onSaved={onSaved} onRemoved={onSaved} removable>
        {isNew && <WebhookField editor={editor} setting="name" hint={texts.nameHint} />}
        <WebhookField editor={editor} setting="url" />
        <Events editor={editor} />
        <details open={hasLogin(editor.stored)}>
          <summary>{texts.security}</summary>
          <WebhookField editor={editor} setting="secret" hint={texts.secretHint} />
          <WebhookField editor={editor} setting="basic_auth" />
          <WebhookField editor={editor} setting="bearer" />
        </details>
      </ItemForm>
    </Dialog>
  );
}

function hasLogin(stored: Webhook | undefined): boolean {
  return [stored?.secret, stored?.basic_auth, stored?.bearer].some((variable) => variable !== undefined);
}

type TextSetting = 'name' | 'url' | 'secret' | 'basic_auth' | 'bearer';
interface WebhookFieldProps {
  editor: ItemEditor<Webhook>;
  setting: TextSetting;
  hint?: string;
}

function WebhookField({ editor, setting, hint }: WebhookFieldProps) {
  const isRequired = setting === 'name' || setting === 'url';
  return (
    <TextField
      name={setting}
      label={LABELS[setting] ?? setting}
      hint={hint}
      type={setting === 'url' ? 'url' : 'text'}
      required={isRequired}
      value={editor.body.value[setting] ?? ''}
      error={errorAt(editor, setting)}
      onChange={(value) => editor.set([setting], value === '' && !isRequired ? undefined : value)}
    />
  );
}

/** All events of calls, or chosen ones. */
function Events({ editor }: { editor: ItemEditor<Webhook> }) {
  const { events } = editor.body.value;
  const choose = (event: string, isChosen: boolean) => {
    const others = (events ?? []).filter((each) => each !== event);
    const chosen = isChosen ? [...others, event] : others;
    editor.set(
      ['events'],
      EVENTS.filter((each) => chosen.includes(each)),
    );
  };
  return (
    <FieldGroup label={texts.whichEvents} name="events" error={errorAt(editor, 'events')}>
      <CheckField
        label={texts.allEvents}
        value={events === undefined}
        onChange={(isAll) => editor.set(['events'], isAll ? undefined : ['hangup'])}
      />
      {events !== undefined &&
        EVENTS.map((event) => (
          <CheckField
            key={event}
            label={texts.events[event as keyof typeof texts.events]}
            value={events.includes(event)}
            onChange={(isChosen) => choose(event, isChosen)}
          />
        ))}
    </FieldGroup>
  );
}
