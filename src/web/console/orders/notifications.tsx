import { useLocation } from 'preact-iso';
import { compact } from '../../../lib/compact.js';
import { api } from '../api/client.js';
import { CallButton } from '../dialling/deferred-button.js';
import { formatWhen, groupDigits } from '../format.js';
import { can } from '../session.js';
import { PageHeader } from '../shell/page-header.js';
import { deferred } from '../ui/deferred.js';
import { EmptyState } from '../ui/empty-state.js';
import { useListFilter, type ListFilter } from '../ui/list-filter.js';
import { useLiveList } from '../ui/live-list.js';
import { When } from '../ui/when.js';
import { FilterBar } from '../ui/filter-bar.js';
import { ListFrame } from '../ui/list-frame.js';
import { BatchProgress } from './batch.js';
import { OrderFilter, WordFilter } from './filter.js';
import { NotificationState, statusWords } from './states.js';
import { statusTexts } from './status-texts.js';
import { texts } from './texts.js';
import type { Notification } from './types.js';
import '../styles/orders.css';

const FIELDS = ['order', 'state', 'result', 'batch'] as const;
type Filter = ListFilter<(typeof FIELDS)[number]>;

const NewNotification = deferred(async () => (await import('./new-notification.js')).NewNotification, 6);

/** All notifications; with `?new` the form for another one. */
export default function NotificationsPage() {
  const { query } = useLocation();
  return 'new' in query && can('calls:control') ? <NewNotification /> : <NotificationList />;
}

function NotificationList() {
  const filter = useListFilter('/notifications', FIELDS);
  const { list, loadOlder } = useLiveList({
    key: filter.key,
    idOf: (notification: Notification) => notification.notification_id,
    load: async (page) => {
      const { order, state, result, batch } = filter.chosen;
      // The API refuses a state or result that it does not know.
      const query = compact({ ...page, numbers: 'true', order_id: order, batch, state, result }) as object;
      const outcome = await api.get('/api/v1/notifications', { query });
      return outcome.ok
        ? { ...outcome, data: { items: outcome.data.notifications, next: outcome.data.next } }
        : outcome;
    },
  });
  return (
    <>
      <PageHeader title={texts.notifications}>
        {can('calls:control') && (
          <a class="button primary" href="/notifications?new=1">
            {texts.newNotification}
          </a>
        )}
      </PageHeader>
      <NotificationFilter filter={filter} />
      {filter.chosen.batch !== undefined && <BatchProgress batch={filter.chosen.batch} />}
      <ListFrame
        list={list}
        loadOlder={loadOlder}
        rows={6}
        words={{ more: texts.older, shown: texts.shown }}
        empty={
          <EmptyState icon="orders" title={filter.key === '' ? texts.noneYet : texts.noMatch}>
            {filter.key === '' && texts.noneHint}
          </EmptyState>
        }
      >
        {(notifications) => <NotificationTable notifications={notifications} />}
      </ListFrame>
    </>
  );
}

function NotificationFilter({ filter: { chosen, key, choose } }: { filter: Filter }) {
  return (
    <FilterBar all={key === '' ? undefined : '/notifications'} showAll={texts.showAll}>
      <OrderFilter value={chosen.order ?? ''} onChoose={(value) => choose('order', value)} />
      <WordFilter
        label={texts.state}
        value={chosen.state ?? ''}
        words={texts.states}
        onChoose={(value) => choose('state', value)}
      />
      <WordFilter
        label={texts.result}
        value={chosen.result ?? ''}
        words={statusTexts.results}
        onChoose={(value) => choose('result', value)}
      />
    </FilterBar>
  );
}

function NotificationTable({ notifications }: { notifications: Notification[] }) {
  return (
    <table class="cards orders-list">
      <thead>
        <tr>
          <th>{texts.order}</th>
          <th>{texts.to}</th>
          <th>{texts.status}</th>
          <th>{texts.state}</th>
          <th class="number">{texts.attempts}</th>
          <th class="number">{texts.when}</th>
        </tr>
      </thead>
      <tbody>
        {notifications.map((notification) => (
          <NotificationRow key={notification.notification_id} notification={notification} />
        ))}
      </tbody>
    </table>
  );
}

function NotificationRow({ notification }: { notification: Notification }) {
  const { notification_id: id, order_id: order, to = '', batch, attempts, created_at: at } = notification;
  return (
    <tr>
      <td>
        <a href={`/notifications/${encodeURIComponent(id)}`}>{order}</a>
        {batch !== null && (
          <span class="soft">
            {texts.batch}: <a href={`/notifications?batch=${encodeURIComponent(batch)}`}>{batch}</a>
          </span>
        )}
      </td>
      <td data-label={texts.to}>
        <span class="whole">{groupDigits(to)}</span>
        <CallButton number={to} />
      </td>
      <td data-label={texts.status}>{statusWords(notification)}</td>
      <td data-label={texts.state}>
        <NotificationState notification={notification} />
        {notification.next_attempt_at !== null && (
          <span class="soft">
            {texts.notBefore} {formatWhen(notification.next_attempt_at)}
          </span>
        )}
      </td>
      <td class="number" data-label={texts.attempts}>
        {attempts.length}
      </td>
      <td class="number" data-label={texts.when}>
        <When at={at} />
      </td>
    </tr>
  );
}
