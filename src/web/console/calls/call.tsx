import { useSignal } from '@preact/signals';
import { useRoute } from 'preact-iso';
import { useEffect } from 'preact/hooks';
import { api, type ApiOutcome } from '../api/client.js';
import { formatDuration, formatExactInstant, formatWhen, groupDigits } from '../format.js';
import { lineName, queueName } from '../names.js';
import { can, session } from '../session.js';
import { CallButton } from '../dialling/deferred-button.js';
import { NoteField } from '../notes/note-field.js';
import { PageHeader } from '../shell/page-header.js';
import { EmptyState } from '../ui/empty-state.js';
import { WayBack } from '../ui/way-back.js';
import { useItem } from '../ui/item.js';
import { Skeleton } from '../ui/skeleton.js';
import { showProblem } from '../ui/toasts.js';
import { CallCourse } from './course.js';
import { Legs } from './legs.js';
import { agentName, CallOutcomeBadge, endedByText, outsideNumber } from './outcome.js';
import { CallReplay } from './replay.js';
import { CallStory } from './story.js';
import { authorOf, shopReason } from './summaries.js';
import { texts } from './texts.js';
import type { CallWithTimeline } from './types.js';
import { readPeaks, type Wave } from './wave.js';
import '../styles/calls.css';

interface Loaded {
  call: CallWithTimeline;
  /** Names of prompts by id. */
  promptNames: ReadonlyMap<number, string>;
}

async function loadCall(id: string): Promise<ApiOutcome<Loaded>> {
  const [outcome, promptNames] = await Promise.all([
    api.get('/api/v1/calls/{id}', { path: { id } }),
    loadPromptNames(),
  ]);
  return outcome.ok ? { ...outcome, data: { call: outcome.data, promptNames } } : outcome;
}

/** One call: what came of it, its course on a time axis, and the story beside it. */
export default function CallPage() {
  const { id = '' } = useRoute().params;
  const { item: shown } = useItem(() => loadCall(id), id);
  const waves = useSignal<Wave[]>([]);
  const draw = async (call: CallWithTimeline, { id: recording, started_at, duration_ms, audio }: Recording) => {
    const from = Date.parse(started_at) - Date.parse(call.started_at);
    try {
      const peaks = await readPeaks(audio);
      waves.value = [...waves.value, { recording, from, to: from + duration_ms, peaks }];
    } catch {
      showProblem(texts.waveFailed);
    }
  };
  useEffect(() => {
    waves.value = [];
  }, [id]);
  if (shown === undefined)
    return (
      <>
        <PageHeader title={texts.call} />
        <Skeleton rows={6} />
      </>
    );
  if (shown === 'missing')
    return (
      <>
        <PageHeader title={texts.call} />
        <EmptyState icon="calls" title={texts.notFound}>
          <a href="/calls">{texts.back}</a>
        </EmptyState>
      </>
    );
  const { call, promptNames } = shown;
  const [outside, line] = [outsideNumber(call), lineName(call.line)];
  const [from, to] = call.direction === 'incoming' ? [outside, line] : [line, outside];
  return (
    <>
      <WayBack to="/calls">{texts.back}</WayBack>
      <PageHeader title={`${from} → ${to}`}>
        <CallOutcomeBadge call={call} />
        {call.caller !== '' && <CallButton number={call.caller} call={call.id} />}
      </PageHeader>
      <Facts call={call} />
      <NoteField call={call.id} />
      <Legs legs={call.legs} />
      <CallCourse call={call} waves={waves.value} />
      <Recordings recordings={call.recordings} drawn={waves.value} onDraw={(recording) => void draw(call, recording)} />
      {session.hasWebhooks && (
        <p>
          <a href={`/webhooks?${new URLSearchParams({ call: call.id }).toString()}`}>{texts.webhooks}</a>
        </p>
      )}
      <CallStory entries={call.timeline} direction={call.direction} promptNames={promptNames} />
      <CallReplay call={call} context={{ direction: call.direction, promptNames }} />
    </>
  );
}

/** Without the right to read prompts, they are shown by their ids. */
async function loadPromptNames(): Promise<Loaded['promptNames']> {
  if (!can('prompts:read')) return new Map();
  const outcome = await api.get('/api/v1/prompts');
  return new Map(outcome.ok ? outcome.data.prompts.map(({ id, name }) => [id, name]) : []);
}

function Facts({ call }: { call: CallWithTimeline }) {
  const { started_at: startedAt, ended_at: endedAt, ended_by: endedBy } = call;
  const facts: [name: string, value: string | undefined][] = [
    [texts.started, `${formatWhen(startedAt)} (${formatExactInstant(startedAt)})`],
    [texts.direction, texts.directions[call.direction]],
    [texts.line, [...new Set([lineName(call.line), groupDigits(call.line)])].join(' · ')],
    [texts.duration, endedAt === null ? undefined : formatDuration(Date.parse(endedAt) - Date.parse(startedAt))],
    [texts.queue, call.queue === null ? undefined : queueName(call.queue)],
    [texts.waited, call.waited_ms === null ? undefined : formatDuration(call.waited_ms)],
    [texts.agent, call.agent === null ? undefined : agentName(call)],
    [texts.talk, call.talk_ms === null || call.talk_ms === 0 ? undefined : formatDuration(call.talk_ms)],
    [texts.order, call.order ?? undefined],
    [texts.keys, call.menu_keys.length === 0 ? undefined : call.menu_keys.join(' ')],
    [texts.lanes.shop, shopFailure(call)],
    [
      texts.endedBy,
      endedBy === null ? undefined : [endedByText(endedBy, call.direction), ...commander(call)].join(' · '),
    ],
  ];
  return (
    <dl class="facts card">
      {facts.map(
        ([name, value]) =>
          value !== undefined && (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

/** Why the shop did not answer, if so; of several times the last. */
function shopFailure({ timeline }: CallWithTimeline): string | undefined {
  const failed = timeline.findLast(({ kind }) => kind === 'shop_failed');
  return failed && shopReason(failed.data['reason']);
}

/** Who rejected the call or hung it up, if it was a person or program of the company. */
function commander({ timeline, ended_by: endedBy }: CallWithTimeline): string[] {
  const command = timeline.findLast(({ kind, data }) => kind === 'commanded' && data['by'] !== undefined);
  return endedBy !== 'operator' || command === undefined ? [] : [authorOf(command.data['by'])];
}

type Recording = CallWithTimeline['recordings'][number];

interface RecordingsProps {
  recordings: Recording[];
  /** Those whose sound is drawn. */
  drawn: readonly Wave[];
  onDraw: (recording: Recording) => void;
}

function Recordings({ recordings, drawn, onDraw }: RecordingsProps) {
  if (recordings.length === 0 || !can('recordings:read')) return null;
  return (
    <section>
      <h2>{texts.recordings}</h2>
      <ul class="recordings card">
        {recordings.map((recording) => {
          const { id, started_at, duration_ms, audio } = recording;
          return (
            <li key={id}>
              <span>
                {formatWhen(started_at)} · {formatDuration(duration_ms)}
              </span>
              <audio controls preload="none" src={audio} />
              <a href={`${audio}?download=1`} download>
                {texts.download}
              </a>
              {!drawn.some((wave) => wave.recording === id) && (
                <button type="button" onClick={() => onDraw(recording)}>
                  {texts.drawWave}
                </button>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
