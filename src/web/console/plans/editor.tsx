import { useLocation, useRoute } from 'preact-iso';
import { useEffect, useMemo } from 'preact/hooks';
import { groupDigits } from '../format.js';
import { PageHeader } from '../shell/page-header.js';
import { deferred } from '../ui/deferred.js';
import { WayBack } from '../ui/way-back.js';
import { EmptyState } from '../ui/empty-state.js';
import { Icon } from '../ui/icon.js';
import { Skeleton } from '../ui/skeleton.js';
import { DraftBar } from './draft-bar.js';
import { store } from './draft-store.js';
import { PlanEditor } from './editor-state.js';
import { onOutlineKey } from './keys.js';
import { isAt, linesIn, planOf, type Item } from './items.js';
import { ItemProblems } from './item-problems.js';
import { MapPanel } from './map-panel.js';
import { partsIn } from './references.js';
import { planSentence } from './sentence.js';
import { lineTitle, speaker } from './speaker.js';
import { placeInDraft } from './plan-place.js';
import { placeProblems } from './step-problems.js';
import { StepList } from './step-list.js';
import { texts } from './texts.js';
import { canEdit, usePlans } from './use-plans.js';
import '../styles/plans.css';

const AddStep = deferred(async () => (await import('./add-step.js')).AddStep, 0);
const SimulatePanel = deferred(async () => (await import('./simulate/simulate-panel.js')).SimulatePanel, 6);

/** The editor of the plan of a line, or of a part. */
export default function PlanEditorPage() {
  const { path, params } = useRoute();
  const section = path.startsWith('/plans/lines/') ? 'lines' : 'parts';
  const { key = '' } = params;
  const editor = useMemo(() => new PlanEditor(placeInDraft({ section, key }), !canEdit), [section, key]);
  const items = usePlans();
  // Before the first edit, so that the focus does not wait for them.
  useEffect(() => void Promise.all([import('./step-form.js'), import('./add-step.js')]), []);
  if (items === undefined || items === 'failed')
    return (
      <>
        <PageHeader title={texts.title} />
        {items === undefined ? <Skeleton rows={6} /> : <EmptyState icon="plans" title={texts.loadFailed} />}
      </>
    );
  const item = items.find((each) => each.section === section && each.key === key);
  if (item === undefined)
    return (
      <>
        <PageHeader title={texts.title} />
        <DraftBar />
        <EmptyState icon="plans" title={texts.notThere}>
          <a href="/plans">{texts.back}</a>
        </EmptyState>
      </>
    );
  return <Opened editor={editor} item={item} />;
}

function Opened({ editor, item }: { editor: PlanEditor; item: Item }) {
  const { section, key } = item;
  const plan = planOf(item);
  const place = { item: `${section}/${key}`, prefix: editor.pointer };
  const problems = placeProblems(editor.forms, plan, store.problems.value, place);
  const isLine = section === 'lines';
  const title = isLine ? lineTitle(item.body as { number: string }) : key;
  const { route, query } = useLocation();
  // A link to one step, such as those of the map.
  useEffect(() => {
    if (query['step'] !== undefined) editor.show(query['step']);
  }, [editor, query['step']]);
  return (
    <div class="plan-page">
      <WayBack to="/plans">{texts.back}</WayBack>
      <PageHeader title={title}>
        {isLine && title !== groupDigits(key) && <span class="beside">{groupDigits(key)}</span>}
        {isLine && (
          <a class="button" href={`/lines/${encodeURIComponent(key)}`}>
            <Icon name="settings" />
            {texts.lineSettings}
          </a>
        )}
      </PageHeader>
      <DraftBar />
      <p class="plan-sentence">{planSentence(speaker.value, plan)}</p>
      <div class="plan-columns">
        <section class="outline" aria-label={texts.steps} onKeyDown={(event) => onOutlineKey(event, editor)}>
          <StepList editor={editor} list="" actions={plan} problems={problems} />
          <ItemProblems editor={editor} problems={problems.filter(({ step }) => step === undefined)} />
          {!editor.isReadOnly && <p class="soft key-hint">{texts.keys}</p>}
        </section>
        <aside class="plan-side">
          <MapPanel
            current={item}
            passed={editor.course.value}
            onOpen={(href, way) => (way !== undefined && isAt(way.item, item) ? editor.show(way.path) : route(href))}
          />
          <SimulatePanel
            draft={store.draft.value?.id}
            revision={store.draft.value?.revision}
            lineKey={isLine ? key : lineWith(key)}
            onPath={(pointers) => (editor.course.value = pointers)}
          />
        </aside>
      </div>
      {editor.adding.value !== undefined && <AddStep editor={editor} />}
    </div>
  );
}

/** A line whose plan goes to the part, to try it out. */
function lineWith(part: string): string | undefined {
  const { forms } = speaker.value;
  return linesIn(store.items.value ?? []).find(({ plan }) => partsIn(forms, plan).has(part))?.number;
}
