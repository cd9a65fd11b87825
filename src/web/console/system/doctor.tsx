import { useSignal } from '@preact/signals';
import type { IconName } from '../../icons.js';
import { api } from '../api/client.js';
import { can } from '../session.js';
import { Badge } from '../ui/badge.js';
import { Icon } from '../ui/icon.js';
import { usePolled } from '../ui/polled.js';
import { useRefresh } from '../ui/refresh.js';
import { showFailure } from '../ui/toasts.js';
import { When } from '../ui/when.js';
import { doctorTexts as words } from './doctor-texts.js';
import { texts } from './texts.js';
import type { CheckRow, CheckRun } from './types.js';

const PROGRESS_EVERY_MS = 700;
/** A clock of a browser that is further off shows wrong times of calls. */
const CLOCK_OFF_S = 5;

const ICONS: Record<NonNullable<CheckRow['status']>, { icon: IconName; name: string }> = {
  ok: { icon: 'check', name: 'good' },
  warning: { icon: 'warning', name: 'warning' },
  failed: { icon: 'off', name: 'bad' },
  skipped: { icon: 'pause', name: 'good' },
};
const OVERALL = { ok: 'free', warning: 'ring', failed: 'bad' } as const;

/** Checks everything on request, with progress for each check; the test call is made only if it is chosen. */
export function Doctor() {
  const [answer, reload] = usePolled(() => api.get('/api/v1/system/checks'));
  const withCall = useSignal(false);
  const clockOff = useSignal(0);
  const run = answer?.run ?? undefined;
  const isRunning = run !== undefined && run.finished_at === null;
  useRefresh(() => isRunning && reload(), PROGRESS_EVERY_MS, [isRunning]);
  const begin = async () => {
    const sentAt = Date.now();
    const outcome = await api.post('/api/v1/system/checks', { body: { loop_back: withCall.value } });
    if (outcome.ok) clockOff.value = secondsOff(sentAt, Date.parse(outcome.data.started_at));
    else showFailure(outcome.status);
    reload();
  };
  return (
    <section aria-labelledby="doctor">
      <h2 id="doctor">{words.title}</h2>
      <p>{words.about}</p>
      {can('config:write') && (
        <>
          <label class="check">
            <input type="checkbox" checked={withCall.value} onChange={() => (withCall.value = !withCall.value)} />
            {words.withCall}
          </label>
          <p class="soft">{words.withCallAbout}</p>
          <p>
            <button type="button" aria-disabled={isRunning} onClick={() => !isRunning && void begin()}>
              {words.now}
            </button>
          </p>
        </>
      )}
      {run !== undefined && <Sheet run={run} clockOff={clockOff.value} />}
    </section>
  );
}

function Sheet({ run: { rows, status, started_at, finished_at }, clockOff }: { run: CheckRun; clockOff: number }) {
  const done = rows.filter(({ state }) => state === 'done').length;
  return (
    <>
      <p class="overall" role="status">
        {finished_at === null ? (
          <>
            {words.running(done, rows.length)}{' '}
            <progress aria-label={words.running(done, rows.length)} value={done} max={rows.length} />
          </>
        ) : (
          <>
            <Badge tone={OVERALL[status]} icon={ICONS[status].icon}>
              {words.overall[status]}
            </Badge>
            <span class="soft">
              <When at={started_at} />
            </span>
          </>
        )}
      </p>
      <ul class="checks">
        {rows.map((row) => (
          <DoctorRow key={row.check} row={row} />
        ))}
        {clockOff > CLOCK_OFF_S && <ClockRow seconds={clockOff} />}
      </ul>
    </>
  );
}

function DoctorRow({ row: { check, state, status, value, remedy_code } }: { row: CheckRow }) {
  const { name, looksAt } = words.checks[check];
  const shown = status === null ? { icon: 'wait' as const, name: 'good' } : ICONS[status];
  return (
    <li class={shown.name} data-doctor={check} data-status={status ?? state}>
      <Icon name={shown.icon} />
      <div>
        <b>{name}</b> <span class="soft">{words.states[status ?? (state === 'running' ? 'running' : 'waiting')]}</span>
        {remedy_code !== null && (
          <p>
            <b>{texts.whatToDo}</b> {{ ...texts.remedies, ...words.remedies }[remedy_code]}
          </p>
        )}
        <details>
          <summary>{words.seen}</summary>
          <p>
            {words.looksAt} {looksAt}
          </p>
          {value !== null && <p lang="en">{value}</p>}
        </details>
      </div>
    </li>
  );
}

/** The gateway cannot know this clock. */
function ClockRow({ seconds }: { seconds: number }) {
  return (
    <li class="warning">
      <Icon name="warning" />
      <div>
        <b>{words.browserClock}</b> <span class="soft">{words.seconds(seconds)}</span>
        <p>
          <b>{texts.whatToDo}</b> {words.setClock}
        </p>
      </div>
    </li>
  );
}

/** How far apart two clocks are (s), when the other one was read between `sentAt` and now. */
function secondsOff(sentAt: number, theirs: number): number {
  const early = Math.max(0, sentAt - theirs);
  const late = Math.max(0, theirs - Date.now());
  return Math.round((early + late) / 1000);
}
