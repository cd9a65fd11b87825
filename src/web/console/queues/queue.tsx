import { useRoute } from 'preact-iso';
import { useEffect, useState } from 'preact/hooks';
import { api } from '../api/client.js';
import { groupDigits } from '../format.js';
import { can } from '../session.js';
import { PageHeader } from '../shell/page-header.js';
import { useLeave } from '../ui/leave.js';
import { usePolled } from '../ui/polled.js';
import { WayBack } from '../ui/way-back.js';
import { QueueForm } from './queue-form.js';
import { loadQueues, MembersBadge, WaitingBadge } from './state.js';
import { texts } from './texts.js';

/** One queue: its live state, its settings, and the lines that lead to it. */
export default function QueuePage() {
  const { id = '' } = useRoute().params;
  const leave = useLeave();
  const [data, reload] = usePolled(loadQueues, id);
  const queue = data?.queues.find((each) => String(each.id) === id);
  return (
    <>
      <WayBack to="/queues">{texts.title}</WayBack>
      <PageHeader title={queue?.name ?? texts.queue}>
        {queue !== undefined && (
          <div class="badges">
            <WaitingBadge queue={queue} />
            <MembersBadge queue={queue} />
          </div>
        )}
      </PageHeader>
      {can('config:read') && (
        <QueueForm
          key={id}
          at={{ section: 'queues', key: id }}
          onSaved={reload}
          onRemoved={() => leave('/queues')}
          afterwards={<Afterwards id={id} />}
        />
      )}
    </>
  );
}

/** What follows is part of the call plans of the lines that use the queue. */
function Afterwards({ id }: { id: string }) {
  const [lines, setLines] = useState<{ number: string; name: string }[]>([]);
  useEffect(() => {
    if (!can('lines:read')) return;
    void api.get('/api/v1/lines').then((outcome) => {
      if (outcome.ok)
        setLines(outcome.data.lines.filter(({ queues }) => queues.some((each) => String(each.id) === id)));
    });
  }, [id]);
  return (
    <section class="card">
      <h2>{texts.afterwards}</h2>
      <p class="soft">{texts.afterwardsHint}</p>
      {lines.length === 0 ? (
        <p>
          {texts.inNoPlan} <a href="/plans">{texts.toPlans}</a>
        </p>
      ) : (
        <ul class="plain">
          {lines.map(({ number, name }) => (
            <li key={number}>
              <a href={`/plans/lines/${encodeURIComponent(number)}`}>{name === '' ? groupDigits(number) : name}</a>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
