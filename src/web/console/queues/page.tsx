import { useLocation } from 'preact-iso';
import { useEffect, useState } from 'preact/hooks';
import { AddLink } from '../config/add-link.js';
import { mayConfigure } from '../config/may-configure.js';
import { configItems } from '../config/items.js';
import { PageHeader } from '../shell/page-header.js';
import { EmptyState } from '../ui/empty-state.js';
import { useLeave } from '../ui/leave.js';
import { usePolled } from '../ui/polled.js';
import { Skeleton } from '../ui/skeleton.js';
import { WayBack } from '../ui/way-back.js';
import { QueueForm } from './queue-form.js';
import { loadQueues, MembersBadge, WaitingBadge } from './state.js';
import { texts } from './texts.js';

/** All queues with their live state; with `?new` the form for another one. */
export default function QueuesPage() {
  const { query } = useLocation();
  return 'new' in query && mayConfigure() ? <NewQueue /> : <QueueList />;
}

function QueueList() {
  const [data] = usePolled(loadQueues);
  return (
    <>
      <PageHeader title={texts.title}>
        <AddLink to="/queues?new=1" text={texts.add} primary />
      </PageHeader>
      {data === undefined ? (
        <Skeleton rows={5} />
      ) : data.queues.length === 0 ? (
        <EmptyState icon="wait" title={texts.none}>
          {texts.noneHint}
        </EmptyState>
      ) : (
        <table class="cards">
          <thead>
            <tr>
              <th>{texts.queue}</th>
              <th>{texts.callers}</th>
              <th>{texts.answering}</th>
            </tr>
          </thead>
          <tbody>
            {data.queues.map((queue) => (
              <tr key={queue.id}>
                <td>
                  <a href={`/queues/${queue.id}`}>{queue.name}</a>
                </td>
                <td data-label={texts.callers}>
                  <WaitingBadge queue={queue} />
                </td>
                <td data-label={texts.answering}>
                  <MembersBadge queue={queue} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {data?.current === false && <p class="bad">{texts.stale}</p>}
    </>
  );
}

/** The smallest number that no queue has is proposed. */
function NewQueue() {
  const leave = useLeave();
  const [id, setId] = useState<number | undefined>(undefined);
  useEffect(() => {
    void configItems.list('queues').then((outcome) => {
      const used = outcome.ok ? outcome.data.map(({ key }) => Number(key)) : [];
      setId(Math.max(0, ...used) + 1);
    });
  }, []);
  return (
    <>
      <WayBack to="/queues">{texts.title}</WayBack>
      <PageHeader title={texts.add} />
      {id === undefined ? (
        <Skeleton rows={6} />
      ) : (
        <QueueForm
          at={{ section: 'queues', key: '' }}
          fresh={{ id, name: '' }}
          onSaved={(key) => leave(`/queues/${key}`)}
        />
      )}
    </>
  );
}
