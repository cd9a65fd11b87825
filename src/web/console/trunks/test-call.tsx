import { useState } from 'preact/hooks';
import { api } from '../api/client.js';
import { useFieldErrors } from '../config/field-errors.js';
import { ActionForm } from '../ui/action-form.js';
import { TextField } from '../ui/field.js';
import { texts } from './texts.js';

/** Calls a number over this trunk alone, and leads to the call. */
export function TestCall({ trunk }: { trunk: string }) {
  const [number, setNumber] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [callId, setCallId] = useState<string | undefined>(undefined);
  const errors = useFieldErrors();
  const call = async () => {
    setBusy(true);
    setCallId(undefined);
    const outcome = await api.post('/api/v1/trunks/{name}/test-call', { path: { name: trunk }, body: { number } });
    setBusy(false);
    if (outcome.ok) {
      errors.clear();
      setCallId(outcome.data.call_id);
    } else errors.show(outcome);
  };
  return (
    <section class="card" aria-labelledby="test-call">
      <h2 id="test-call">{texts.testCall}</h2>
      <p class="soft">{texts.testCallHint}</p>
      <ActionForm submit={texts.call} busy={isBusy} isSecondary onSubmit={() => void call()}>
        <TextField
          label={texts.number}
          type="tel"
          value={number}
          maxLength={40}
          error={errors.errorOf('body.number')}
          onChange={setNumber}
          input={{ required: true }}
        />
      </ActionForm>
      {callId !== undefined && (
        <p class="note" role="status">
          {texts.called} <a href={`/calls/${encodeURIComponent(callId)}`}>{texts.howItGoes}</a>
        </p>
      )}
    </section>
  );
}
