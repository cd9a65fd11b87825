import { useSignal } from '@preact/signals';
import { api } from '../api/client.js';
import { can } from '../session.js';
import { usePolled } from '../ui/polled.js';
import { showDone, showFailure } from '../ui/toasts.js';
import { texts } from './texts.js';

const words = texts.held;

/** Notifications of a restored installation, which wait until somebody decides. */
export function HeldNotifications() {
  const [held, reload] = usePolled(() => api.get('/api/v1/held-notifications'));
  const busy = useSignal(false);
  if (held === undefined || held.count === 0) return null;
  const decide = async (action: 'call' | 'cancel') => {
    if (busy.value) return;
    busy.value = true;
    const outcome = await api.post('/api/v1/held-notifications', { body: { action } });
    busy.value = false;
    if (outcome.ok) showDone(action === 'call' ? words.areCalled : words.areCanceled);
    else showFailure(outcome.status);
    reload();
  };
  return (
    <section class="card" aria-labelledby="held">
      <h2 id="held">{words.title(held.count)}</h2>
      <p>{words.why}</p>
      {can('calls:control') && (
        <p class="form-actions">
          <button type="button" aria-disabled={busy.value} onClick={() => void decide('call')}>
            {words.call}
          </button>
          <button type="button" aria-disabled={busy.value} onClick={() => void decide('cancel')}>
            {words.cancel}
          </button>
        </p>
      )}
    </section>
  );
}
