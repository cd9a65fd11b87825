import { mayConfigure } from '../config/may-configure.js';
import { EmptyState } from '../ui/empty-state.js';
import { FirstRows } from './first-rows.js';
import { QueueRow } from './rows.js';
import type { Sections } from './sections.js';
import { Waiting } from './since.js';
import { texts } from './texts.js';

/** Callers of a queue that are shown at first; fewer when callers wait in many queues, so that these fit on a few screens. */
const FIRST = { most: 10, least: 1, ofAll: 60 };

/** The queues: of each how many wait, how long, who can answer, and the first callers in order. */
export function QueueList({ queues }: { queues: Sections['queues'] }) {
  const busyQueues = queues.filter(({ calls }) => calls.length > 0).length;
  const first = Math.max(FIRST.least, Math.min(FIRST.most, Math.floor(FIRST.ofAll / busyQueues)));
  return (
    <section class="queues" aria-labelledby="queues">
      <h2 id="queues" tabIndex={-1}>
        {texts.queues}
      </h2>
      {queues.length === 0 && (
        <EmptyState icon="wait" title={texts.noQueues}>
          {mayConfigure() && (
            <a class="button" href="/queues?new=1">
              {texts.addQueue}
            </a>
          )}
        </EmptyState>
      )}
      {queues.map((each) => (
        <Queue key={each.queue.id} {...each} first={first} />
      ))}
    </section>
  );
}

function Queue({ queue, calls, others, free, busy, first }: Sections['queues'][number] & { first: number }) {
  return (
    <div class="queue" data-queue={queue.id}>
      <div class="head">
        <h3>{queue.name}</h3>
        <p>
          {queue.waiting === 0 ? texts.queueEmpty : <strong>{texts.waiting(queue.waiting)}</strong>}
          {calls[0] !== undefined && (
            <span>
              {' '}
              · {texts.longest} <Waiting since={calls[0].since} />
            </span>
          )}
        </p>
        <p class={free + busy === 0 && queue.waiting > 0 ? 'members bad' : 'members soft'}>
          {free + busy === 0 ? texts.noMembers : texts.members(free, busy)}
        </p>
      </div>
      {calls.length > 0 && (
        <FirstRows items={calls} first={first} more={texts.more}>
          {(shown) => (
            <ol class="rows">
              {shown.map((call) => (
                <QueueRow key={call.id} call={call} isLast={call.position === queue.waiting} />
              ))}
            </ol>
          )}
        </FirstRows>
      )}
      {others > 0 && <p class="soft">{texts.others(others)}</p>}
    </div>
  );
}
