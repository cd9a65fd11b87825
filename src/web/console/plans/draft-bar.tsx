import { formatWhen } from '../format.js';
import { Icon } from '../ui/icon.js';
import { showDone, showFailure } from '../ui/toasts.js';
import { store } from './draft-store.js';
import { itemTitle } from './item-title.js';
import { texts } from './texts.js';

/** A draft of another user that changed this recently counts as being edited (ms). */
const RECENT_MS = 30 * 60 * 1000; // eslint-disable-line no-restricted-syntax -- lib/time.ts is not for browsers

/** Shows unpublished changes, those of other users, and what needs a decision. */
export function DraftBar({ isOnChanges = false }: { isOnChanges?: boolean }) {
  const { draft, others, conflicts, clashes, saveState, problems } = store;
  const recent = others.value.filter(({ updated_at: at }) => Date.now() - Date.parse(at) < RECENT_MS);
  const errors = problems.value.filter(({ severity }) => severity === 'error').length;
  const discard = async () => {
    const undo = await store.discard();
    if (undo === undefined) showFailure(0);
    else showDone(texts.discarded, undo);
  };
  return (
    <div class="draft-bar">
      {clashes.value.length > 0 && (
        <div class="plan-notice bad" role="alert">
          <Icon name="warning" />
          <span>{texts.clash(clashes.value.map(itemTitle).join(', '))}</span>
          <button type="button" onClick={() => void store.settle('mine')}>
            {texts.keepMine}
          </button>
          <button type="button" onClick={() => void store.settle('theirs')}>
            {texts.takeTheirs}
          </button>
        </div>
      )}
      {conflicts.value.length > 0 && !isOnChanges && (
        <div class="plan-notice bad" role="alert">
          <Icon name="warning" />
          <span>{texts.conflict(conflicts.value.map(itemTitle).join(', '))}</span>
          <a class="button" href="/plans/changes">
            {texts.decide}
          </a>
        </div>
      )}
      {recent.map(({ id, author, updated_at: at }) => (
        <p key={id} class="plan-notice">
          <Icon name="people" />
          <span>{texts.alsoEditing(author ?? texts.unknownPerson, formatWhen(at))}</span>
        </p>
      ))}
      {(draft.value !== undefined || saveState.value !== 'saved') && (
        <div class="plan-notice">
          <Icon name="edit" />
          <span>
            {texts.unpublished}{' '}
            <span class="soft" role="status">
              {{ saved: texts.saved, saving: texts.saving, offline: texts.offline }[saveState.value]}
            </span>
          </span>
          {errors > 0 && <span class="bad">{texts.problems(errors)}</span>}
          {!isOnChanges && (
            <a class="button primary" href="/plans/changes">
              {texts.review}
            </a>
          )}
          <button type="button" onClick={() => void discard()}>
            {texts.discard}
          </button>
        </div>
      )}
    </div>
  );
}
