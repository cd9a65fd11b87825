import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { supportedLanguages } from '../../../lib/language.js';
import { api } from '../api/client.js';
import { pageLanguage } from '../texts.js';
import { SelectField, TextField } from '../ui/field.js';
import { ActionForm } from '../ui/action-form.js';
import { forgetInput, useKeptInput } from '../ui/kept-input.js';
import { countries, likelyCountry, ownTimeZone, timeZones } from './places.js';
import { loadProgress } from './progress.js';
import { save, type Settings } from './publish.js';
import { publishTexts, texts } from './texts.js';

const LANGUAGE = 'language';
const ACCOUNT = 'account';

export interface LanguageInput extends Settings {
  language: string;
}

/** Language, country and time zone as the browser suggests them. */
export function suggestedLanguage(): LanguageInput {
  return { language: pageLanguage, country: likelyCountry(), time_zone: ownTimeZone() };
}

/** The fields of language, country and time zone. */
export function LanguageFields({
  input,
  onChange,
}: {
  input: LanguageInput;
  onChange: (input: LanguageInput) => void;
}) {
  return (
    <>
      <SelectField
        label={texts.language}
        value={input.language}
        onChange={(language) => onChange({ ...input, language })}
        options={supportedLanguages.map((value) => ({ value, name: texts.languages[value] }))}
      />
      <SelectField
        label={texts.country}
        value={input.country}
        onChange={(country) => onChange({ ...input, country })}
        options={countries()}
      />
      <SelectField
        label={texts.timeZone}
        value={input.time_zone}
        onChange={(time_zone) => onChange({ ...input, time_zone })}
        options={timeZones()}
      />
    </>
  );
}

/** The first steps of the holder of the link, who has no account yet. */
export function FirstSteps({ onStep }: { onStep: (step: 'language' | 'account') => void }) {
  const language = useKeptInput(LANGUAGE, suggestedLanguage());
  const isChosen = useSignal(false);
  useEffect(() => onStep(isChosen.value ? ACCOUNT : LANGUAGE), [isChosen.value]);
  if (isChosen.value) return <AccountStep language={language.value} onBack={() => (isChosen.value = false)} />;
  return (
    <ActionForm submit={texts.next} busy={false} onSubmit={() => (isChosen.value = true)}>
      <LanguageFields input={language.value} onChange={(changed) => (language.value = changed)} />
    </ActionForm>
  );
}

type AccountField = 'name' | 'login' | 'password';

function AccountStep({ language, onBack }: { language: LanguageInput; onBack: () => void }) {
  const input = useKeptInput(ACCOUNT, { name: '', login: '' });
  const password = useSignal('');
  const busy = useSignal(false);
  const errors = useSignal<Partial<Record<AccountField | 'form', string>>>({});
  const submit = async () => {
    busy.value = true;
    errors.value = await createAccount({ ...input.value, password: password.value }, language);
    busy.value = false;
  };
  const { name, login } = input.value;
  return (
    <ActionForm
      submit={texts.createAccount}
      busy={busy.value}
      onSubmit={() => void submit()}
      others={
        <button type="button" onClick={onBack}>
          {texts.back}
        </button>
      }
    >
      {errors.value.form !== undefined && (
        <p class="bad" role="alert">
          {errors.value.form}
        </p>
      )}
      <TextField
        label={texts.yourName}
        value={name}
        onChange={(changed) => (input.value = { ...input.value, name: changed })}
        error={errors.value.name}
        input={{ autocomplete: 'name', maxLength: 80, required: true, autofocus: true }}
      />
      <TextField
        label={texts.login}
        value={login}
        onChange={(changed) => (input.value = { ...input.value, login: changed })}
        error={errors.value.login}
        input={{ autocomplete: 'username', maxLength: 80, required: true }}
      />
      <TextField
        label={texts.password}
        value={password.value}
        onChange={(changed) => (password.value = changed)}
        hint={texts.passwordHint}
        error={errors.value.password}
        input={{ type: 'password', autocomplete: 'new-password', minLength: 10, maxLength: 200, required: true }}
      />
    </ActionForm>
  );
}

/** Creates the account, which logs the browser in, and stores the first answers. @returns what is wrong */
async function createAccount(
  account: Record<AccountField, string>,
  { language, country, time_zone }: LanguageInput,
): Promise<Partial<Record<AccountField | 'form', string>>> {
  const code = new URLSearchParams(location.search).get('code') ?? '';
  const outcome = await api.post('/api/v1/setup/account', { body: { ...account, code } });
  if (!outcome.ok) return explained(outcome);
  await loadProgress();
  const stored = await save({ language }, publishTexts, 'kind', { country, time_zone });
  if (stored.ok) forgetInput(LANGUAGE);
  forgetInput(ACCOUNT);
  location.assign('/setup');
  return {};
}

function explained({ status, errors }: { status: number; errors: { field: string }[] }) {
  if (status === 403 || status === 410) return { form: texts.linkInvalid };
  const fields = errors.map(({ field }) => field.replace(/^body\./, ''));
  const found: Partial<Record<AccountField | 'form', string>> = {};
  if (fields.includes('login')) found.login = texts.badLogin;
  if (fields.includes('password')) found.password = texts.weakPassword;
  if (fields.includes('name')) found.name = texts.required;
  return Object.keys(found).length === 0 ? { form: texts.failed } : found;
}
