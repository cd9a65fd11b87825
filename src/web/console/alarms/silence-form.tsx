import { useSignal } from '@preact/signals';
import { api } from '../api/client.js';
import { ActionForm } from '../ui/action-form.js';
import { Dialog } from '../ui/dialog.js';
import { showDone, showFailure } from '../ui/toasts.js';
import { texts } from './texts.js';
import type { Alarm } from './types.js';

interface SilenceFormProps {
  alarm: Alarm;
  onDone: () => void;
  onClose: () => void;
}

/** Asks for how long and why no messages are sent about an alarm. */
export function SilenceForm({ alarm: { rule, about, title }, onDone, onClose }: SilenceFormProps) {
  const minutes = useSignal('120');
  const reason = useSignal('');
  const isBusy = useSignal(false);
  const silence = async () => {
    if (isBusy.value) return;
    isBusy.value = true;
    const body = { rule, about, minutes: Number(minutes.value), reason: reason.value };
    const outcome = await api.post('/api/v1/alarms/silences', { body });
    isBusy.value = false;
    if (!outcome.ok) {
      showFailure(outcome.status);
      return;
    }
    showDone(texts.done);
    onDone();
    onClose();
  };
  return (
    <Dialog title={`${texts.silence}: ${title}`} onClose={onClose}>
      <ActionForm
        onSubmit={() => void silence()}
        busy={isBusy.value}
        submit={texts.save}
        others={
          <button type="button" onClick={onClose}>
            {texts.cancel}
          </button>
        }
      >
        <label class="field">
          <span>{texts.minutes}</span>
          <select value={minutes.value} onChange={({ currentTarget }) => (minutes.value = currentTarget.value)}>
            {Object.entries(texts.spans).map(([value, name]) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label class="field">
          <span>{texts.reason}</span>
          <input
            value={reason.value}
            required
            maxLength={500}
            onInput={({ currentTarget }) => (reason.value = currentTarget.value)}
          />
        </label>
      </ActionForm>
    </Dialog>
  );
}
