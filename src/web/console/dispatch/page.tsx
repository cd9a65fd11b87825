import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { api } from '../api/client.js';
import type { paths } from '../api/schema.js';
import { texts as integrationTexts } from '../integrations/texts.js';
import { can } from '../session.js';
import { PageHeader } from '../shell/page-header.js';
import { Badge } from '../ui/badge.js';
import { CopyValue } from '../ui/copy-value.js';
import { Icon } from '../ui/icon.js';
import { Skeleton } from '../ui/skeleton.js';
import { showDone, showFailure } from '../ui/toasts.js';
import '../styles/integrations.css';

const texts = integrationTexts.dispatch;

type Settings = paths['/api/v1/dispatch-settings']['get']['responses'][200]['content']['application/json'];
type Form = Settings['forms'][number];
type FormField = Form['fields'][number];

/** The values for the three forms of the dispatch, ready to be copied. Their labels are those of the dispatch. */
export default function DispatchPage() {
  const settings = useSignal<Settings | undefined>(undefined);
  useEffect(() => {
    void api.get('/api/v1/dispatch-settings').then((outcome) => {
      if (outcome.ok) settings.value = outcome.data;
      else showFailure(outcome.status);
    });
  }, []);
  const makeTokens = async (provider: Form['for'], replace: boolean) => {
    const outcome = await api.post('/api/v1/dispatch-settings/tokens', { body: { for: provider, replace } });
    const shown = settings.value;
    if (!outcome.ok || shown === undefined) {
      if (!outcome.ok) showFailure(outcome.status);
      return;
    }
    const [made] = outcome.data.forms;
    settings.value = { ...shown, forms: shown.forms.map((form) => (made && form.for === provider ? made : form)) };
    showDone(texts.tokensMade);
  };
  const shown = settings.value;
  return (
    <>
      <PageHeader title={texts.title} />
      <p class="soft">{texts.hint}</p>
      {shown === undefined ? (
        <Skeleton rows={6} />
      ) : (
        <>
          {shown.forms.map((form) => (
            <FormSection key={form.for} form={form} onMake={(replace) => void makeTokens(form.for, replace)} />
          ))}
          <Lines lines={shown.lines} />
          <Employees operators={shown.operators} />
        </>
      )}
    </>
  );
}

function FormSection({ form, onMake }: { form: Form; onMake: (replace: boolean) => void }) {
  const [provider, ...fields] = form.fields;
  const tokens = fields.filter(({ token }) => token !== undefined);
  const isReplaced = tokens.length > 0 && tokens.every(({ token }) => token?.exists === true);
  const isShown = tokens.some(({ value }) => value !== null);
  return (
    <section>
      <h2>{provider?.value ?? form.for}</h2>
      <dl class="copied-fields card">
        {form.fields.map((field) => (
          <div key={field.label}>
            <dt lang="ru">{field.label}</dt>
            <dd>
              <FieldValue field={field} />
            </dd>
          </div>
        ))}
      </dl>
      {isShown ? (
        <p class="notice" role="status">
          <Icon name="warning" />
          {texts.shownOnce}
        </p>
      ) : (
        can('accounts:write') &&
        tokens.length > 0 && (
          <div class="actions">
            <button type="button" onClick={() => onMake(isReplaced)} class={isReplaced ? 'danger' : ''}>
              {isReplaced ? texts.replaceTokens : texts.makeTokens}
            </button>
            {isReplaced && <span class="soft">{texts.replaceHint}</span>}
          </div>
        )
      )}
    </section>
  );
}

function FieldValue({ field: { kind, label, value, token } }: { field: FormField }) {
  if (kind === 'tick') return <>{value}</>;
  if (value !== null) return <CopyValue value={value} name={label} />;
  return (
    <Badge tone={token?.exists === true ? 'quiet' : 'ring'} icon={token?.exists === true ? 'check' : 'warning'}>
      {token?.exists === true ? texts.tokenThere : texts.tokenMissing}
    </Badge>
  );
}

function Lines({ lines }: Pick<Settings, 'lines'>) {
  if (lines.length === 0) return null;
  return (
    <section>
      <h2 lang="ru">Справочники → Телефонная линия</h2>
      <table class="cards">
        <thead>
          <tr>
            <th>{texts.line}</th>
            <th>{texts.branch}</th>
            <th>{texts.tariff}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ number, branch, tariff }) => (
            <tr key={number}>
              <td>
                <CopyValue value={number} name={texts.line} />
              </td>
              <td data-label={texts.branch}>{branch ?? '–'}</td>
              <td data-label={texts.tariff}>{tariff ?? '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Employees({ operators }: Pick<Settings, 'operators'>) {
  if (operators.length === 0) return null;
  return (
    <section>
      <h2 lang="ru">Профиль сотрудника → Внешние АТС</h2>
      <p class="soft">{texts.passwordHint}</p>
      <table class="cards">
        <thead>
          <tr>
            <th>{texts.name}</th>
            <th>{texts.login}</th>
          </tr>
        </thead>
        <tbody>
          {operators.map(({ name, login, webrtc }) => (
            <tr key={name}>
              <td>{name}</td>
              <td data-label={texts.login}>
                {login === null ? (
                  <span class="soft">{texts.noHandset}</span>
                ) : (
                  <span class="login">
                    <CopyValue value={login} name={`${texts.login}, ${name}`} />
                    <a href={`/handsets/${encodeURIComponent(login)}`}>{texts.password}</a>
                    {!webrtc && <span class="soft">{texts.noBrowser}</span>}
                  </span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
