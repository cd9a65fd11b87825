import { useSignal } from '@preact/signals';
import { groupDigits } from '../format.js';
import { PageHeader } from '../shell/page-header.js';
import { EmptyState } from '../ui/empty-state.js';
import { Icon } from '../ui/icon.js';
import { Menu } from '../ui/menu.js';
import { Skeleton } from '../ui/skeleton.js';
import { showDone } from '../ui/toasts.js';
import { DraftBar } from './draft-bar.js';
import { store } from './draft-store.js';
import { linesIn, partsOf, planOf, type Item } from './items.js';
import { NameDialog } from './name-dialog.js';
import { partsIn } from './references.js';
import type { NameTask } from './rename.js';
import { planSentence } from './sentence.js';
import { lineTitle, speaker } from './speaker.js';
import { texts } from './texts.js';
import type { Plan } from './types.js';
import { canEdit, usePlans } from './use-plans.js';
import '../styles/plans.css';

/** Lines and parts, each with its plan in a sentence. */
export default function PlansPage() {
  const items = usePlans();
  const task = useSignal<NameTask | undefined>(undefined);
  return (
    <>
      <PageHeader title={texts.title}>
        <a class="button" href="/plans/history">
          <Icon name="history" />
          {texts.history}
        </a>
      </PageHeader>
      {items === undefined && <Skeleton rows={6} />}
      {items === 'failed' && <EmptyState icon="plans" title={texts.loadFailed} />}
      {Array.isArray(items) && (
        <>
          {canEdit ? <DraftBar /> : <p class="soft">{texts.readOnly}</p>}
          <Lines items={items} onTask={(wanted) => (task.value = wanted)} />
          <Parts items={items} onTask={(wanted) => (task.value = wanted)} />
        </>
      )}
      {task.value !== undefined && <NameDialog task={task.value} onClose={() => (task.value = undefined)} />}
    </>
  );
}

interface SectionProps {
  items: readonly Item[];
  onTask: (task: NameTask) => void;
}

function Lines({ items, onTask }: SectionProps) {
  const lines = linesIn(items);
  const add = canEdit && (
    <button type="button" onClick={() => onTask({ section: 'lines', does: 'add' })}>
      <Icon name="add" />
      {texts.addLine}
    </button>
  );
  return (
    <section>
      <div class="section-head">
        <h2>{texts.lines}</h2>
        {lines.length > 0 && add}
      </div>
      {lines.length === 0 ? (
        <EmptyState icon="plans" title={texts.noLines}>
          <p>{texts.noLinesHint}</p>
          {add}
        </EmptyState>
      ) : (
        <table class="plans-list cards">
          <thead>
            <tr>
              <th>{texts.line}</th>
              <th>{texts.plan}</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line.number}>
                <td>
                  <a href={`/plans/lines/${encodeURIComponent(line.number)}`}>{lineTitle(line)}</a>
                  {line.name !== undefined && line.name !== '' && (
                    <span class="soft whole">{groupDigits(line.number)}</span>
                  )}
                </td>
                <PlanCell at={{ section: 'lines', key: line.number }} plan={line.plan} />
                <td class="plan-menu">
                  <ItemMenu at={{ section: 'lines', key: line.number }} title={lineTitle(line)} onTask={onTask} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Parts({ items, onTask }: SectionProps) {
  const parts = partsOf(items);
  const add = canEdit && (
    <button type="button" onClick={() => onTask({ section: 'parts', does: 'add' })}>
      <Icon name="add" />
      {texts.addPart}
    </button>
  );
  return (
    <section>
      <div class="section-head">
        <h2>{texts.parts}</h2>
        {parts.length > 0 && add}
      </div>
      <p class="soft">{texts.partsHint}</p>
      {parts.length === 0 ? (
        <EmptyState icon="plans" title={texts.noParts}>
          {add}
        </EmptyState>
      ) : (
        <table class="plans-list cards">
          <thead>
            <tr>
              <th>{texts.part}</th>
              <th>{texts.plan}</th>
              <th class="used-in">{texts.usedIn}</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {parts.map(({ name, actions }) => (
              <tr key={name}>
                <td>
                  <a href={`/plans/parts/${encodeURIComponent(name)}`}>{name}</a>
                </td>
                <PlanCell at={{ section: 'parts', key: name }} plan={actions} />
                <td data-label={texts.usedIn}>
                  <Uses items={items} part={name} />
                </td>
                <td class="plan-menu">
                  <ItemMenu at={{ section: 'parts', key: name }} title={name} onTask={onTask} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function PlanCell({ at, plan }: { at: Pick<Item, 'section' | 'key'>; plan: Plan }) {
  const own = store.problems.value.filter(({ path }) => `${path}/`.startsWith(`${at.section}/${at.key}/`));
  const isBad = own.some(({ severity }) => severity === 'error');
  return (
    <td>
      {planSentence(speaker.value, plan)}
      {own.length > 0 && (
        <span class={`problem-count ${isBad ? 'bad' : 'ring'}`}>
          <Icon name="warning" />
          <span>{texts.problems(own.length)}</span>
        </span>
      )}
    </td>
  );
}

/** Links to the lines and parts whose plans go to a part. */
function Uses({ items, part }: { items: readonly Item[]; part: string }) {
  const { forms } = speaker.value;
  const users = items.filter(
    (item) => (item.section === 'lines' || item.section === 'parts') && partsIn(forms, planOf(item)).has(part),
  );
  if (users.length === 0) return <span class="soft">{texts.notUsed}</span>;
  return (
    <ul class="plain">
      {users.map(({ section, key, body }) => {
        const name = section === 'lines' ? lineTitle(body as { number: string }) : key;
        return (
          <li key={`${section} ${key}`}>
            <a class="whole" href={`/plans/${section}/${encodeURIComponent(key)}`} title={name}>
              {name}
            </a>
          </li>
        );
      })}
    </ul>
  );
}

function ItemMenu(props: { at: Pick<Item, 'section' | 'key'> } & { title: string } & Pick<SectionProps, 'onTask'>) {
  const { at, title, onTask } = props;
  if (!canEdit) return null;
  const section = at.section as NameTask['section'];
  return (
    <Menu
      label={texts.more(title)}
      items={[
        { name: texts.rename, icon: 'edit', run: () => onTask({ section, does: 'rename', key: at.key }) },
        { name: texts.duplicate, icon: 'copy', run: () => onTask({ section, does: 'copy', key: at.key }) },
        { name: texts.remove, icon: 'remove', run: () => showDone(texts.removed(title), store.change([{ ...at }])) },
      ]}
    />
  );
}
