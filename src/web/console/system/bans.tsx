import { useSignal } from '@preact/signals';
import { compact } from '../../../lib/compact.js';
import { api } from '../api/client.js';
import { ActionForm } from '../ui/action-form.js';
import { Dialog } from '../ui/dialog.js';
import { EmptyState } from '../ui/empty-state.js';
import { usePolled } from '../ui/polled.js';
import { showDone, showFailure } from '../ui/toasts.js';
import { When } from '../ui/when.js';
import { texts } from './texts.js';
import type { BanState } from './types.js';

const words = texts.bans;
type Ban = BanState['bans'][number];

/** The banned addresses, with buttons to lift a ban and to ban an address. */
export function Bans() {
  const [state, reload] = usePolled(() => api.get('/api/v1/bans'));
  const isAdding = useSignal(false);
  if (state === undefined) return null;
  return (
    <section aria-labelledby="bans">
      <h2 id="bans">{words.title}</h2>
      <p>{words.what}</p>
      <p>
        <button type="button" onClick={() => (isAdding.value = true)}>
          {words.add}
        </button>
      </p>
      {state.bans.length > 0 ? (
        <BanTable bans={state.bans} onLifted={reload} />
      ) : (
        <EmptyState icon="check" title={words.none} />
      )}
      {isAdding.value && <NewBan onBanned={reload} onClose={() => (isAdding.value = false)} />}
    </section>
  );
}

function BanTable({ bans, onLifted }: { bans: Ban[]; onLifted: () => void }) {
  const lift = async (address: string) => {
    const outcome = await api.delete('/api/v1/bans/{address}', { path: { address } });
    if (outcome.ok) showDone(words.lifted(address));
    else showFailure(outcome.status);
    onLifted();
  };
  return (
    <table class="cards bans">
      <thead>
        <tr>
          <th>{words.address}</th>
          <th>{words.why}</th>
          <th>{words.since}</th>
          <th>{words.until}</th>
          <td />
        </tr>
      </thead>
      <tbody>
        {bans.map((ban) => (
          <tr key={ban.address}>
            <td>{ban.address}</td>
            <td data-label={words.why}>{reasonOf(ban)}</td>
            <td data-label={words.since}>
              <When at={ban.since} />
            </td>
            <td data-label={words.until}>{ban.until === null ? words.noEnd : <When at={ban.until} />}</td>
            <td>
              <button type="button" onClick={() => void lift(ban.address)}>
                {words.lift}
              </button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function reasonOf({ cause, source, times, note }: Ban): string {
  const reason = cause === 'manual' || source === null ? words.manual : words.guessing[source];
  const parts = [reason, times > 1 ? words.times(times) : '', note];
  return parts.filter((part) => part !== '').join(', ');
}

/** In minutes; 0 for a ban without an end. */
const LENGTHS = [60, 1440, 10_080, 0] as const;

function NewBan({ onBanned, onClose }: { onBanned: () => void; onClose: () => void }) {
  const address = useSignal('');
  const minutes = useSignal<number>(LENGTHS[1]);
  const note = useSignal('');
  const isRefused = useSignal(false);
  const ban = async () => {
    const body = compact({
      address: address.value.trim(),
      minutes: minutes.value === 0 ? undefined : minutes.value,
      note: note.value.trim(),
    });
    const outcome = await api.post('/api/v1/bans', { body });
    if (!outcome.ok) {
      isRefused.value = outcome.status === 422;
      if (!isRefused.value) showFailure(outcome.status);
      return;
    }
    showDone(words.banned(outcome.data.address));
    onBanned();
    onClose();
  };
  return (
    <Dialog title={words.add} onClose={onClose}>
      <ActionForm
        onSubmit={() => void ban()}
        busy={false}
        submit={words.ban}
        others={
          <button type="button" onClick={onClose}>
            {words.cancel}
          </button>
        }
      >
        <label class="field">
          <span>{words.address}</span>
          <input
            value={address.value}
            maxLength={60}
            required
            onInput={({ currentTarget }) => (address.value = currentTarget.value)}
            autofocus
          />
        </label>
        <label class="field">
          <span>{words.length}</span>
          <select
            value={String(minutes.value)}
            onChange={({ currentTarget }) => (minutes.value = Number(currentTarget.value))}
          >
            {LENGTHS.map((length) => (
              <option key={length} value={String(length)}>
                {words.lengths[length]}
              </option>
            ))}
          </select>
        </label>
        <label class="field">
          <span>{words.note}</span>
          <input
            value={note.value}
            maxLength={200}
            onInput={({ currentTarget }) => (note.value = currentTarget.value)}
          />
        </label>
        {isRefused.value && (
          <p role="alert" class="bad">
            {words.refused}
          </p>
        )}
      </ActionForm>
    </Dialog>
  );
}
