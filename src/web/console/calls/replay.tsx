import { useSignal } from '@preact/signals';
import type { paths } from '../api/schema.js';
import { api } from '../api/client.js';
import { can } from '../session.js';
import { Badge } from '../ui/badge.js';
import { showFailure, showProblem } from '../ui/toasts.js';
import { summaryOf, type StoryContext } from './summaries.js';
import { texts } from './texts.js';
import { timelineTexts } from './timeline-texts.js';
import type { Call } from './types.js';

type Replay = paths['/api/v1/calls/{id}/replay']['post']['responses'][200]['content']['application/json'];
type Step = Replay['recorded'][number];

/** Repeats the call on the plan as it is now, and exports it. Only for ended incoming calls, and who may see numbers. */
export function CallReplay({ call, context }: { call: Call; context: StoryContext }) {
  const replay = useSignal<Replay | undefined>(undefined);
  const isRunning = useSignal(false);
  if (call.running || call.kind !== 'plan' || call.direction !== 'incoming' || !can('numbers:read')) return null;
  const run = async () => {
    isRunning.value = true;
    const outcome = await api.post('/api/v1/calls/{id}/replay', { path: { id: call.id } });
    isRunning.value = false;
    if (outcome.ok) replay.value = outcome.data;
    else if (outcome.status === 422) showProblem(texts.lineIsGone);
    else showFailure(outcome.status);
  };
  return (
    <section aria-labelledby="replay">
      <h2 id="replay">{texts.replay}</h2>
      <p class="soft">{texts.replayHint}</p>
      <div class="row">
        {can('config:read') && (
          <button type="button" disabled={isRunning.value} onClick={() => void run()}>
            {texts.runReplay}
          </button>
        )}
        <a class="button" href={`/api/v1/calls/${encodeURIComponent(call.id)}/fixture`} download>
          {texts.exportCall}
        </a>
      </div>
      <div role="status">{replay.value !== undefined && <Difference replay={replay.value} context={context} />}</div>
    </section>
  );
}

function Difference({ replay: { recorded, now, differs_at: at }, context }: { replay: Replay; context: StoryContext }) {
  if (at === null)
    return (
      <Badge tone="free" icon="check">
        {texts.replaySame}
      </Badge>
    );
  return (
    <>
      <Badge tone="bad" icon="warning">
        {texts.replayDiffers(at + 1)}
      </Badge>
      <div class="replay">
        <Course title={texts.replayThen} steps={recorded} differsAt={at} context={context} />
        <Course title={texts.replayNow} steps={now} differsAt={at} context={context} />
      </div>
    </>
  );
}

function Course(props: { title: string; steps: Step[]; differsAt: number; context: StoryContext }) {
  const { title, steps, differsAt, context } = props;
  return (
    <div class="card">
      <h3>{title}</h3>
      <ol>
        {steps.map((step, index) => (
          <li key={index} class={index >= differsAt ? 'differs' : undefined}>
            {sentenceOf(step, context)}
          </li>
        ))}
      </ol>
    </div>
  );
}

function sentenceOf({ kind, data }: Step, context: StoryContext): string {
  const { kinds } = timelineTexts;
  const what = Object.hasOwn(kinds, kind) ? kinds[kind as keyof typeof kinds] : kind;
  // The simulation compares which prompts were played, not how much of them was heard.
  const said = summaryOf(kind === 'prompt' ? 'prompt_again' : kind, data, context);
  return `${what}: ${said.replace(/ · $/, '')}`;
}
