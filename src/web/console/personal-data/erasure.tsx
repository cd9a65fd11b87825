import { useState } from 'preact/hooks';
import { api } from '../api/client.js';
import type { paths } from '../api/schema.js';
import { problemText } from '../config/problems.js';
import { groupDigits } from '../format.js';
import { CheckField, TextField } from '../ui/field.js';
import { showFailure, showProblem } from '../ui/toasts.js';
import { texts } from './texts.js';

export type Receipt = paths['/api/v1/people/erasures']['post']['responses'][200]['content']['application/json'];

/** Erases the data of a number, after it was typed again. */
export function ErasureForm(props: { number: string; isBlocked: boolean; onErased: (receipt: Receipt) => void }) {
  const { number, isBlocked, onErased } = props;
  const [typed, setTyped] = useState('');
  const [isWrong, setWrong] = useState(false);
  const [removesBlock, setRemovesBlock] = useState(false);
  const [isSending, setSending] = useState(false);
  const erase = async () => {
    if (!isSame(typed, number)) {
      setWrong(true);
      return;
    }
    setSending(true);
    const outcome = await api.post('/api/v1/people/erasures', { body: { number, remove_do_not_call: removesBlock } });
    setSending(false);
    if (outcome.ok) onErased(outcome.data);
    else if (outcome.status === 409) showProblem(texts.busy);
    else if (outcome.code === undefined) showFailure(outcome.status);
    else showProblem(problemText(outcome));
  };
  return (
    <form
      class="item card"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void erase();
      }}
    >
      <h2>{texts.erase}</h2>
      <p class="soft">{texts.eraseHint}</p>
      {isBlocked && (
        <CheckField
          label={texts.keepBlocked}
          hint={texts.keepBlockedHint}
          value={removesBlock}
          onChange={setRemovesBlock}
        />
      )}
      <TextField
        label={texts.confirm}
        hint={groupDigits(number)}
        type="tel"
        maxLength={40}
        value={typed}
        error={isWrong ? texts.confirmWrong : undefined}
        onChange={(value) => {
          setTyped(value);
          setWrong(false);
        }}
      />
      <div class="row">
        <button class="danger" disabled={isSending}>
          {texts.erase}
        </button>
      </div>
    </form>
  );
}

/** Whether both are the same number, also without spaces and the country code. */
function isSame(typed: string, number: string): boolean {
  const digits = typed.replace(/[^\d+]/g, '');
  const LEAST_DIGITS = 6;
  return digits.replace(/\D/g, '').length >= LEAST_DIGITS && number.endsWith(digits);
}
