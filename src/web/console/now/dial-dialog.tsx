import { useState } from 'preact/hooks';
import { api } from '../api/client.js';
import { useFieldErrors } from '../config/field-errors.js';
import { Dialog } from '../ui/dialog.js';
import { TextField } from '../ui/field.js';
import { showDone } from '../ui/toasts.js';
import { texts } from './call-tool-texts.js';

/** Calls a typed number from a handset, which rings first. */
export function DialDialog({ handset, onClose }: { handset: string; onClose: () => void }) {
  const [number, setNumber] = useState('');
  const [isSending, setSending] = useState(false);
  const errors = useFieldErrors();
  const call = async () => {
    setSending(true);
    const outcome = await api.post('/api/v1/handsets/{name}/call', { path: { name: handset }, body: { number } });
    setSending(false);
    if (!outcome.ok) {
      errors.show(outcome);
      return;
    }
    showDone(texts.ringing(number));
    onClose();
  };
  return (
    <Dialog title={texts.callTitle} onClose={onClose}>
      <form
        class="item"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void call();
        }}
      >
        <p class="soft">{texts.callHint}</p>
        <TextField
          label={texts.number}
          type="tel"
          maxLength={40}
          value={number}
          error={errors.errorOf('body.number')}
          onChange={setNumber}
        />
        <div class="row">
          <button class="primary" disabled={isSending}>
            {texts.call}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
