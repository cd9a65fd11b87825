import { useState } from 'preact/hooks';
import { useFieldErrors, type FieldErrors } from '../config/field-errors.js';
import { configItems } from '../config/items.js';
import { storePassword } from '../trunks/password.js';
import { ActionForm } from '../ui/action-form.js';
import { CheckField, TextField } from '../ui/field.js';
import { useKeptInput } from '../ui/kept-input.js';
import { SecretField } from '../ui/secret-field.js';
import { Choices } from './fields.js';
import type { StepProps } from './step-props.js';
import { texts } from './texts.js';

const TRUNKS = ['provider', 'demo', 'later'] as const;
/** The trunk that this step makes. */
const AT = { section: 'trunks', key: 'provider' } as const;

/** The telephone provider: what it has given becomes a trunk of the company. */
export function TrunkStep({ answers, busy, back, store }: StepProps) {
  const input = useKeptInput('trunk', {
    trunk: answers.trunk ?? ('demo' as const),
    ...(answers.provider ?? { server: '', user: '', registers: true }),
  });
  // Not kept over a reload, unlike the other fields.
  const [password, setPassword] = useState('');
  const [isSaving, setSaving] = useState(false);
  const errors = useFieldErrors();
  const { trunk, ...provider } = input.value;
  const change = (changed: Partial<typeof input.value>) => (input.value = { ...input.value, ...changed });
  const submit = async () => {
    if (trunk !== 'provider') return store({ trunk });
    setSaving(true);
    const isSaved = await saveTrunk(provider, password, errors);
    setSaving(false);
    return isSaved ? store({ trunk, provider }) : undefined;
  };
  return (
    <ActionForm submit={texts.next} busy={busy || isSaving} others={back} onSubmit={() => void submit()}>
      <Choices
        legend={texts.steps.trunk}
        value={trunk}
        onChange={(changed) => change({ trunk: changed })}
        choices={TRUNKS.map((value) => ({ value, ...texts.trunks[value] }))}
      />
      {trunk === 'provider' && (
        <>
          <TextField
            label={texts.provider.server}
            value={provider.server}
            error={errors.errorOf('body.server')}
            onChange={(server) => change({ server: server.trim() })}
            input={{ placeholder: 'sip.provider.example', maxLength: 260, required: true }}
          />
          <CheckField
            label={texts.provider.registers}
            value={provider.registers}
            onChange={(registers) => change({ registers })}
          />
          {provider.registers && (
            <>
              <TextField
                label={texts.provider.user}
                value={provider.user}
                error={errors.errorOf('body.user')}
                onChange={(user) => change({ user: user.trim() })}
                input={{ maxLength: 64, required: true }}
              />
              <SecretField
                label={texts.provider.password}
                autocomplete="off"
                maxLength={128}
                value={password}
                error={errors.errorOf('body.password')}
                onChange={setPassword}
              />
            </>
          )}
          <p class="soft">{texts.provider.more}</p>
        </>
      )}
    </ActionForm>
  );
}

interface Provider {
  server: string;
  user: string;
  registers: boolean;
}

/** Adds or changes the trunk; what somebody has set elsewhere stays. @returns whether it was saved */
async function saveTrunk(
  { server, user, registers }: Provider,
  password: string,
  errors: FieldErrors,
): Promise<boolean> {
  const listed = await configItems.list(AT.section);
  if (!listed.ok) {
    errors.show(listed);
    return false;
  }
  const former = listed.data.find(({ key }) => key === AT.key);
  const account = registers ? { way: 'registration', user } : { way: 'address' };
  const body = { ...(former?.body as object | undefined), name: AT.key, server, ...account };
  const saved = await configItems.write(AT, body, former?.etag ?? null);
  if (!saved.ok) {
    errors.show(saved);
    return false;
  }
  if (registers && password !== '') return storePassword(AT.key, password, errors);
  errors.clear();
  return true;
}
