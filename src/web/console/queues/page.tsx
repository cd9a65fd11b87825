import { useLocation } from 'preact-iso';
import { useEffect, useState } from 'preact/hooks';
import { AddLink } from '../config/add-link.js';
import { mayConfigure } from '../config/may-configure.js';
import { configItems } from '../config/items.js';
import { session } from '../session.js';
import { PageHeader } from '../shell/page-header.js';
import { EmptyState } from '../ui/empty-state.js';
import { useLeave } from '../ui/leave.js';
import { usePolled } from '../ui/polled.js';
import { Skeleton } from '../ui/skeleton.js';
import { WayBack } from '../ui/way-back.js';
import type { QueueItem } from './fields.js';
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

/** More handsets are rather not meant for one queue. */
const MOST_PROPOSED = 3;

/**
 * Proposes a number, and the handsets that are in no queue yet: a person mostly adds a handset in order to use it next.
 * @param queues of the company; undefined when they are not known
 */
function newQueue(queues: readonly QueueItem[] | undefined): QueueItem {
  const id = Math.max(0, ...(queues ?? []).map((queue) => queue.id)) + 1;
  const members = new Set((queues ?? []).flatMap(({ handsets = [] }) => handsets));
  const idle =
    queues === undefined ? [] : session.handsets.map(({ name }) => name).filter((name) => !members.has(name));
  const isProposed = idle.length > 0 && idle.length <= MOST_PROPOSED;
  return isProposed ? { id, name: '', handsets: idle } : { id, name: '' };
}

/** A form for a queue with what is proposed for it. */
function NewQueue() {
  const leave = useLeave();
  const [fresh, setFresh] = useState<QueueItem | undefined>(undefined);
  useEffect(() => {
    void configItems.list('queues').then((outcome) => {
      setFresh(newQueue(outcome.ok ? outcome.data.map(({ body }) => body as QueueItem) : undefined));
    });
  }, []);
  return (
    <>
      <WayBack to="/queues">{texts.title}</WayBack>
      <PageHeader title={texts.add} />
      {fresh === undefined ? (
        <Skeleton rows={6} />
      ) : (
        <QueueForm at={{ section: 'queues', key: '' }} fresh={fresh} onSaved={(key) => leave(`/queues/${key}`)} />
      )}
    </>
  );
}
