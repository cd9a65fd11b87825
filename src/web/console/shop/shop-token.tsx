import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Scope } from '../../../http/route.js';
import { api } from '../api/client.js';
import { texts as integrationTexts } from '../integrations/texts.js';
import { can } from '../session.js';
import { Badge } from '../ui/badge.js';
import { CopyValue } from '../ui/copy-value.js';
import { Icon } from '../ui/icon.js';
import { showFailure } from '../ui/toasts.js';

const texts = integrationTexts.shop;

const NAME = 'shop';
/** What a shop does with the control API. It cannot change the configuration. */
const SCOPES: Scope[] = [
  'calls:read',
  'calls:control',
  'calls:reject',
  'numbers:read',
  'operators:read',
  'operators:control',
  'prompts:read',
  'recordings:read',
];

/** The shop's token for the control API. It is shown once, when it is made. */
export function ShopToken() {
  const exists = useSignal<boolean | undefined>(undefined);
  const made = useSignal<string | undefined>(undefined);
  const mayMake = can('accounts:write');
  useEffect(() => {
    if (!mayMake) return;
    void api.get('/api/v1/tokens').then((outcome) => {
      if (outcome.ok) exists.value = outcome.data.tokens.some(({ name }) => name === NAME);
      else showFailure(outcome.status);
    });
  }, []);
  if (exists.value === undefined) return null;
  const make = async () => {
    const outcome = await api.post('/api/v1/tokens', {
      body: { name: NAME, scopes: SCOPES, replace: exists.value === true },
    });
    if (!outcome.ok) {
      showFailure(outcome.status);
      return;
    }
    made.value = outcome.data.token;
    exists.value = true;
  };
  return (
    <div>
      <dt>{texts.token}</dt>
      <dd>
        {made.value !== undefined ? (
          <>
            <CopyValue value={made.value} name={texts.token} />
            <span class="notice" role="status">
              <Icon name="warning" />
              {texts.tokenOnce}
            </span>
          </>
        ) : (
          <>
            {exists.value && (
              <Badge tone="quiet" icon="check">
                {integrationTexts.dispatch.tokenThere}
              </Badge>
            )}
            <button type="button" class={exists.value ? 'danger' : ''} onClick={() => void make()}>
              {exists.value ? texts.replaceToken : texts.makeToken}
            </button>
            {exists.value && <span class="soft">{texts.replaceTokenHint}</span>}
          </>
        )}
      </dd>
    </div>
  );
}
