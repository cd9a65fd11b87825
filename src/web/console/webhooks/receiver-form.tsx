import { ItemForm, useItemEditor } from '../config/item-form.js';
import { mayConfigure } from '../config/may-configure.js';
import { errorAt, labelsOf, SpecFields } from '../config/spec-field.js';
import type { ItemEditor } from '../config/item-editor.js';
import { texts as integrationTexts } from '../integrations/texts.js';
import { Dialog } from '../ui/dialog.js';
import { CheckField, FieldGroup } from '../ui/field.js';
import type { FormWords } from '../../texts/form.js';
import { contractFields, receiverFields, securityFields } from './fields.js';

const texts = integrationTexts.webhooks;

/** A webhook as it is in the company's document. */
interface Webhook {
  name: string;
  url: string;
  events?: string[];
  secret?: string;
  basic_auth?: string;
  bearer?: string;
}

const EVENTS = Object.keys(texts.events);
const words: FormWords = { fields: texts.fields, options: {} };

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
      <ItemForm editor={editor} labelOf={labelsOf(words)} onSaved={onSaved} onRemoved={onSaved} removable>
        <SpecFields
          specs={isNew ? receiverFields : receiverFields.filter(({ path }) => path !== 'name')}
          form={editor}
          words={words}
          disabled={!mayConfigure()}
        />
        <Events editor={editor} disabled={!mayConfigure()} />
        <details open={hasLogin(editor.stored)}>
          <summary>{texts.security}</summary>
          <SpecFields specs={securityFields} form={editor} words={words} disabled={!mayConfigure()} />
        </details>
        <details>
          <summary>{texts.contract}</summary>
          <SpecFields specs={contractFields} form={editor} words={words} disabled={!mayConfigure()} />
        </details>
      </ItemForm>
    </Dialog>
  );
}

function hasLogin(stored: Webhook | undefined): boolean {
  return [stored?.secret, stored?.basic_auth, stored?.bearer].some((variable) => variable !== undefined);
}

/** All events of calls, or chosen ones. */
function Events({ editor, disabled }: { editor: ItemEditor<Webhook>; disabled: boolean }) {
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
    <FieldGroup label={texts.fields.events[0]} name="events" error={errorAt(editor, 'events')}>
      <CheckField
        label={texts.allEvents}
        value={events === undefined}
        disabled={disabled}
        onChange={(isAll) => editor.set(['events'], isAll ? undefined : ['hangup'])}
      />
      {events !== undefined &&
        EVENTS.map((event) => (
          <CheckField
            key={event}
            label={texts.events[event as keyof typeof texts.events]}
            value={events.includes(event)}
            disabled={disabled}
            onChange={(isChosen) => choose(event, isChosen)}
          />
        ))}
    </FieldGroup>
  );
}
