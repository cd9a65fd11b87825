import { useEffect, useState } from 'preact/hooks';
import { api } from '../api/client.js';
import type { paths } from '../api/schema.js';
import { mayConfigure } from '../config/may-configure.js';
import { fieldErrorText, problemText } from '../config/problems.js';
import { formatWhen } from '../format.js';
import { ActionForm } from '../ui/action-form.js';
import { CopyValue } from '../ui/copy-value.js';
import { TextField } from '../ui/field.js';
import { showDone, showFailure, showProblem } from '../ui/toasts.js';
import { texts } from './texts.js';

const ADDRESS = '/api/v1/handsets/{name}/enrolled-phone';
type Phone = NonNullable<paths[typeof ADDRESS]['get']['responses'][200]['content']['application/json']['phone']>;

/** A desk phone that fetches its settings by itself, after an administrator has entered an address into it once. */
export default function EnrolledPhone({ handset }: { handset: string }) {
  const words = texts.enrolment;
  const path = { name: handset };
  const [phone, setPhone] = useState<Phone | null | undefined>(undefined);
  const [url, setUrl] = useState<string | undefined>(undefined);
  const [mac, setMac] = useState('');
  const [error, setError] = useState<string | undefined>(undefined);
  useEffect(() => {
    setUrl(undefined);
    void api.get(ADDRESS, { path }).then((outcome) => outcome.ok && setPhone(outcome.data.phone));
  }, [handset]);
  const enrol = async () => {
    const outcome = await api.put(ADDRESS, { path, body: { mac } });
    const wrong = outcome.ok ? undefined : outcome.errors.find(({ field }) => field === 'body.mac');
    setError(wrong && fieldErrorText(wrong));
    if (outcome.ok) {
      setPhone(outcome.data);
      setUrl(outcome.data.url);
    } else if (wrong === undefined) {
      if (outcome.code === undefined) showFailure(outcome.status);
      else showProblem(problemText(outcome));
    }
  };
  const withdraw = async () => {
    const outcome = await api.delete(ADDRESS, { path });
    if (!outcome.ok) {
      showFailure(outcome.status);
      return;
    }
    setPhone(null);
    setUrl(undefined);
    showDone(words.withdrawn);
  };
  if (phone === undefined) return null;
  return (
    <section class="card" aria-labelledby="enrolled">
      <h2 id="enrolled">{words.title}</h2>
      <p class="soft">{words.hint}</p>
      {phone !== null && <PhoneState phone={phone} />}
      {url !== undefined && <EnteredAddress url={url} />}
      {mayConfigure() && (
        <ActionForm
          submit={phone === null ? words.enrol : words.enrolAgain}
          busy={false}
          isSecondary
          onSubmit={() => void enrol()}
          others={
            phone !== null && (
              <button type="button" class="danger" onClick={() => void withdraw()}>
                {words.withdraw}
              </button>
            )
          }
        >
          <TextField label={words.mac} hint={words.macHint} value={mac} error={error} name="mac" onChange={setMac} />
        </ActionForm>
      )}
    </section>
  );
}

function PhoneState({ phone }: { phone: Phone }) {
  const words = texts.enrolment;
  return (
    <dl class="facts" data-enrolled={phone.first_fetched_at === null ? 'waiting' : 'fetched'}>
      <dt>{words.mac}</dt>
      <dd>{phone.mac.match(/../g)?.join(':')}</dd>
      <dt>{texts.state}</dt>
      <dd>
        {phone.last_fetched_at !== null
          ? words.fetched(formatWhen(phone.last_fetched_at))
          : words.waiting(formatWhen(phone.expires_at ?? phone.created_at))}
      </dd>
      {phone.device !== '' && (
        <>
          <dt>{words.device}</dt>
          <dd>{phone.device}</dd>
        </>
      )}
    </dl>
  );
}

/** What is entered into the phone, by the names of its own English menus. */
function EnteredAddress({ url }: { url: string }) {
  const { protocol, host, pathname } = new URL(url);
  const fields = [
    ['Yealink: Settings → Auto Provision → Server URL', url],
    [
      'Grandstream: Maintenance → Upgrade and Provisioning → Config Upgrade Via',
      protocol === 'https:' ? 'HTTPS' : 'HTTP',
    ],
    ['Grandstream: Config Server Path', `${host}${pathname.replace(/\/$/, '')}`],
    ['Snom: Setting URL', url],
  ] as const;
  return (
    <>
      <p class="note" role="status">
        {texts.enrolment.shownOnce}
      </p>
      <dl class="facts">
        {fields.map(([name, value]) => (
          <>
            <dt lang="en">{name}</dt>
            <dd>
              <CopyValue name={name} value={value} />
            </dd>
          </>
        ))}
      </dl>
    </>
  );
}
