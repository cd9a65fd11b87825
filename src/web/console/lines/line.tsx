import { useRoute } from 'preact-iso';
import type { ItemEditor } from '../config/item-editor.js';
import { ItemForm, useItemEditor } from '../config/item-form.js';
import { mayConfigure } from '../config/may-configure.js';
import { labelsOf, SpecFields } from '../config/spec-field.js';
import { groupDigits } from '../format.js';
import { can, renameInSession } from '../session.js';
import { PageHeader } from '../shell/page-header.js';
import { SelectField } from '../ui/field.js';
import { useLeave } from '../ui/leave.js';
import { WayBack } from '../ui/way-back.js';
import { lineGroups, type LineGroup, type LineItem } from './fields.js';
import { texts } from './texts.js';
import { TrunkBadge } from './trunk.js';

/** One line: everything but its plan. */
export default function LinePage() {
  const { number = '' } = useRoute().params;
  const leave = useLeave();
  const editor = useItemEditor<LineItem>({ section: 'lines', key: number });
  const disabled = !mayConfigure();
  const name = editor.stored?.name ?? '';
  const group = (which: LineGroup) => (
    <section class="card">
      <h2>{texts.groups[which]}</h2>
      <SpecFields specs={lineGroups[which]} form={editor} words={texts.form} disabled={disabled} />
      {which === 'dispatch' && <CallBack editor={editor} disabled={disabled} />}
    </section>
  );
  return (
    <>
      <WayBack to="/lines">{texts.title}</WayBack>
      <PageHeader title={name === '' ? groupDigits(number) : `${name} · ${groupDigits(number)}`}>
        <a class="button" href={`/plans/lines/${encodeURIComponent(number)}`}>
          {texts.plan}
        </a>
      </PageHeader>
      {can('metrics:read') && <TrunkBadge />}
      <ItemForm
        editor={editor}
        labelOf={labelsOf(texts.form)}
        removable
        onSaved={(key) => renameInSession('lines', key, editor.body.value.name ?? '')}
        onRemoved={() => leave('/lines')}
      >
        {(Object.keys(lineGroups) as LineGroup[]).map((which) => (
          <div key={which}>{group(which)}</div>
        ))}
      </ItemForm>
    </>
  );
}

/** Without a choice the plan decides: see docs/configuration.md. */
function CallBack({ editor, disabled }: { editor: ItemEditor<LineItem>; disabled: boolean }) {
  const value = (editor.body.value as { call_back?: boolean }).call_back;
  const [label, hint] = texts.form.fields.call_back;
  return (
    <SelectField
      label={label}
      hint={hint}
      name="call_back"
      disabled={disabled}
      value={value === undefined ? '' : String(value)}
      options={[
        { value: '', name: texts.callBack.usual },
        { value: 'true', name: texts.callBack.yes },
        { value: 'false', name: texts.callBack.no },
      ]}
      onChange={(chosen) => editor.set(['call_back'], chosen === '' ? undefined : chosen === 'true')}
    />
  );
}
