import { useLocation } from 'preact-iso';
import { AddLink } from '../config/add-link.js';
import { ItemForm, useItemEditor } from '../config/item-form.js';
import { mayConfigure } from '../config/may-configure.js';
import { labelsOf, SpecFields } from '../config/spec-field.js';
import { plainName, suggesting } from '../config/suggested.js';
import { renameInSession } from '../session.js';
import { PageHeader } from '../shell/page-header.js';
import { EmptyState } from '../ui/empty-state.js';
import { deferred } from '../ui/deferred.js';
import { useLeave } from '../ui/leave.js';
import { Skeleton } from '../ui/skeleton.js';
import { usePolled } from '../ui/polled.js';
import { WayBack } from '../ui/way-back.js';
import { handsetFields, type HandsetItem } from './fields.js';
import { HandsetBadge, loadHandsets, queueNames, titleOf, userOf, type HandsetState } from './state.js';
import { texts } from './texts.js';

const DutyHistory = deferred(async () => (await import('../duty/history.js')).DutyHistory, 6);
const HandsetTabs = deferred(async () => (await import('../duty/tabs.js')).HandsetTabs, 0);

/** All handsets; with `?new` the form for another one, with `?view=history` the history of their logins and pauses. */
export default function HandsetsPage() {
  const { query } = useLocation();
  if ('new' in query && mayConfigure()) return <NewHandset />;
  return query['view'] === 'history' ? <HistoryPage /> : <HandsetList />;
}

function HistoryPage() {
  return (
    <>
      <PageHeader title={texts.title} />
      <HandsetTabs view="history" />
      <DutyHistory />
    </>
  );
}

function HandsetList() {
  const [data] = usePolled(loadHandsets);
  return (
    <>
      <PageHeader title={texts.title}>
        <AddLink to="/handsets?new=1" text={texts.add} primary />
      </PageHeader>
      <HandsetTabs view="handsets" />
      <p class="soft">{texts.hint}</p>
      {data === undefined ? (
        <Skeleton rows={6} />
      ) : data.handsets.length === 0 ? (
        <EmptyState icon="calls" title={texts.none}>
          {texts.noneHint}
        </EmptyState>
      ) : (
        <HandsetTable handsets={data.handsets} />
      )}
    </>
  );
}

function HandsetTable({ handsets }: { handsets: HandsetState[] }) {
  return (
    <table class="cards">
      <thead>
        <tr>
          <th>{texts.handset}</th>
          <th>{texts.state}</th>
          <th>{texts.user}</th>
          <th>{texts.queues}</th>
        </tr>
      </thead>
      <tbody>
        {handsets.map((handset) => (
          <tr key={handset.name}>
            <td>
              <a href={`/handsets/${handset.name}`}>{titleOf(handset)}</a>
              {titleOf(handset) !== handset.name && <span class="hint">{handset.name}</span>}
            </td>
            <td data-label={texts.state}>
              <HandsetBadge handset={handset} />
            </td>
            <td class="person" data-label={texts.user}>
              {userOf(handset) ?? '–'}
            </td>
            <td data-label={texts.queues}>{queueNames(handset) || texts.inNoQueue}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function NewHandset() {
  const leave = useLeave();
  const editor = useItemEditor<HandsetItem>({ section: 'handsets', key: '' }, { body: { name: '' }, keyField: 'name' });
  const form = suggesting(editor, { from: 'display_name', to: 'name', suggest: plainName });
  return (
    <>
      <WayBack to="/handsets">{texts.title}</WayBack>
      <PageHeader title={texts.add} />
      <ItemForm
        editor={editor}
        labelOf={labelsOf(texts.form)}
        onSaved={(key) => {
          renameInSession('handsets', key, editor.body.value.display_name ?? '');
          leave(`/handsets/${key}`);
        }}
      >
        <section class="card">
          <SpecFields specs={handsetFields(true)} form={form} words={texts.form} />
        </section>
      </ItemForm>
    </>
  );
}
