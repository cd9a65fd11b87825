import { useState } from 'preact/hooks';
import { useFieldErrors } from '../config/field-errors.js';
import { ItemForm, useItemEditor } from '../config/item-form.js';
import { labelsOf, SpecFields } from '../config/spec-field.js';
import { plainName, suggesting } from '../config/suggested.js';
import { PageHeader } from '../shell/page-header.js';
import { useLeave } from '../ui/leave.js';
import { SecretField } from '../ui/secret-field.js';
import { WayBack } from '../ui/way-back.js';
import { newTrunkFields, type TrunkItem } from './fields.js';
import { storePassword } from './password.js';
import { texts } from './texts.js';

/** What the provider has given; everything else has a default and is on the page of the trunk. */
export function NewTrunk() {
  const leave = useLeave();
  const [password, setPassword] = useState('');
  const errors = useFieldErrors();
  const editor = useItemEditor<TrunkItem>(
    { section: 'trunks', key: '' },
    { body: { name: '', way: 'registration' }, keyField: 'name' },
  );
  const form = suggesting(editor, { from: 'title', to: 'name', suggest: plainName });
  const { way } = editor.body.value;
  const added = async (name: string) => {
    // A password that is refused can be corrected on the page of the trunk.
    if (way === 'registration' && password !== '') await storePassword(name, password, errors);
    leave(`/trunks/${name}`);
  };
  return (
    <>
      <WayBack to="/trunks">{texts.title}</WayBack>
      <PageHeader title={texts.add} />
      <ItemForm editor={editor} labelOf={labelsOf(texts.form)} onSaved={(name) => void added(name)}>
        <section class="card">
          <SpecFields specs={newTrunkFields(way)} form={form} words={texts.form} />
          {way === 'registration' && (
            <SecretField
              label={texts.password}
              autocomplete="off"
              maxLength={128}
              value={password}
              onChange={setPassword}
            />
          )}
        </section>
      </ItemForm>
    </>
  );
}
