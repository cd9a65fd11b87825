import { useState } from 'preact/hooks';
import { useFieldErrors } from '../config/field-errors.js';
import { ActionForm } from '../ui/action-form.js';
import { SecretField } from '../ui/secret-field.js';
import { showDone } from '../ui/toasts.js';
import { storePassword } from './password.js';
import { texts } from './texts.js';

/** Stores the password, which no page shows. */
export function PasswordForm({
  trunk,
  isStored,
  onStored,
}: {
  trunk: string;
  isStored: boolean;
  onStored: () => void;
}) {
  const [password, setPassword] = useState('');
  const [isBusy, setBusy] = useState(false);
  const errors = useFieldErrors();
  const store = async () => {
    setBusy(true);
    const done = await storePassword(trunk, password, errors);
    setBusy(false);
    if (!done) return;
    setPassword('');
    showDone(texts.passwordSaved);
    onStored();
  };
  return (
    <section class="card" aria-labelledby="password">
      <h2 id="password">{texts.password}</h2>
      <p class="soft" data-stored={isStored}>
        {isStored ? texts.passwordStored : texts.noPassword}
      </p>
      <ActionForm submit={texts.savePassword} busy={isBusy} isSecondary onSubmit={() => void store()}>
        <SecretField
          label={texts.password}
          autocomplete="off"
          maxLength={128}
          value={password}
          error={errors.errorOf('body.password')}
          onChange={setPassword}
        />
      </ActionForm>
    </section>
  );
}
