import { useSignal } from '@preact/signals';
import { api } from '../api/client.js';
import { state } from '../now/live.js';
import { handsetTitle } from '../now/names.js';
import { texts as nowTexts } from '../now/texts.js';
import { session } from '../session.js';
import { Dialog } from '../ui/dialog.js';
import { showDone, showFailure } from '../ui/toasts.js';
import { dialable } from './dial-form.js';
import { callAtGateway } from './own-phone.js';
import { texts } from './texts.js';

type Target = { handset: string } | { queue: number } | { number: string };

interface Entry {
  to: Target;
  name: string;
  /** What it does now. */
  presence: string;
  isFree: boolean;
}

/** Asks where the caller goes, and passes the call on without a consultation. */
export function TransferDialog({ onClose }: { onClose: () => void }) {
  const wanted = useSignal('');
  const text = wanted.value.trim().toLowerCase();
  const entries = [...handsetEntries(), ...queueEntries()].filter(({ name }) => name.toLowerCase().includes(text));
  const number = dialable(wanted.value);
  const choose = async ({ to, name }: Pick<Entry, 'to' | 'name'>) => {
    onClose();
    const { handset } = session;
    const known = callAtGateway.peek();
    if (handset === null || known === undefined) return;
    const body = { ...to, call_id: known.id };
    const outcome = await api.post('/api/v1/handsets/{name}/transfer', { path: { name: handset }, body });
    if (outcome.ok) showDone(texts.transferred(name));
    else showFailure(outcome.status);
  };
  return (
    <Dialog title={texts.transfer} onClose={onClose}>
      <form
        class="phone-transfer"
        onSubmit={(event) => {
          event.preventDefault();
          const [first] = entries;
          if (first !== undefined) void choose(first);
          else if (number !== '') void choose({ to: { number }, name: number });
        }}
      >
        <label>
          {texts.nameOrNumber}
          <input
            type="search"
            autofocus
            autocomplete="off"
            value={wanted.value}
            onInput={({ currentTarget: { value } }) => (wanted.value = value)}
          />
        </label>
        <ul>
          {entries.map((entry) => (
            <li key={JSON.stringify(entry.to)}>
              <button type="button" onClick={() => void choose(entry)}>
                <b>{entry.name}</b> <span class="soft">{entry.presence}</span>
              </button>
            </li>
          ))}
          {number !== '' && (
            <li>
              <button type="button" onClick={() => void choose({ to: { number }, name: number })}>
                {texts.toNumber(number)}
              </button>
            </li>
          )}
        </ul>
      </form>
    </Dialog>
  );
}

/** The free ones first. */
function handsetEntries(): Entry[] {
  return Object.values(state.value?.handsets ?? {})
    .filter(({ name }) => name !== session.handset)
    .map(({ name, state: now, queues }) => {
      const isPaused = now === 'free' && queues.length > 0 && queues.every(({ paused }) => paused);
      const presence = isPaused ? nowTexts.paused : now === 'ringing' ? nowTexts.ringingNow : nowTexts[now];
      return {
        to: { handset: name },
        name: handsetTitle(state.value, name),
        presence,
        isFree: now === 'free' && !isPaused,
      };
    })
    .sort((a, b) => Number(b.isFree) - Number(a.isFree) || a.name.localeCompare(b.name));
}

function queueEntries(): Entry[] {
  return Object.values(state.value?.queues ?? {}).map(({ id, name, waiting }) => ({
    to: { queue: id },
    name,
    presence: nowTexts.waiting(waiting),
    isFree: true,
  }));
}
