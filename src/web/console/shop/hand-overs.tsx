import { useSignal } from '@preact/signals';
import { mayConfigure } from '../config/may-configure.js';
import { texts as integrationTexts } from '../integrations/texts.js';
import { placesOf } from '../prompts/places.js';
import { UsedIn } from '../prompts/used-in.js';
import { can } from '../session.js';
import { CopyValue } from '../ui/copy-value.js';
import { EmptyState } from '../ui/empty-state.js';
import { Icon } from '../ui/icon.js';
import { deferred } from '../ui/deferred.js';
import type { ShopSettings } from './settings.js';
import { TryShop } from './try-shop.js';

const texts = integrationTexts.shop;

const AddressForm = deferred(async () => (await import('./address-form.js')).AddressForm, 1);

/** The addresses to which call plans hand calls over. */
export function HandOvers({ settings, onChanged }: { settings: ShopSettings; onChanged: () => void }) {
  const edited = useSignal<string | undefined>(undefined);
  const addresses = [...new Set(settings.hand_overs.map(({ url, profile }) => JSON.stringify([url, profile])))].map(
    (pair) => JSON.parse(pair) as [url: string, profile: string],
  );
  return (
    <section>
      <h2>{texts.handOver}</h2>
      <p class="soft">{texts.handOverHint}</p>
      {addresses.length === 0 && (
        <EmptyState icon="plans" title={texts.noHandOver}>
          {texts.noHandOverHint} <a href="/plans">{texts.openPlans}</a>
        </EmptyState>
      )}
      {addresses.map(([url, profile]) => {
        const places = settings.hand_overs.filter((each) => each.url === url && each.profile === profile);
        return (
          <div key={`${url} ${profile}`} class="card hand-over">
            <dl class="copied-fields">
              <div>
                <dt>{texts.address}</dt>
                <dd>
                  <CopyValue value={url} name={texts.address} />
                  {mayConfigure() && (
                    <button
                      type="button"
                      class="icon-only"
                      aria-label={`${texts.change}: ${url}`}
                      title={texts.change}
                      onClick={() => (edited.value = url)}
                    >
                      <Icon name="edit" />
                    </button>
                  )}
                </dd>
              </div>
              {placesOf(places).length > 0 && (
                <div>
                  <dt>{texts.usedIn}</dt>
                  <dd>
                    <UsedIn usedIn={places} />
                  </dd>
                </div>
              )}
            </dl>
            {can('config:write') && <TryShop url={url} profile={profile} settings={settings} />}
          </div>
        );
      })}
      {edited.value !== undefined && (
        <AddressForm
          url={edited.value}
          places={settings.hand_overs.filter(({ url }) => url === edited.value)}
          onClose={() => (edited.value = undefined)}
          onSaved={() => {
            edited.value = undefined;
            onChanged();
          }}
          onUndone={onChanged}
        />
      )}
    </section>
  );
}
