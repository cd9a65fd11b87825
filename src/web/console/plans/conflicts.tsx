import { changeTexts } from './change-texts.js';
import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { formatWhen } from '../format.js';
import { showDone } from '../ui/toasts.js';
import { PlanChanges } from './change-list.js';
import { store } from './draft-store.js';
import { itemTitle } from './item-title.js';
import { planOf, type Section } from './items.js';
import { mergeBodies } from './merge-plans.js';
import { diffPlans } from './plan-diff.js';
import { planSentence } from './sentence.js';
import { speaker } from './speaker.js';
import { texts } from './texts.js';
import type { Conflict } from './types.js';

type Keep = 'draft' | 'current' | 'both';

/** Items that the visitor and another user have changed: both changes, and which of them is kept. */
export function Conflicts({ conflicts }: { conflicts: readonly Conflict[] }) {
  const choices = useSignal<Record<string, Keep>>({});
  const { forms } = speaker.value;
  const merged = useMemo(
    () =>
      new Map(
        conflicts.map((conflict) => {
          const { section, base, draft, current } = conflict;
          return [idOf(conflict), mergeBodies(forms, section as Section, base, draft, current)];
        }),
      ),
    [conflicts, forms],
  );
  /** Nothing of either side is lost in the merged state, so it is suggested. */
  const choiceOf = (id: string) => choices.value[id] ?? (merged.get(id) === undefined ? undefined : 'both');
  const isDecided = conflicts.every((conflict) => choiceOf(idOf(conflict)) !== undefined);
  const apply = async () => {
    const chosen = conflicts.map((conflict) => ({ conflict, keep: choiceOf(idOf(conflict)) }));
    const both = chosen.filter(({ keep }) => keep === 'both').map(({ conflict }) => conflict);
    // The draft gets the merged state, and is then kept.
    if (both.length > 0)
      store.change(
        both.map((conflict) => ({
          section: conflict.section as Section,
          key: conflict.key,
          body: merged.get(idOf(conflict)),
        })),
      );
    const decided = chosen.flatMap(({ conflict: { section, key }, keep }) => {
      if (keep === undefined) return [];
      return [{ section, key, keep: keep === 'current' ? keep : ('draft' as const) }];
    });
    if (await store.decide(decided)) showDone(texts.takenOver);
  };
  return (
    <section class="conflicts">
      <h2>{changeTexts.conflictTitle}</h2>
      <p>{changeTexts.conflictHint}</p>
      {conflicts.map((conflict) => {
        const id = idOf(conflict);
        const [last] = conflict.changed_by;
        const by = last?.author ?? texts.unknownPerson;
        const choose = (keep: Keep) => (choices.value = { ...choices.value, [id]: keep });
        return (
          <fieldset key={id} class="card">
            <legend>{itemTitle(conflict)}</legend>
            {merged.get(id) !== undefined && <p>{changeTexts.fitTogether}</p>}
            <div class="versions">
              {merged.get(id) !== undefined && (
                <Version
                  name={id}
                  title={changeTexts.both}
                  conflict={conflict}
                  body={merged.get(id)}
                  isChosen={choiceOf(id) === 'both'}
                  onChoose={() => choose('both')}
                />
              )}
              <Version
                name={id}
                title={changeTexts.theirs(by, last === undefined ? '' : formatWhen(last.at))}
                conflict={conflict}
                body={conflict.current}
                isChosen={choiceOf(id) === 'current'}
                onChoose={() => choose('current')}
              />
              <Version
                name={id}
                title={changeTexts.mine}
                conflict={conflict}
                body={conflict.draft}
                isChosen={choiceOf(id) === 'draft'}
                onChoose={() => choose('draft')}
              />
            </div>
          </fieldset>
        );
      })}
      <button type="button" class="primary" disabled={!isDecided} onClick={() => void apply()}>
        {changeTexts.apply}
      </button>
    </section>
  );
}

function idOf({ section, key }: Pick<Conflict, 'section' | 'key'>): string {
  return `${section} ${key}`;
}

function Version(props: {
  name: string;
  title: string;
  conflict: Conflict;
  /** The item in this version. */
  body: unknown;
  isChosen: boolean;
  onChoose: () => void;
}) {
  const { name, title, conflict, body, isChosen, onChoose } = props;
  return (
    <label class={isChosen ? 'chosen' : ''}>
      <span>
        <input type="radio" name={name} checked={isChosen} onChange={onChoose} /> <strong>{title}</strong>
      </span>
      <State conflict={conflict} body={body} />
    </label>
  );
}

/** What one of them has changed. */
function State({ conflict: { section, base }, body }: { conflict: Conflict; body: unknown }) {
  if (body === null || body === undefined) return <span>{texts.kinds.removed}</span>;
  if (section !== 'lines' && section !== 'parts') return <span>{changeTexts.otherwise}</span>;
  const plan = planOf({ section, body });
  const before = base === null || base === undefined ? [] : planOf({ section, body: base });
  const changes = diffPlans(speaker.value, before, plan);
  return changes.length === 0 ? <span>{planSentence(speaker.value, plan)}</span> : <PlanChanges changes={changes} />;
}
