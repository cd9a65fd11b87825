import { useSignal } from '@preact/signals';
import { api } from '../api/client.js';
import { EmptyState } from '../ui/empty-state.js';
import { usePolled } from '../ui/polled.js';
import { showFailure } from '../ui/toasts.js';
import { When } from '../ui/when.js';
import { sizeOf } from './size.js';
import { texts } from './texts.js';
import type { BackupState } from './types.js';

const words = texts.backups;

/** The backups, with their downloads, and a button that makes one. */
export function Backups() {
  const [state, reload] = usePolled(() => api.get('/api/v1/backups'));
  const busy = useSignal(false);
  if (state === undefined) return null;
  const begin = async () => {
    busy.value = true;
    const outcome = await api.post('/api/v1/backups');
    busy.value = false;
    if (!outcome.ok) showFailure(outcome.status);
    reload();
  };
  const isRunning = busy.value || state.running !== null;
  return (
    <section aria-labelledby="backups">
      <h2 id="backups">{words.title}</h2>
      <p>
        {state.schedule === null ? words.noSchedule : words.daily(state.schedule.at)} {words.keeps(state.keep)}{' '}
        {state.encrypted ? words.encrypts : words.unencrypted}
      </p>
      <p>
        <button
          type="button"
          class="primary"
          aria-disabled={isRunning}
          onClick={() => {
            if (!isRunning) void begin();
          }}
        >
          {words.now}
        </button>
      </p>
      {state.running !== null && <Progress running={state.running} />}
      {state.backups.length > 0 ? (
        <BackupTable backups={state.backups} />
      ) : (
        state.running === null && <EmptyState icon="warning" title={words.none} />
      )}
    </section>
  );
}

function Progress({ running: { step, done_bytes, total_bytes } }: { running: NonNullable<BackupState['running']> }) {
  const label = words.steps[step];
  return (
    <p role="status">
      {label} <progress aria-label={label} value={done_bytes} max={Math.max(total_bytes, 1)} />
    </p>
  );
}

function BackupTable({ backups }: { backups: BackupState['backups'] }) {
  return (
    <table class="cards backups">
      <thead>
        <tr>
          <th>{words.made}</th>
          <th>{words.size}</th>
          <td />
        </tr>
      </thead>
      <tbody>
        {backups.map(({ name, created_at, bytes, encrypted }) => (
          <tr key={name}>
            <td>
              <When at={created_at} /> {encrypted && <span class="soft">{words.encrypted}</span>}
            </td>
            <td data-label={words.size}>{sizeOf(bytes)}</td>
            <td>
              <a class="button" href={`/api/v1/backups/${name}`} download>
                {words.download}
              </a>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
