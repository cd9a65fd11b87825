import { changeTexts } from './change-texts.js';
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { api } from '../api/client.js';
import { can } from '../session.js';
import { PageHeader } from '../shell/page-header.js';
import { deferred } from '../ui/deferred.js';
import { WayBack } from '../ui/way-back.js';
import { EmptyState } from '../ui/empty-state.js';
import { useLeave } from '../ui/leave.js';
import { Skeleton } from '../ui/skeleton.js';
import { showDone, showFailure } from '../ui/toasts.js';
import { ChangeList } from './change-list.js';
import { Conflicts } from './conflicts.js';
import { DraftBar } from './draft-bar.js';
import { store } from './draft-store.js';
import { itemTitle } from './item-title.js';
import { problemText } from './problem-texts.js';
import { restore } from './restore.js';
import { texts } from './texts.js';
import type { DraftDiff } from './types.js';
import { canEdit, usePlans } from './use-plans.js';
import '../styles/plans.css';

const LastWeek = deferred(async () => (await import('./last-week/last-week.js')).LastWeek, 2);

/** What publishing the draft would change, and for whom. */
export default function ChangesPage() {
  const items = usePlans();
  const { draft, conflicts, problems } = store;
  const leave = useLeave();
  const diff = useSignal<DraftDiff | undefined>(undefined);
  const isPublishing = useSignal(false);
  const { id, revision } = draft.value ?? {};
  useEffect(() => {
    if (id === undefined) return;
    let isCurrent = true;
    void api.get('/api/v1/config/drafts/{id}/diff', { path: { id } }).then((outcome) => {
      if (isCurrent && outcome.ok) diff.value = outcome.data;
    });
    return () => {
      isCurrent = false;
    };
  }, [id, revision, store.version.value]);
  const errors = problems.value.filter(({ severity }) => severity === 'error');
  const publish = async () => {
    isPublishing.value = true;
    const outcome = await store.publish();
    isPublishing.value = false;
    if ('version' in outcome) {
      const { former, version } = outcome;
      showDone(changeTexts.published, () => void restore(former, version));
      leave('/plans');
    } else if (outcome.status !== 412 && outcome.status !== 422) showFailure(outcome.status);
    else await store.lint();
  };
  const shown = diff.value;
  return (
    <>
      <WayBack to="/plans">{texts.back}</WayBack>
      <PageHeader title={changeTexts.changes} />
      {items === undefined ? (
        <Skeleton rows={4} />
      ) : draft.value === undefined || shown?.changes.length === 0 ? (
        <EmptyState icon="plans" title={changeTexts.noChanges}>
          <p>{changeTexts.noChangesHint}</p>
          <a class="button" href="/plans">
            {texts.back}
          </a>
        </EmptyState>
      ) : (
        <>
          <DraftBar isOnChanges />
          {conflicts.value.length > 0 && <Conflicts conflicts={conflicts.value} />}
          {errors.length > 0 && (
            <div class="plan-notice bad" role="alert">
              <div>
                <p>{changeTexts.cannotPublish}</p>
                <ul>
                  {errors.map((problem) => (
                    <li key={problem.path + problem.message}>
                      <a href={editorOf(problem.path)}>{placeName(problem.path)}</a>: {problemText(problem)}
                    </li>
                  ))}
                </ul>
              </div>
            </div>
          )}
          {shown === undefined ? <Skeleton rows={4} /> : <ChangeList changes={shown.changes} />}
          {can('calls:read') && id !== undefined && revision !== undefined && (
            <LastWeek draft={id} revision={revision} />
          )}
          {canEdit && conflicts.value.length === 0 && (
            <div class="row">
              <button
                type="button"
                class="primary"
                disabled={errors.length > 0 || isPublishing.value || shown === undefined}
                onClick={() => void publish()}
              >
                {changeTexts.publish}
              </button>
            </div>
          )}
        </>
      )}
    </>
  );
}

/** The page on which a problem is put right. */
function editorOf(path: string): string {
  const [section = '', key = ''] = path.split('/');
  if (section === 'lines' || section === 'parts') return `/plans/${section}/${encodeURIComponent(key)}`;
  return section === 'prompts' ? `/prompts/${encodeURIComponent(key)}` : `/${section}`;
}

function placeName(path: string): string {
  const [section = '', key = ''] = path.split('/');
  return itemTitle({ section, key });
}
