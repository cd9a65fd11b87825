import { useRoute } from 'preact-iso';
import { ItemForm, useItemEditor } from '../config/item-form.js';
import { mayConfigure } from '../config/may-configure.js';
import { labelsOf, SpecFields } from '../config/spec-field.js';
import { can } from '../session.js';
import { PageHeader } from '../shell/page-header.js';
import { deferred } from '../ui/deferred.js';
import { useLeave } from '../ui/leave.js';
import { WayBack } from '../ui/way-back.js';
import { trunkGroups, type TrunkGroup, type TrunkItem } from './fields.js';
import { texts } from './texts.js';

/** Comes after the form, which is the larger part of the page. */
const TrunkCards = deferred(async () => (await import('./cards.js')).TrunkCards, 4);

/** One trunk: its state, password, a test call, and its settings. */
export default function TrunkPage() {
  const { name = '' } = useRoute().params;
  const leave = useLeave();
  const editor = useItemEditor<TrunkItem>({ section: 'trunks', key: name });
  const { title = '' } = editor.stored ?? {};
  const disabled = !mayConfigure();
  return (
    <>
      <WayBack to="/trunks">{texts.title}</WayBack>
      <PageHeader title={title === '' ? name : title} />
      {can('metrics:read') && editor.phase.value === 'ready' && <TrunkCards name={name} />}
      <ItemForm editor={editor} labelOf={labelsOf(texts.form)} removable onRemoved={() => leave('/trunks')}>
        {(Object.keys(trunkGroups) as TrunkGroup[]).map((group) => (
          <details key={group} class="card" open={group === 'connection'}>
            <summary>
              <h2>{texts.groups[group]}</h2>
            </summary>
            <SpecFields specs={trunkGroups[group]} form={editor} words={texts.form} disabled={disabled} />
          </details>
        ))}
      </ItemForm>
    </>
  );
}
