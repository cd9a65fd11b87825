import { useSignal } from '@preact/signals';
import { useLocation } from 'preact-iso';
import { useEffect } from 'preact/hooks';
import { api } from '../api/client.js';
import { mayConfigure } from '../config/may-configure.js';
import { texts as integrationTexts } from '../integrations/texts.js';
import { can } from '../session.js';
import { PageHeader } from '../shell/page-header.js';
import { EmptyState } from '../ui/empty-state.js';
import { Icon } from '../ui/icon.js';
import { deferred } from '../ui/deferred.js';
import { Skeleton } from '../ui/skeleton.js';
import { showFailure } from '../ui/toasts.js';
import '../styles/integrations.css';
import { Deliveries } from './deliveries.js';
import { isAlarmReceiver, isCallback } from './delivery-state.js';
import { ReceiverCard } from './receiver-card.js';
import type { Receiver } from './types.js';

const texts = integrationTexts.webhooks;
const ReceiverForm = deferred(async () => (await import('./receiver-form.js')).ReceiverForm, 1);
/** How often the health of the receivers is read. */
const EVERY_MS = 10_000;

/** The receivers of events, how they are, and every delivery. */
export default function WebhooksPage() {
  const { url } = useLocation();
  const { search } = new URL(url, location.origin);
  const receivers = useSignal<Receiver[] | undefined>(undefined);
  /** Name of the edited receiver; empty for a new one. */
  const edited = useSignal<string | undefined>(undefined);
  /** Changes when deliveries were sent again. */
  const version = useSignal(0);
  const shown = receivers.value?.filter(({ name }) => !isAlarmReceiver(name));
  const seesReceivers = can('config:read');
  const load = async (isQuiet = false) => {
    if (!seesReceivers) return;
    const outcome = await api.get('/api/v1/webhooks');
    if (outcome.ok) receivers.value = outcome.data.receivers;
    else if (!isQuiet) showFailure(outcome.status);
  };
  const reload = () => {
    version.value += 1;
    void load();
  };
  useEffect(() => {
    void load();
    const timer = setInterval(() => void load(true), EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <>
      <PageHeader title={texts.title}>
        {mayConfigure() && (
          <button type="button" class="primary with-icon" onClick={() => (edited.value = '')}>
            <Icon name="add" />
            {texts.add}
          </button>
        )}
      </PageHeader>
      {seesReceivers && (
        <>
          <p class="soft">{texts.hint}</p>
          {shown === undefined ? (
            <Skeleton rows={2} />
          ) : shown.length === 0 ? (
            <EmptyState icon="integrations" title={texts.none}>
              {texts.noneHint}
            </EmptyState>
          ) : (
            <ul class="receivers">
              {shown.map((receiver) => (
                <ReceiverCard
                  key={receiver.name}
                  receiver={receiver}
                  onEdit={isCallback(receiver.name) ? undefined : () => (edited.value = receiver.name)}
                  onChanged={reload}
                />
              ))}
            </ul>
          )}
        </>
      )}
      <h2>{texts.deliveries}</h2>
      <Deliveries key={version.value} search={search} receivers={receivers.value?.map(({ name }) => name) ?? []} />
      {edited.value !== undefined && (
        <ReceiverForm
          name={edited.value}
          onClose={() => (edited.value = undefined)}
          onSaved={() => {
            edited.value = undefined;
            reload();
          }}
        />
      )}
    </>
  );
}
