import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { api } from '../api/client.js';
import { CheckField, TextField } from '../ui/field.js';
import { showDone } from '../ui/toasts.js';
import { ActionForm } from '../ui/action-form.js';
import { Choices } from './fields.js';
import { useKeptInput } from '../ui/kept-input.js';
import { texts } from './texts.js';
import { TRUNK_ENV, TRUNK_FILE, trunkFile } from './trunk-file.js';
import type { StepProps } from './step-props.js';

const TRUNKS = ['provider', 'demo', 'later'] as const;
const POLL_MS = 5_000;

/** The telephone provider. Its settings belong to Asterisk's files, so the page says what to put where. */
export function TrunkStep({ answers, busy, back, store }: StepProps) {
  const input = useKeptInput('trunk', {
    trunk: answers.trunk ?? ('demo' as const),
    ...(answers.provider ?? { server: '', user: '', registers: true }),
  });
  const { trunk, ...provider } = input.value;
  const change = (changed: Partial<typeof input.value>) => (input.value = { ...input.value, ...changed });
  const submit = () => void store(trunk === 'provider' ? { trunk, provider } : { trunk });
  const isFilled = provider.server !== '' && (provider.user !== '' || !provider.registers);
  return (
    <ActionForm submit={texts.next} busy={busy} others={back} onSubmit={submit}>
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
            onChange={(server) => change({ server: server.trim() })}
            input={{
              placeholder: 'sip.provider.example',
              pattern: '[A-Za-z0-9.:\\-]+',
              maxLength: 200,
              required: true,
            }}
          />
          <CheckField
            label={texts.provider.registers}
            value={provider.registers}
            onChange={(registers) => change({ registers })}
          />
          {provider.registers && (
            <TextField
              label={texts.provider.user}
              value={provider.user}
              onChange={(user) => change({ user: user.trim() })}
              input={{ pattern: '[^\\s@;\\[\\]]+', maxLength: 200, required: true }}
            />
          )}
          {isFilled && <WhatToWrite provider={provider} />}
        </>
      )}
    </ActionForm>
  );
}

function WhatToWrite({ provider }: { provider: { server: string; user: string; registers: boolean } }) {
  const words = texts.provider;
  return (
    <div class="notice">
      <Copyable title={words.file} place={TRUNK_FILE} text={trunkFile(provider, words.password)} />
      <Copyable title={words.env} place=".env" text={TRUNK_ENV} />
      <p class="soft">{words.own}</p>
      <TrunkState />
    </div>
  );
}

function Copyable({ title, place, text }: { title: string; place: string; text: string }) {
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    showDone(texts.provider.copied);
  };
  return (
    <div class="copyable">
      <p>
        {title} <code>{place}</code>
      </p>
      <pre tabIndex={0}>{text}</pre>
      <button type="button" aria-label={`${texts.provider.copy}: ${place}`} onClick={() => void copy()}>
        {texts.provider.copy}
      </button>
    </div>
  );
}

/** The state of the trunk, as Asterisk has it now. */
function TrunkState() {
  const state = useSignal<'online' | 'offline' | 'unknown'>('unknown');
  useEffect(() => {
    const read = async () => {
      const outcome = await api.get('/api/v1/system');
      if (outcome.ok) state.value = outcome.data.trunk?.state ?? 'unknown';
    };
    void read();
    const timer = setInterval(() => void read(), POLL_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <p role="status">
      {texts.provider.state} <b>{texts.provider.states[state.value]}</b>
    </p>
  );
}
