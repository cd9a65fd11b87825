import { api } from '../api/client.js';
import { EmptyState } from '../ui/empty-state.js';
import { usePolled } from '../ui/polled.js';
import { isAlarmReceiver } from '../webhooks/delivery-state.js';
import { ReceiverCard } from '../webhooks/receiver-card.js';
import { texts } from './texts.js';

/** Who receives alarms, how deliveries go, and a test message. */
export function Receivers() {
  const [state, reload] = usePolled(() => api.get('/api/v1/webhooks'));
  if (state === undefined) return null;
  const receivers = state.receivers.filter(({ name, events }) => isAlarmReceiver(name) || events?.includes('alarm'));
  return (
    <section aria-labelledby="receivers">
      <h2 id="receivers">{texts.receivers}</h2>
      {receivers.length === 0 ? (
        <EmptyState icon="warning" title={texts.noReceivers} />
      ) : (
        <ul class="receivers">
          {receivers.map((receiver) => (
            <ReceiverCard key={receiver.name} receiver={receiver} onChanged={reload} />
          ))}
        </ul>
      )}
    </section>
  );
}
