import { changeTexts } from './change-texts.js';
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { api } from '../api/client.js';
import { can } from '../session.js';
import { PageHeader } from '../shell/page-header.js';
import { EmptyState } from '../ui/empty-state.js';
import { WayBack } from '../ui/way-back.js';
import { Icon } from '../ui/icon.js';
import { Skeleton } from '../ui/skeleton.js';
import { showFailure } from '../ui/toasts.js';
import { When } from '../ui/when.js';
import { ChangeList } from './change-list.js';
import { restore } from './restore.js';
import { texts } from './texts.js';
import type { Version, VersionInfo } from './types.js';
import { canEdit, usePlans } from './use-plans.js';
import '../styles/plans.css';

interface Loaded {
  versions: VersionInfo[];
  current: number;
  next: number | null;
}

/** Every version of the configuration with its author and changes, and the way back to it. */
export default function HistoryPage() {
  usePlans();
  const loaded = useSignal<Loaded | undefined>(undefined);
  const load = async (before?: number) => {
    const outcome = await api.get('/api/v1/config/versions', { query: before === undefined ? {} : { before } });
    if (!outcome.ok) {
      showFailure(outcome.status);
      return;
    }
    const former = before === undefined ? [] : (loaded.value?.versions ?? []);
    loaded.value = { ...outcome.data, versions: [...former, ...outcome.data.versions] };
  };
  useEffect(() => void load(), []);
  const { value: shown } = loaded;
  const returnTo = async (version: number) => {
    if (shown !== undefined) await restore(version, shown.current);
    await load();
  };
  return (
    <>
      <WayBack to="/plans">{texts.back}</WayBack>
      <PageHeader title={texts.history} />
      <p class="soft">{changeTexts.historyHint}</p>
      {shown === undefined ? (
        <Skeleton rows={6} />
      ) : shown.versions.length === 0 ? (
        <EmptyState icon="history" title={changeTexts.noVersions} />
      ) : (
        <ol class="versions-list">
          {shown.versions.map((info) => (
            <VersionView
              key={info.version}
              info={info}
              isCurrent={info.version === shown.current}
              onReturn={() => void returnTo(info.version)}
            />
          ))}
        </ol>
      )}
      {shown?.next != null && (
        <button type="button" class="older" onClick={() => void load(shown.next ?? undefined)}>
          {changeTexts.olderVersions}
        </button>
      )}
    </>
  );
}

function VersionView(props: { info: VersionInfo; isCurrent: boolean; onReturn: () => void }) {
  const { info, isCurrent, onReturn } = props;
  const details = useSignal<Version | undefined>(undefined);
  const load = async () => {
    if (details.value !== undefined) return;
    const outcome = await api.get('/api/v1/config/versions/{version}', { path: { version: info.version } });
    if (outcome.ok) details.value = outcome.data;
    else showFailure(outcome.status);
  };
  const { value: shown } = details;
  return (
    <li class="card">
      <div class="version-head">
        <span>
          <strong>{info.author ?? changeTexts.theGateway}</strong> <When at={info.at} />{' '}
          <span class="soft">{changeTexts.version(info.version)}</span>
        </span>
        {isCurrent ? (
          <span class="plan-tag">{changeTexts.current}</span>
        ) : (
          canEdit && (
            <button type="button" onClick={onReturn}>
              <Icon name="undo" />
              {changeTexts.returnTo}
            </button>
          )
        )}
      </div>
      {can('numbers:read') && (
        <details onToggle={({ currentTarget }) => currentTarget.open && void load()}>
          <summary>{changeTexts.show}</summary>
          {shown === undefined ? <Skeleton rows={1} /> : <ChangeList changes={shown.changes} />}
        </details>
      )}
    </li>
  );
}
