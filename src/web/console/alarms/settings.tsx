import type { AlarmSettingTexts } from '../../texts/en/alarm-settings.js';
import { ItemForm, useItemEditor } from '../config/item-form.js';
import { mayConfigure } from '../config/may-configure.js';
import { labelsOf, SpecFields } from '../config/spec-field.js';
import { CardList } from '../settings/card-list.js';
import { PageHeader } from '../shell/page-header.js';
import { loadTexts } from '../texts.js';
import { WayBack } from '../ui/way-back.js';
import { alarmFields, alarmReceiverFields } from './fields.js';

const texts = await loadTexts(
  import.meta.glob<AlarmSettingTexts>('../../texts/*/alarm-settings.ts', { import: 'alarmSettingTexts' }),
);

/** What an alarm is, and who receives it. */
export default function AlarmSettingsPage() {
  const editor = useItemEditor<object>({ section: 'settings', key: 'company' });
  return (
    <>
      <WayBack to="/alarms">{texts.alarms}</WayBack>
      <PageHeader title={texts.title} />
      <p class="soft">{texts.hint}</p>
      <ItemForm editor={editor} labelOf={labelsOf(texts.form)}>
        <section class="card">
          <CardList
            editor={editor}
            disabled={!mayConfigure()}
            path="alarms.receivers"
            fields={alarmReceiverFields}
            words={texts.receiver}
            form={texts.form}
            fresh={{ name: '' }}
          />
          <SpecFields specs={alarmFields} form={editor} words={texts.form} disabled={!mayConfigure()} />
        </section>
      </ItemForm>
    </>
  );
}
