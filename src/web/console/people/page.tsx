import { useLocation } from 'preact-iso';
import { useEffect, useState } from 'preact/hooks';
import { api } from '../api/client.js';
import { AddLink } from '../config/add-link.js';
import { ItemForm, useItemEditor } from '../config/item-form.js';
import { mayConfigure } from '../config/may-configure.js';
import { configItems } from '../config/items.js';
import { labelsOf, SpecFields } from '../config/spec-field.js';
import { plainName, suggesting } from '../config/suggested.js';
import { session } from '../session.js';
import { PageHeader } from '../shell/page-header.js';
import { Badge } from '../ui/badge.js';
import { EmptyState } from '../ui/empty-state.js';
import { useLeave } from '../ui/leave.js';
import { usePolled } from '../ui/polled.js';
import { Skeleton } from '../ui/skeleton.js';
import { WayBack } from '../ui/way-back.js';
import { personFields, type PersonItem } from './fields.js';
import { texts } from './texts.js';

/** The people with their roles; with `?new` the form for another one. */
export default function PeoplePage() {
  const { query } = useLocation();
  return 'new' in query && mayConfigure() ? <NewPerson /> : <PeopleList />;
}

function PeopleList() {
  const [data] = usePolled(async () => api.get('/api/v1/accounts'));
  return (
    <>
      <PageHeader title={texts.title}>
        <span class="row">
          <a class="button" href="/people/roles">
            {texts.roles}
          </a>
          <AddLink to="/people?new=1" text={texts.add} primary />
        </span>
      </PageHeader>
      {data === undefined ? (
        <Skeleton rows={5} />
      ) : data.accounts.length === 0 ? (
        <EmptyState icon="people" title={texts.none}>
          {texts.noneHint}
        </EmptyState>
      ) : (
        <table class="cards">
          <thead>
            <tr>
              <th>{texts.name}</th>
              <th>{texts.role}</th>
              <th>{texts.handset}</th>
              <th>{texts.access}</th>
            </tr>
          </thead>
          <tbody>
            {data.accounts.map((person) => (
              <tr key={person.id}>
                <td>
                  <a href={`/people/${person.id}`}>{person.name}</a>
                  <span class="hint">{person.login}</span>
                </td>
                <td data-label={texts.role}>{texts.roleNames[person.role as keyof typeof texts.roleNames]}</td>
                <td data-label={texts.handset}>
                  {person.handset === null ? '–' : <a href={`/handsets/${person.handset}`}>{person.handset}</a>}
                </td>
                <td data-label={texts.access}>
                  <Badge tone={person.has_password ? 'free' : 'bad'} icon={person.has_password ? 'check' : 'warning'}>
                    {person.has_password ? texts.canLogIn : texts.noPassword}
                  </Badge>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

function NewPerson() {
  const [id, setId] = useState<number | undefined>(undefined);
  useEffect(() => {
    void configItems.list('operators').then((outcome) => {
      const used = outcome.ok ? outcome.data.map(({ key }) => Number(key)) : [];
      setId(Math.max(0, ...used) + 1);
    });
  }, []);
  return (
    <>
      <WayBack to="/people">{texts.title}</WayBack>
      <PageHeader title={texts.add} />
      {id === undefined ? <Skeleton rows={6} /> : <NewPersonForm id={id} />}
    </>
  );
}

function NewPersonForm({ id }: { id: number }) {
  const leave = useLeave();
  const editor = useItemEditor<PersonItem>(
    { section: 'operators', key: '' },
    { body: { id, name: '', login: '' }, keyField: 'id' },
  );
  const form = suggesting(editor, { from: 'name', to: 'login', suggest: (name) => plainName(name, '.') });
  return (
    <ItemForm
      editor={editor}
      labelOf={labelsOf(texts.form)}
      onSaved={(key) => {
        rememberUser(editor.body.value);
        leave(`/people/${key}`);
      }}
    >
      <section class="card">
        <SpecFields specs={personFields} form={form} words={texts.form} />
      </section>
    </ItemForm>
  );
}

/** Pages call a handset by the name of its user. */
export function rememberUser({ handset, name }: PersonItem): void {
  session.handsets = session.handsets.map((each) => (each.name === handset ? { ...each, title: name } : each));
}
