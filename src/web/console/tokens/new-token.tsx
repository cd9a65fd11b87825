import { useState } from 'preact/hooks';
import type { Scope } from '../../../http/route.js';
import { api, type FieldError } from '../api/client.js';
import { fieldErrorText, problemText } from '../config/problems.js';
import { session } from '../session.js';
import { RadioField, TextField } from '../ui/field.js';
import { useKeptText } from '../ui/kept-text.js';
import { showFailure, showProblem } from '../ui/toasts.js';
import { PURPOSES, purposes, type Purpose } from './purposes.js';
import { texts } from './texts.js';

interface NewTokenProps {
  onCreated: (token: { name: string; token: string }) => void;
  onCancel: () => void;
}

/** The form for a token: what it is for, or single rights. Users can only give rights that they have. */
export function NewToken({ onCreated, onCancel }: NewTokenProps) {
  const { text: name, change: setName, forget } = useKeptText('name of a token');
  const [purpose, setPurpose] = useState<Purpose | 'custom'>('shop');
  const [chosen, setChosen] = useState<readonly Scope[]>([]);
  const [until, setUntil] = useState('');
  const [errors, setErrors] = useState<FieldError[]>([]);
  const errorOf = (field: string) => {
    const error = errors.find((each) => each.field === field);
    return error && fieldErrorText(error);
  };
  const create = async () => {
    const scopes = purpose === 'custom' ? chosen : PURPOSES[purpose];
    const outcome = await api.post('/api/v1/tokens', {
      body: { name: name.value, scopes: [...scopes], ...endOf(until) },
    });
    if (outcome.ok) {
      forget();
      onCreated({ name: name.value, token: outcome.data.token });
      return;
    }
    setErrors(
      outcome.status === 409
        ? [{ field: 'body.name', detail: '', code: 'duplicate', params: { value: name.value } }]
        : outcome.errors,
    );
    if (outcome.errors.length > 0 || outcome.status === 409) return;
    if (outcome.code === undefined) showFailure(outcome.status);
    else showProblem(problemText(outcome));
  };
  return (
    <form
      class="item card"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void create();
      }}
    >
      <TextField
        label={texts.name}
        hint={texts.nameHint}
        name="name"
        maxLength={60}
        value={name.value}
        error={errorOf('body.name')}
        onChange={setName}
      />
      <RadioField
        label={texts.purpose}
        value={purpose}
        options={[
          ...purposes.map((value) => ({ value, name: texts.purposes[value][0], hint: texts.purposes[value][1] })),
          { value: 'custom', name: texts.custom },
        ]}
        error={errorOf('body.scopes')}
        onChange={(value) => setPurpose(value as Purpose | 'custom')}
      />
      {purpose === 'custom' && (
        <fieldset class="field">
          <legend>{texts.rights}</legend>
          {session.scopes.map((scope) => (
            <label key={scope} class="check">
              <input
                type="checkbox"
                checked={chosen.includes(scope)}
                onChange={({ currentTarget: { checked } }) =>
                  setChosen(checked ? [...chosen, scope] : chosen.filter((each) => each !== scope))
                }
              />
              {texts.scopes[scope]}
            </label>
          ))}
        </fieldset>
      )}
      <TextField label={texts.expires} hint={texts.expiresHint} type="date" value={until} onChange={setUntil} />
      <div class="row">
        <button class="primary">{texts.create}</button>
        <button type="button" onClick={onCancel}>
          {texts.cancel}
        </button>
      </div>
    </form>
  );
}

/** The token is valid to the end of the day. */
function endOf(day: string): { expires_at?: string } {
  return day === '' ? {} : { expires_at: new Date(`${day}T23:59:59`).toISOString() };
}
