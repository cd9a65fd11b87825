import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { paths } from '../../api/schema.js';
import { api } from '../../api/client.js';
import { titleOfHandset } from '../../names.js';
import { formatWhen, groupDigits } from '../../format.js';
import { useLatest } from '../../ui/latest.js';
import { showFailure } from '../../ui/toasts.js';
import { texts } from './texts.js';
import '../../styles/simulate.css';

type Replay =
  paths['/api/v1/config/drafts/{id}/replay']['post']['responses'][202]['content']['application/json']['replay'];
type Group = Replay['groups'][number];
type Happening = Group['was'];

const DAYS = [1, 7, 14, 31];
const POLL_MS = 700;

interface LastWeekProps {
  /** Id of the draft. */
  draft: string;
  /** The present one: an older comparison is marked as outdated. */
  revision: number;
}

/** Compares a draft with the calls of the last days: how many would be different, and how. */
export function LastWeek({ draft, revision }: LastWeekProps) {
  const days = useSignal(7);
  const replay = useSignal<Replay | undefined>(undefined);
  const latest = useLatest();
  const state = replay.value?.state;
  const path = { id: draft };

  useEffect(() => {
    replay.value = undefined;
    void latest(api.get('/api/v1/config/drafts/{id}/replay', { path })).then((outcome) => {
      if (outcome?.ok === true) replay.value = outcome.data.replay ?? undefined;
    });
  }, [draft]);

  useEffect(() => {
    if (state !== 'running') return undefined;
    let isCurrent = true;
    const timer = setInterval(() => {
      void api.get('/api/v1/config/drafts/{id}/replay', { path }).then((outcome) => {
        if (isCurrent && outcome.ok) replay.value = outcome.data.replay ?? undefined;
      });
    }, POLL_MS);
    return () => {
      isCurrent = false;
      clearInterval(timer);
    };
  }, [draft, state]);

  const start = async () => {
    const body = { days: days.value };
    const outcome = await latest(api.post('/api/v1/config/drafts/{id}/replay', { path, body }));
    if (outcome?.ok === true) replay.value = outcome.data.replay;
    else if (outcome !== undefined) showFailure(outcome.status);
  };
  const cancel = async () => {
    const outcome = await latest(api.delete('/api/v1/config/drafts/{id}/replay', { path }));
    if (outcome === undefined) return;
    if (!outcome.ok) showFailure(outcome.status);
    else if (replay.value !== undefined) replay.value = { ...replay.value, state: 'canceled' };
  };

  return (
    <section class="last-week card" aria-label={texts.title}>
      <h2>{texts.title}</h2>
      <p class="soft">{texts.hint}</p>
      <div class="trial-actions">
        <label>
          {texts.days}
          <select
            value={days.value}
            disabled={state === 'running'}
            onChange={({ currentTarget }) => (days.value = Number(currentTarget.value))}
          >
            {DAYS.map((each) => (
              <option key={each} value={each}>
                {each}
              </option>
            ))}
          </select>
        </label>
        {state === 'running' ? (
          <button type="button" onClick={() => void cancel()}>
            {texts.cancel}
          </button>
        ) : (
          <button type="button" onClick={() => void start()}>
            {state === undefined ? texts.start : texts.again}
          </button>
        )}
      </div>
      {replay.value !== undefined && <Result replay={replay.value} isOutdated={replay.value.revision !== revision} />}
    </section>
  );
}

function Result({ replay, isOutdated }: { replay: Replay; isOutdated: boolean }) {
  const { state, done, total, same, different, unclear, groups, reason } = replay;
  return (
    <div role="status">
      {state === 'running' && (
        <p>
          <progress value={done} max={Math.max(1, total)} aria-label={texts.title} /> {texts.progress(done, total)}
        </p>
      )}
      {state === 'canceled' && <p>{texts.canceled}</p>}
      {state === 'failed' && <p class="error">{reason === 'draft_has_errors' ? texts.draftHasErrors : texts.failed}</p>}
      {isOutdated && state !== 'running' && <p class="soft">{texts.outdated}</p>}
      {state === 'done' && total === 0 && <p>{texts.none}</p>}
      {state === 'done' && total > 0 && different === 0 && <p>{texts.allSame}</p>}
      {done > 0 && (
        <ul class="sums">
          {different > 0 && <li class="different">{texts.different(different)}</li>}
          <li>{texts.same(same)}</li>
          {unclear > 0 && <li title={texts.unclearHint}>{texts.unclear(unclear)}</li>}
        </ul>
      )}
      {groups.map((group) => (
        <Difference key={JSON.stringify([group.key, group.was, group.would])} group={group} />
      ))}
    </div>
  );
}

/** "12 callers after pressing 2": what they would get, and what they got. */
function Difference({ group: { count, key, was, would, calls } }: { group: Group }) {
  return (
    <article>
      <h3>{[texts.callers(count), key === null ? '' : texts.key(key)].filter((part) => part !== '').join(' ')}</h3>
      <dl>
        <div class="would">
          <dt>{texts.would}</dt>
          <dd>{inWords(would)}</dd>
        </div>
        <div class="was">
          <dt>{texts.was}</dt>
          <dd>{inWords(was)}</dd>
        </div>
      </dl>
      <details>
        <summary>{texts.calls}</summary>
        <ul class="links">
          {calls.map(({ id, started_at: startedAt }) => (
            <li key={id}>
              <a href={`/calls/${encodeURIComponent(id)}`}>{formatWhen(startedAt)}</a>
            </li>
          ))}
        </ul>
      </details>
    </article>
  );
}

function inWords(happening: Happening): string {
  switch (happening?.type) {
    case undefined:
      return texts.nothing;
    case 'prompts':
      return texts.prompts(
        happening.prompts.map(({ id, name }) => (name === '' ? `#${id}` : texts.quoted(name))).join(', '),
      );
    case 'queue':
      return texts.queue(happening.name === '' ? String(happening.queue) : happening.name);
    case 'shop':
      return texts.shop(happening.url);
    case 'dial': {
      const { to } = happening;
      if ('handset' in to) return texts.dial(titleOfHandset(to.handset));
      return texts.dial('number' in to ? groupDigits(to.number) : to.order);
    }
    case 'detect_machine':
    case 'hang_up':
    case 'no_line':
      return texts[happening.type];
  }
}
