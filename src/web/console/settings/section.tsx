import { useLocation, useRoute } from 'preact-iso';
import { useState } from 'preact/hooks';
import { ItemForm, useItemEditor } from '../config/item-form.js';
import { mayConfigure } from '../config/may-configure.js';
import { configItems } from '../config/items.js';
import { labelsOf, SpecFields } from '../config/spec-field.js';
import { PageHeader } from '../shell/page-header.js';
import { EmptyState } from '../ui/empty-state.js';
import { TextField } from '../ui/field.js';
import { useLeave } from '../ui/leave.js';
import { usePolled } from '../ui/polled.js';
import { Skeleton } from '../ui/skeleton.js';
import { WayBack } from '../ui/way-back.js';
import { callbackFields } from './fields.js';
import { ProfileFields, profileWords, withoutEmpty } from './profile.js';
import { texts } from './texts.js';

type ListSection = 'callbacks' | 'profiles';

/** Callbacks or profiles: the list, or one of them. */
export default function SectionPage() {
  const { section = '' } = useRoute().params;
  const { query } = useLocation();
  const list: ListSection = section === 'profiles' ? 'profiles' : 'callbacks';
  const key = query['key'];
  if ('new' in query && key === undefined && list === 'profiles') return <NewProfile />;
  if (key !== undefined || 'new' in query)
    return <Item key={`${list} ${key ?? ''}`} section={list} itemKey={key ?? ''} isNew={'new' in query} />;
  return <List section={list} />;
}

function List({ section }: { section: ListSection }) {
  const [items] = usePolled(async () => configItems.list(section), section);
  const words = texts.sections[section];
  return (
    <>
      <WayBack to="/settings">{texts.title}</WayBack>
      <PageHeader title={words.title}>
        {mayConfigure() && (
          <a class="button primary" href={`/settings/${section}?new=1`}>
            {words.add}
          </a>
        )}
      </PageHeader>
      <p class="soft">{words.hint}</p>
      {items === undefined ? (
        <Skeleton rows={3} />
      ) : items.length === 0 ? (
        <EmptyState icon="integrations" title={words.none} />
      ) : (
        <table class="cards">
          <thead>
            <tr>
              <th>{texts.name}</th>
              <th>{words.detail}</th>
            </tr>
          </thead>
          <tbody>
            {items.map(({ key, body }) => (
              <tr key={key}>
                <td>
                  <a href={`/settings/${section}?key=${encodeURIComponent(key)}`}>{key}</a>
                </td>
                <td data-label={words.detail}>{detailOf(body)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

function detailOf(body: unknown): string {
  const { url, base } = body as { url?: string; base?: string };
  return url ?? base ?? 'telfa';
}

function Item({ section, itemKey, isNew }: { section: ListSection; itemKey: string; isNew: boolean }) {
  const leave = useLeave();
  const fresh = section === 'callbacks' ? { body: { name: '', url: '' }, keyField: 'name' as const } : PROFILE;
  const editor = useItemEditor<{ name?: string; url?: string; base?: string }>(
    { section, key: itemKey },
    isNew ? fresh : undefined,
    section === 'profiles' ? withoutEmpty : undefined,
  );
  const words = texts.sections[section];
  const list = `/settings/${section}`;
  return (
    <>
      <WayBack to={list}>{words.title}</WayBack>
      <PageHeader title={itemKey === '' ? words.add : itemKey} />
      <ItemForm
        editor={editor}
        labelOf={labelsOf(section === 'callbacks' ? texts.callbackForm : profileWords)}
        removable
        onSaved={(_, wasNew) => wasNew && leave(list)}
        onRemoved={() => leave(list)}
      >
        <section class="card">
          {section === 'callbacks' ? (
            <SpecFields
              specs={isNew ? callbackFields : callbackFields.filter(({ path }) => path !== 'name')}
              form={editor}
              words={texts.callbackForm}
              disabled={!mayConfigure()}
            />
          ) : (
            <ProfileFields name={itemKey} form={editor} />
          )}
        </section>
      </ItemForm>
    </>
  );
}

const PROFILE = { body: { base: 'telfa' } };

/** The name of a profile is not part of it: it is asked for first. */
function NewProfile() {
  const { route } = useLocation();
  const [name, setName] = useState('');
  return (
    <>
      <WayBack to="/settings/profiles">{texts.sections.profiles.title}</WayBack>
      <PageHeader title={texts.sections.profiles.add} />
      <form
        class="item card"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '') route(`/settings/profiles?new=1&key=${encodeURIComponent(name.trim())}`);
        }}
      >
        <TextField label={texts.name} hint={texts.profileNameHint} value={name} onChange={setName} />
        <p>
          <button class="primary">{texts.next}</button>
        </p>
      </form>
    </>
  );
}
