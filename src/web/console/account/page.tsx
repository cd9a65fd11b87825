import { useState } from 'preact/hooks';
import { api } from '../api/client.js';
import { useFieldErrors } from '../config/field-errors.js';
import { can, session } from '../session.js';
import { PageHeader } from '../shell/page-header.js';
import { SecretField } from '../ui/secret-field.js';
import { PopToken } from './pop-token.js';
import { texts } from './texts.js';

/** What people change about themselves: the password, and their access token of the dispatch. */
export default function AccountPage() {
  const { operator } = session;
  return (
    <>
      <PageHeader title={texts.title} />
      <div class="cards-column">
        <section class="card">
          <h2>{texts.password}</h2>
          {operator === null ? <p class="soft">{texts.noPassword}</p> : <PasswordForm />}
        </section>
        {operator !== null && session.usesDispatch && can('operators:read') && <PopToken operator={operator} />}
      </div>
    </>
  );
}

function PasswordForm() {
  const [old, setOld] = useState('');
  const [fresh, setFresh] = useState('');
  const [isSending, setSending] = useState(false);
  const errors = useFieldErrors();
  const change = async () => {
    setSending(true);
    const outcome = await api.post('/api/v1/me/password', { body: { old, new: fresh } });
    setSending(false);
    // All sessions have ended.
    if (outcome.ok) location.href = '/login?changed=1';
    else errors.show(outcome);
  };
  return (
    <form
      class="item"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void change();
      }}
    >
      <SecretField
        label={texts.oldPassword}
        autocomplete="current-password"
        maxLength={200}
        value={old}
        error={errors.errorOf('body.old')}
        onChange={setOld}
      />
      <SecretField
        label={texts.newPassword}
        hint={texts.newPasswordHint}
        autocomplete="new-password"
        maxLength={200}
        value={fresh}
        error={errors.errorOf('body.new')}
        onChange={setFresh}
      />
      <div class="row">
        <button class="primary" disabled={isSending}>
          {texts.changePassword}
        </button>
      </div>
    </form>
  );
}
