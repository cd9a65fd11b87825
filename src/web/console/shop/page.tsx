import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { api } from '../api/client.js';
import { mayConfigure } from '../config/may-configure.js';
import { texts as integrationTexts } from '../integrations/texts.js';
import { can } from '../session.js';
import { PageHeader } from '../shell/page-header.js';
import { CopyValue } from '../ui/copy-value.js';
import { Icon } from '../ui/icon.js';
import { Skeleton } from '../ui/skeleton.js';
import { showFailure } from '../ui/toasts.js';
import '../styles/integrations.css';
import { HandOvers } from './hand-overs.js';
import { shopPrompts, type ShopSettings } from './settings.js';
import { ShopToken } from './shop-token.js';

const texts = integrationTexts.shop;

/** What the settings of an e-shop ask for, in the order in which they ask, and whether the shop answers. */
export default function ShopPage() {
  const loaded = useSignal<ShopSettings | undefined>(undefined);
  const load = async () => {
    const outcome = await api.get('/api/v1/shop-settings');
    if (outcome.ok) loaded.value = outcome.data;
    else showFailure(outcome.status);
  };
  useEffect(() => void load(), []);
  const settings = loaded.value;
  return (
    <>
      <PageHeader title={texts.title} />
      <p class="soft">{texts.hint}</p>
      {settings === undefined ? (
        <Skeleton rows={6} />
      ) : (
        <>
          <HandOvers settings={settings} onChanged={() => void load()} />
          <Prompts settings={settings} />
          <Access settings={settings} />
          <section>
            <h2>{texts.handsets}</h2>
            <p class="soft">{texts.handsetsHint}</p>
            {settings.handsets.length === 0 ? (
              <p>{texts.noHandsets}</p>
            ) : (
              <CopyValue value={settings.handsets.join(';')} name={texts.handsets} />
            )}
          </section>
          <section>
            <h2>{texts.webhooks}</h2>
            <p class="soft">{texts.webhooksHint}</p>
            {settings.webhooks.length > 0 && (
              <dl class="copied-fields card">
                {settings.webhooks.map(({ name, url }) => (
                  <div key={name}>
                    <dt>{name}</dt>
                    <dd>
                      <CopyValue value={url} name={name} />
                    </dd>
                  </div>
                ))}
              </dl>
            )}
            <a class="button" href="/webhooks">
              {texts.openWebhooks}
            </a>
          </section>
        </>
      )}
    </>
  );
}

function Prompts({ settings }: { settings: ShopSettings }) {
  const prompts = shopPrompts(settings);
  return (
    <section>
      <h2>{texts.prompts}</h2>
      <p class="soft">{texts.promptsHint}</p>
      {settings.reject_prompt === null && (
        <p class="notice">
          <Icon name="warning" />
          <span>
            {texts.rejectMissing} {mayConfigure() && <a href="/settings">{texts.chooseRejected}</a>}
          </span>
        </p>
      )}
      {prompts.length === 0 ? (
        <p>
          {texts.noPrompts} <a href="/prompts">{texts.allPrompts}</a>
        </p>
      ) : (
        <table class="shop-prompts">
          <thead>
            <tr>
              <th>{texts.meaning}</th>
              <th>{texts.id}</th>
            </tr>
          </thead>
          <tbody>
            {prompts.map(({ id, meaning }) => (
              <tr key={id}>
                <td>{can('prompts:read') ? <a href={`/prompts/${id}`}>{meaning}</a> : meaning}</td>
                <td>
                  <CopyValue value={String(id)} name={meaning} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Access({ settings: { numbers, users, api_url: apiUrl } }: { settings: ShopSettings }) {
  return (
    <section>
      <h2>{texts.access}</h2>
      <p class="soft">
        {texts.accessHint} {can('accounts:write') && <a href="/people">{texts.people}</a>}
      </p>
      <dl class="copied-fields card">
        {numbers.map((number) => (
          <div key={number}>
            <dt>{texts.numbers}</dt>
            <dd>
              <CopyValue value={number} name={texts.numbers} />
            </dd>
          </div>
        ))}
        {users.map(({ login, name }) => (
          <div key={login}>
            <dt>
              {texts.users} ({name})
            </dt>
            <dd>
              <CopyValue value={login} name={`${texts.users}, ${name}`} />
            </dd>
          </div>
        ))}
        <div>
          <dt>{texts.api}</dt>
          <dd>
            <CopyValue value={apiUrl} name={texts.api} />
          </dd>
        </div>
        <ShopToken />
      </dl>
      {users.length === 0 && <p>{texts.noUsers}</p>}
    </section>
  );
}
