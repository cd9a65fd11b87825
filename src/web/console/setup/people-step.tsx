import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { api } from '../api/client.js';
import { Badge } from '../ui/badge.js';
import { showFailure } from '../ui/toasts.js';
import { ActionForm } from '../ui/action-form.js';
import { Choices } from './fields.js';
import { useKeptInput } from '../ui/kept-input.js';
import { progress } from './progress.js';
import { texts } from './texts.js';
import type { StepProps } from './step-props.js';

const ANSWERERS = ['browser', 'phone'] as const;
const POLL_MS = 3_000;

/** Who answers: this browser, or a telephone, whose settings are shown once it is part of the configuration. */
export function PeopleStep({ answers, busy, back, store }: StepProps) {
  const input = useKeptInput('people', { by: answers.answered_by ?? ('browser' as const) });
  const { by } = input.value;
  const handset = progress.value?.made.handset;
  const isPhoneReady = by === 'phone' && answers.answered_by === 'phone' && handset !== undefined;
  const submit = () => void store({ answered_by: by }, { stay: by === 'phone' && !isPhoneReady });
  return (
    <ActionForm submit={texts.next} busy={busy} others={back} onSubmit={submit}>
      <Choices
        legend={texts.steps.people}
        value={by}
        onChange={(changed) => (input.value = { by: changed })}
        choices={ANSWERERS.map((value) => ({ value, ...texts.people[value] }))}
      />
      {isPhoneReady && <PhoneSettings handset={handset} />}
    </ActionForm>
  );
}

function PhoneSettings({ handset }: { handset: string }) {
  const words = texts.people;
  const sip = useSignal<{ server: string; port: number } | undefined>(undefined);
  const password = useSignal<string | undefined>(undefined);
  useEffect(() => {
    void api.get('/api/v1/system').then((outcome) => {
      if (outcome.ok) sip.value = outcome.data.addresses.sip;
    });
  }, []);
  const makePassword = async () => {
    const outcome = await api.post('/api/v1/handsets/{name}/password', { path: { name: handset } });
    if (outcome.ok) password.value = outcome.data.password;
    else showFailure(outcome.status);
  };
  const rows = [
    [words.server, sip.value?.server ?? ''],
    [words.port, String(sip.value?.port ?? '')],
    [words.user, handset],
    ...(password.value === undefined ? [] : [[words.password, password.value]]),
  ];
  return (
    <div class="notice" role="group" aria-label={words.settings}>
      <p>
        <b>{words.settings}</b>
      </p>
      <dl class="facts">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <code class="copied">{value}</code>
            </dd>
          </div>
        ))}
      </dl>
      <button type="button" onClick={() => void makePassword()}>
        {words.makePassword}
      </button>
      <p class="soft">{words.passwordOnce}</p>
      <Registered handset={handset} />
    </div>
  );
}

function Registered({ handset }: { handset: string }) {
  const isRegistered = useSignal(false);
  useEffect(() => {
    const read = async () => {
      const outcome = await api.get('/api/v1/handsets');
      if (!outcome.ok) return;
      const found = outcome.data.handsets.find(({ name }) => name === handset);
      isRegistered.value = found?.registered ?? false;
    };
    void read();
    const timer = setInterval(() => void read(), POLL_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <div role="status">
      {isRegistered.value ? (
        <Badge tone="free" icon="free">
          {texts.people.ready}
        </Badge>
      ) : (
        <Badge tone="quiet" icon="off">
          {texts.people.notReady}
        </Badge>
      )}
    </div>
  );
}
