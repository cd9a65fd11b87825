import { changeTexts } from './change-texts.js';
import { useSignal } from '@preact/signals';
import { formatWhen } from '../format.js';
import { showDone } from '../ui/toasts.js';
import { PlanChanges } from './change-list.js';
import { store } from './draft-store.js';
import { itemTitle } from './item-title.js';
import { planOf } from './items.js';
import { diffPlans } from './plan-diff.js';
import { planSentence } from './sentence.js';
import { speaker } from './speaker.js';
import { texts } from './texts.js';
import type { Conflict } from './types.js';

type Keep = 'draft' | 'current';

/** Items that the visitor and another user have changed: both changes, and which of them is kept. */
export function Conflicts({ conflicts }: { conflicts: readonly Conflict[] }) {
  const choices = useSignal<Record<string, Keep>>({});
  const idOf = ({ section, key }: Conflict) => `${section} ${key}`;
  const isDecided = conflicts.every((conflict) => choices.value[idOf(conflict)] !== undefined);
  const apply = async () => {
    const decided = conflicts.flatMap(({ section, key }) => {
      const keep = choices.value[`${section} ${key}`];
      return keep === undefined ? [] : [{ section, key, keep }];
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
            <div class="versions">
              <Version
                name={id}
                title={changeTexts.theirs(by, last === undefined ? '' : formatWhen(last.at))}
                conflict={conflict}
                keep="current"
                isChosen={choices.value[id] === 'current'}
                onChoose={choose}
              />
              <Version
                name={id}
                title={changeTexts.mine}
                conflict={conflict}
                keep="draft"
                isChosen={choices.value[id] === 'draft'}
                onChoose={choose}
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

function Version(props: {
  name: string;
  title: string;
  conflict: Conflict;
  keep: Keep;
  isChosen: boolean;
  onChoose: (keep: Keep) => void;
}) {
  const { name, title, conflict, keep, isChosen, onChoose } = props;
  return (
    <label class={isChosen ? 'chosen' : ''}>
      <span>
        <input type="radio" name={name} checked={isChosen} onChange={() => onChoose(keep)} /> <strong>{title}</strong>
      </span>
      <State conflict={conflict} body={conflict[keep]} />
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
