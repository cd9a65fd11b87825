import { useSignal } from '@preact/signals';
import { useLocation } from 'preact-iso';
import { useEffect } from 'preact/hooks';
import type { paths } from '../api/schema.js';
import { api } from '../api/client.js';
import { titleOfHandset } from '../names.js';
import { can } from '../session.js';
import { PageHeader } from '../shell/page-header.js';
import { EmptyState } from '../ui/empty-state.js';
import { ListFrame } from '../ui/list-frame.js';
import { useLiveList } from '../ui/live-list.js';
import { When } from '../ui/when.js';
import { AuditFilter } from './filter-bar.js';
import { auditQuery, isFiltered } from './filter.js';
import { texts } from './texts.js';
import { aboutWords, actionWord, actorWords, callOf, type Names } from './words.js';
import '../styles/audit.css';

type Page = paths['/api/v1/audit']['get']['responses'][200]['content']['application/json'];
type Entry = Page['entries'][number];

const NO_NAMES: Names = { operators: new Map(), prompts: new Map(), handset: titleOfHandset };

/** Who logged in, changed or heard what, newest first. The filter is in the address. */
export default function AuditPage() {
  const { url } = useLocation();
  const { search } = new URL(url, location.origin);
  const names = useSignal<Names>(NO_NAMES);
  useEffect(() => void loadNames().then((known) => (names.value = known)), []);
  const { list, loadOlder } = useLiveList({
    key: search,
    idOf: ({ id }: Entry) => String(id),
    load: async ({ limit, cursor }) => {
      const before = cursor === undefined ? {} : { before: Number(cursor) };
      const outcome = await api.get('/api/v1/audit', { query: { ...auditQuery(search), limit, ...before } });
      if (!outcome.ok) return outcome;
      const { entries: items, next } = outcome.data;
      return { ...outcome, data: { items, next: next === null ? null : String(next) } };
    },
  });
  const csvQuery = new URLSearchParams(Object.entries(auditQuery(search)) as [string, string][]).toString();
  return (
    <>
      <PageHeader title={texts.title}>
        <a class="button" href={`/api/v1/audit.csv${csvQuery === '' ? '' : `?${csvQuery}`}`} download>
          {texts.csv}
        </a>
      </PageHeader>
      <AuditFilter search={search} people={names.value.operators} />
      <ListFrame
        list={list}
        loadOlder={loadOlder}
        rows={8}
        words={{ more: texts.older, shown: texts.shown }}
        empty={
          <EmptyState icon="person" title={isFiltered(search) ? texts.noMatch : texts.none}>
            {!isFiltered(search) && texts.noneHint}
          </EmptyState>
        }
      >
        {(entries) => <Entries entries={entries} names={names.value} />}
      </ListFrame>
    </>
  );
}

function Entries({ entries, names }: { entries: Entry[]; names: Names }) {
  return (
    <table class="audit-list">
      <thead>
        <tr>
          <th>{texts.who}</th>
          <th>{texts.what}</th>
          <th>{texts.about}</th>
          <th class="number">{texts.when}</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => {
          const call = callOf(entry);
          return (
            <tr key={entry.id} data-action={entry.action}>
              <td>{actorWords(entry, names, texts)}</td>
              <td class={entry.action === 'login_failed' ? 'failed' : undefined}>{actionWord(entry.action, texts)}</td>
              <td>
                {call !== undefined && <a href={`/calls/${encodeURIComponent(call)}`}>{texts.call}</a>}{' '}
                {aboutWords(entry, names, texts)}
              </td>
              <td class="number">
                <When at={entry.at} />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** The names of people and prompts, as far as the visitor may see them. */
async function loadNames(): Promise<Names> {
  const [accounts, prompts] = await Promise.all([
    can('accounts:write') ? api.get('/api/v1/accounts') : undefined,
    can('prompts:read') ? api.get('/api/v1/prompts') : undefined,
  ]);
  return {
    ...NO_NAMES,
    operators: new Map(
      accounts?.ok === true ? accounts.data.accounts.map(({ login, name }) => [`@${login}`, name]) : [],
    ),
    prompts: new Map(prompts?.ok === true ? prompts.data.prompts.map(({ id, name }) => [String(id), name]) : []),
  };
}
