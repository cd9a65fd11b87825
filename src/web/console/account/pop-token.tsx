import { useState } from 'preact/hooks';
import { api } from '../api/client.js';
import { useFieldErrors } from '../config/field-errors.js';
import { formatWhen } from '../format.js';
import { session } from '../session.js';
import { useItem } from '../ui/item.js';
import { doLater } from '../ui/later.js';
import { showDone, showFailure } from '../ui/toasts.js';
import { SecretField } from '../ui/secret-field.js';
import { texts } from './texts.js';

/** The access token that opens an operator's pages of callers. It is never shown. */
export function PopToken({ operator: id }: { operator: number }) {
  const { item, show, reload } = useItem(() => api.get('/api/v1/operators/{id}/dispatch-token', { path: { id } }), id);
  const [token, setToken] = useState('');
  const [isRemoved, setRemoved] = useState(false);
  const errors = useFieldErrors();
  const set = async () => {
    const outcome = await api.put('/api/v1/operators/{id}/dispatch-token', { path: { id }, body: { token } });
    if (!outcome.ok) {
      errors.show(outcome);
      return;
    }
    errors.clear();
    setToken('');
    show(outcome);
    showDone(texts.tokenStored);
  };
  const remove = async () => {
    const outcome = await api.delete('/api/v1/operators/{id}/dispatch-token', { path: { id } });
    if (!outcome.ok) showFailure(outcome.status);
    await reload();
    setRemoved(false);
  };
  const forget = () => {
    setRemoved(true);
    doLater(
      texts.tokenForgotten,
      () => void remove(),
      () => setRemoved(false),
    );
  };
  if (item === undefined || item === 'missing') return null;
  const since = isRemoved ? null : item.set_since;
  return (
    <section class="card">
      <h2>{texts.token}</h2>
      <p class="soft">{session.operator === id ? texts.tokenHint : texts.otherTokenHint}</p>
      <p role="status">{since === null ? texts.tokenNone : `${texts.tokenSince} ${formatWhen(since)}.`}</p>
      <form
        class="item"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void set();
        }}
      >
        <SecretField
          label={texts.token}
          autocomplete="off"
          maxLength={1000}
          value={token}
          error={errors.errorOf('body.token')}
          onChange={setToken}
        />
        <div class="row">
          <button>{texts.tokenSet}</button>
          {since !== null && (
            <button type="button" class="danger" onClick={forget}>
              {texts.tokenForget}
            </button>
          )}
        </div>
      </form>
    </section>
  );
}
