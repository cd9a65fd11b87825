import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { api } from '../api/client.js';
import { configItems } from '../config/items.js';
import { can } from '../session.js';
import { PageHeader } from '../shell/page-header.js';
import { CopyValue } from '../ui/copy-value.js';
import { EmptyState } from '../ui/empty-state.js';
import { Icon } from '../ui/icon.js';
import { showFailure } from '../ui/toasts.js';
import { texts } from './texts.js';
import '../styles/integrations.css';

const TOKEN_NAME = 'embedded-phone';

/** How the phone of an operator gets into pages of another server: their origins, the server's token, the script tag. */
export default function EmbeddedPhonePage() {
  const tag = `<script src="${location.origin}/phone.js" data-token-url="/phone-token.php" data-target="#phone"></script>`;
  return (
    <>
      <PageHeader title={texts.title} />
      <p class="soft">{texts.hint}</p>
      <Origins />
      {can('accounts:write') && <ServerToken />}
      <section>
        <h2>{texts.tag}</h2>
        <p class="soft">{texts.tagHint}</p>
        <p>
          <CopyValue name={texts.tag} value={tag} />
        </p>
        <h3>{texts.request}</h3>
        <p class="soft">{texts.requestHint}</p>
        <p>
          <CopyValue name={texts.request} value={`POST ${location.origin}/api/v1/handsets/NAME/phone-token`} />
        </p>
      </section>
    </>
  );
}

function Origins() {
  const origins = useSignal<readonly string[] | undefined>(undefined);
  useEffect(() => {
    void configItems.read({ section: 'settings', key: 'company' }).then((outcome) => {
      if (outcome.ok) origins.value = originsOf(outcome.data.body);
      else showFailure(outcome.status);
    });
  }, []);
  return (
    <section>
      <h2>{texts.origins}</h2>
      <p class="soft">{texts.originsHint}</p>
      {origins.value?.length === 0 ? (
        <EmptyState icon="integrations" title={texts.noOrigins}>
          <a class="button" href="/settings">
            {texts.changeOrigins}
          </a>
        </EmptyState>
      ) : (
        <>
          <ul>
            {origins.value?.map((origin) => (
              <li key={origin}>{origin}</li>
            ))}
          </ul>
          <p>
            <a href="/settings">{texts.changeOrigins}</a>
          </p>
        </>
      )}
    </section>
  );
}

function originsOf(body: unknown): readonly string[] {
  return (body as { browser_phones?: { origins?: string[] } }).browser_phones?.origins ?? [];
}

/** The token of the page's server. It is shown once, when it is made. */
function ServerToken() {
  const exists = useSignal<boolean | undefined>(undefined);
  const made = useSignal<string | undefined>(undefined);
  useEffect(() => {
    void api.get('/api/v1/tokens').then((outcome) => {
      if (outcome.ok) exists.value = outcome.data.tokens.some(({ name }) => name === TOKEN_NAME);
      else showFailure(outcome.status);
    });
  }, []);
  const make = async () => {
    const body = { name: TOKEN_NAME, scopes: ['phones:embed' as const], replace: exists.value === true };
    const outcome = await api.post('/api/v1/tokens', { body });
    if (!outcome.ok) {
      showFailure(outcome.status);
      return;
    }
    made.value = outcome.data.token;
    exists.value = true;
  };
  return (
    <section>
      <h2>{texts.token}</h2>
      <p class="soft">{texts.tokenHint}</p>
      {made.value !== undefined ? (
        <>
          <p>
            <CopyValue name={texts.token} value={made.value} />
          </p>
          <p class="notice" role="status">
            <Icon name="warning" />
            {texts.tokenOnce}
          </p>
        </>
      ) : (
        exists.value !== undefined && (
          <div class="actions">
            <button type="button" class={exists.value ? 'danger' : 'primary'} onClick={() => void make()}>
              {exists.value ? texts.replaceToken : texts.makeToken}
            </button>
            {exists.value && <span class="soft">{texts.replaceHint}</span>}
          </div>
        )
      )}
    </section>
  );
}
