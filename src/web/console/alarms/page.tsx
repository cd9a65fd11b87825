import { api } from '../api/client.js';
import { can } from '../session.js';
import { PageHeader } from '../shell/page-header.js';
import { EmptyState } from '../ui/empty-state.js';
import { usePolled } from '../ui/polled.js';
import { Skeleton } from '../ui/skeleton.js';
import { AlarmCard } from './alarm-card.js';
import { History } from './history.js';
import { Receivers } from './receivers.js';
import { Silences } from './silences.js';
import { texts } from './texts.js';
import '../styles/integrations.css';

/** The alarms that fire now, what is silenced, who receives them, and former alarms. */
export default function AlarmsPage() {
  const [state, reload] = usePolled(() => api.get('/api/v1/alarms'));
  return (
    <>
      <PageHeader title={texts.title}>
        {can('config:read') && (
          <a class="button" href="/alarms/settings">
            {texts.settings}
          </a>
        )}
      </PageHeader>
      {state === undefined ? (
        <Skeleton rows={3} />
      ) : state.alarms.length === 0 ? (
        <EmptyState icon="check" title={texts.none}>
          {texts.noneHint}
        </EmptyState>
      ) : (
        <ul class="receivers">
          {state.alarms.map((alarm) => (
            <AlarmCard key={alarm.id} alarm={alarm} onChanged={reload} />
          ))}
        </ul>
      )}
      {state !== undefined && state.silences.length > 0 && <Silences silences={state.silences} onChanged={reload} />}
      {can('config:read') && <Receivers />}
      <History version={state?.alarms.map(({ id }) => id).join(' ') ?? ''} />
    </>
  );
}
