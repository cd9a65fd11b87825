import type { ComponentChildren } from 'preact';
import type { ItemEditor } from '../config/item-editor.js';
import { ItemForm, useItemEditor } from '../config/item-form.js';
import { mayConfigure } from '../config/may-configure.js';
import { labelsOf, SpecFields } from '../config/spec-field.js';
import { PageHeader } from '../shell/page-header.js';
import { deferred } from '../ui/deferred.js';
import { CardList } from './card-list.js';
import { contactFields, priorityFields, settingGroups, type SettingGroup } from './fields.js';
import { NoCompany } from './no-company.js';
import { NotificationKeys } from './notification-keys.js';
import { OrderMenus } from './order-menus.js';
import { texts } from './texts.js';

const Sentences = deferred(async () => (await import('./sentences/sentences.js')).Sentences, 2);

/** The settings of the company, in groups that can be folded. */
export default function SettingsPage() {
  const editor = useItemEditor<object>({ section: 'settings', key: 'company' });
  return (
    <>
      <PageHeader title={texts.title} />
      <ItemForm editor={editor} labelOf={labelsOf(texts.form)} whenMissing={<NoCompany />}>
        {(Object.keys(settingGroups) as SettingGroup[]).map((group, index) => (
          <Group key={group} group={group} editor={editor} isOpen={index < 2}>
            {group === 'company' && (
              <CardList
                editor={editor}
                disabled={!mayConfigure()}
                path="priority_callers"
                fields={priorityFields}
                words={texts.priority}
                form={texts.form}
                fresh={{ numbers: [], priority: 10 }}
              />
            )}
            {group === 'work' && (
              <CardList
                editor={editor}
                disabled={!mayConfigure()}
                path="contacts"
                fields={contactFields}
                words={texts.contact}
                form={texts.form}
                fresh={{}}
              />
            )}
            {group === 'notifications' && <NotificationKeys editor={editor} disabled={!mayConfigure()} />}
            {group === 'speech' && <Sentences editor={editor} disabled={!mayConfigure()} />}
            {group === 'orders' && <OrderMenus editor={editor} disabled={!mayConfigure()} />}
          </Group>
        ))}
      </ItemForm>
      <h2>{texts.more}</h2>
      <ul>
        {(['callbacks', 'profiles'] as const).map((section) => (
          <li key={section}>
            <a href={`/settings/${section}`}>{texts.sections[section].title}</a>
            <span class="hint">{texts.sections[section].hint}</span>
          </li>
        ))}
        <li>
          <a href="/settings/yaml">{texts.yaml}</a>
          <span class="hint">{texts.yamlHint}</span>
        </li>
        <li>
          <a href="/people/roles">{texts.roles}</a>
        </li>
      </ul>
    </>
  );
}

interface GroupProps {
  group: SettingGroup;
  editor: ItemEditor<object>;
  isOpen: boolean;
  children: ComponentChildren;
}

function Group({ group, editor, isOpen, children }: GroupProps) {
  const { title, hint } = texts.groups[group];
  return (
    <details class="card" open={isOpen} data-group={group}>
      <summary>
        <h2>{title}</h2>
        <span class="hint">{hint}</span>
      </summary>
      <SpecFields specs={settingGroups[group]} form={editor} words={texts.form} disabled={!mayConfigure()} />
      {children}
    </details>
  );
}
