import { useLocation } from 'preact-iso';
import { api } from '../api/client.js';
import { AddLink } from '../config/add-link.js';
import { mayConfigure } from '../config/may-configure.js';
import { can } from '../session.js';
import { PageHeader } from '../shell/page-header.js';
import { EmptyState } from '../ui/empty-state.js';
import { deferred } from '../ui/deferred.js';
import { usePolled } from '../ui/polled.js';
import { Skeleton } from '../ui/skeleton.js';
import { titleOf, TrunkCondition } from './state.js';
import { texts } from './texts.js';
import '../styles/forms.css';

const NewTrunk = deferred(async () => (await import('./new-trunk.js')).NewTrunk, 6);

/** The connections to providers and other PBXs; with `?new` the form for another one. */
export default function TrunksPage() {
  const { query } = useLocation();
  return 'new' in query && mayConfigure() ? <NewTrunk /> : <TrunkList />;
}

function TrunkList() {
  const [data] = usePolled(() => api.get('/api/v1/trunks'));
  return (
    <>
      <PageHeader title={texts.title}>
        <AddLink to="/trunks?new=1" text={texts.add} primary />
      </PageHeader>
      <p class="soft">{texts.hint}</p>
      {data === undefined ? (
        <Skeleton rows={3} />
      ) : data.trunks.length === 0 ? (
        <EmptyState icon="calls" title={texts.none}>
          {texts.noneHint}
        </EmptyState>
      ) : (
        <table class="cards">
          <thead>
            <tr>
              <th>{texts.trunk}</th>
              <th>{texts.state}</th>
            </tr>
          </thead>
          <tbody>
            {data.trunks.map((trunk) => (
              <tr key={trunk.name}>
                <td>
                  {can('config:read') ? <a href={`/trunks/${trunk.name}`}>{titleOf(trunk)}</a> : titleOf(trunk)}
                  {trunk.title !== '' && <span class="hint">{trunk.name}</span>}
                </td>
                <td data-label={texts.state}>
                  <TrunkCondition trunk={trunk} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
