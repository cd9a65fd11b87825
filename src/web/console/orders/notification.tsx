import type { ComponentChildren } from 'preact';
import { useRoute } from 'preact-iso';
import { useState } from 'preact/hooks';
import { api } from '../api/client.js';
import { CallButton } from '../dialling/deferred-button.js';
import { formatWhen, groupDigits } from '../format.js';
import { lineName } from '../names.js';
import { can } from '../session.js';
import { PageHeader } from '../shell/page-header.js';
import { EmptyState } from '../ui/empty-state.js';
import { doLater } from '../ui/later.js';
import { useItem } from '../ui/item.js';
import { useRefresh } from '../ui/refresh.js';
import { Skeleton } from '../ui/skeleton.js';
import { showFailure } from '../ui/toasts.js';
import { WayBack } from '../ui/way-back.js';
import { When } from '../ui/when.js';
import { NotificationState, statusWords } from './states.js';
import { texts } from './texts.js';
import type { Notification } from './types.js';
import '../styles/orders.css';

const INTERVAL_MS = 3_000;

/** One notification: its state, and its calls. */
export default function NotificationPage() {
  const { id = '' } = useRoute().params;
  const { item, reload } = useItem(
    () => api.get('/api/v1/notifications/{id}', { path: { id }, query: { numbers: 'true' } }),
    id,
  );
  const isOpen = typeof item === 'object' && item.state !== 'done';
  useRefresh(() => isOpen && void reload(), INTERVAL_MS, [id, isOpen]);
  const title =
    typeof item === 'object' ? `${texts.notification} · ${texts.order} ${item.order_id}` : texts.notification;
  return (
    <>
      <WayBack to="/notifications">{texts.notifications}</WayBack>
      <PageHeader title={title}>
        {isOpen && can('calls:control') && <Cancel key={id} of={item} onDone={reload} />}
      </PageHeader>
      {item === undefined ? (
        <Skeleton rows={6} />
      ) : item === 'missing' ? (
        <EmptyState icon="warning" title={texts.missing} />
      ) : (
        <>
          <Facts notification={item} />
          <h2>{texts.attempts}</h2>
          {item.attempts.length === 0 ? (
            <EmptyState icon="calls" title={texts.noAttempts} />
          ) : (
            <Attempts attempts={item.attempts} />
          )}
        </>
      )}
    </>
  );
}

function Cancel({ of, onDone }: { of: Notification; onDone: () => Promise<void> }) {
  const [isPressed, setPressed] = useState(false);
  const cancel = async () => {
    const outcome = await api.delete('/api/v1/notifications/{id}', { path: { id: of.notification_id } });
    if (!outcome.ok) showFailure(outcome.status);
    await onDone();
    setPressed(false);
  };
  const press = () => {
    setPressed(true);
    doLater(
      texts.cancelLater(of.order_id),
      () => void cancel(),
      () => setPressed(false),
    );
  };
  return (
    <button type="button" class="danger" title={texts.cancelHint} disabled={isPressed} onClick={press}>
      {texts.cancel}
    </button>
  );
}

function Facts({ notification }: { notification: Notification }) {
  const {
    order_id: order,
    batch,
    state,
    created_at: created,
    next_attempt_at: next,
    expires_at: expires,
  } = notification;
  const { digit, action } = notification;
  const key = [can('numbers:read') ? digit : null, action && texts.actions[action]].filter((part) => part !== null);
  return (
    <dl class="facts card">
      <Fact name={texts.state}>
        <NotificationState notification={notification} />
      </Fact>
      <Fact name={texts.status}>{statusWords(notification)}</Fact>
      <Fact name={texts.order}>
        <a href={`/notifications?order=${encodeURIComponent(order)}`}>{order}</a>
      </Fact>
      <Fact name={texts.to}>
        <span class="whole">{groupDigits(notification.to ?? '')}</span>
        <CallButton number={notification.to ?? ''} />
      </Fact>
      <Fact name={texts.shownLine}>{lineName(notification.line)}</Fact>
      {batch !== null && (
        <Fact name={texts.batch}>
          <a href={`/notifications?batch=${encodeURIComponent(batch)}`}>{batch}</a>
        </Fact>
      )}
      {next !== null && <Fact name={texts.notBefore}>{formatWhen(next)}</Fact>}
      {state !== 'done' && <Fact name={texts.expires}>{formatWhen(expires)}</Fact>}
      {key.length > 0 && <Fact name={texts.pressed}>{key.join(' · ')}</Fact>}
      <Fact name={texts.created}>
        <When at={created} />
      </Fact>
      <Fact name={texts.id}>
        <code>{notification.external_id}</code>
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Attempts({ attempts }: { attempts: Notification['attempts'] }) {
  return (
    <table class="cards orders-list">
      <thead>
        <tr>
          <th>{texts.attempt}</th>
          <th>{texts.result}</th>
          <th class="number">{texts.when}</th>
        </tr>
      </thead>
      <tbody>
        {attempts.map(({ number, call_id: call, outcome, started_at: at }) => (
          <tr key={number}>
            <td>
              <a href={`/calls/${encodeURIComponent(call)}`}>
                {texts.call} {number}
              </a>
            </td>
            <td data-label={texts.result}>{outcome === null ? texts.calling : texts.outcomes[outcome]}</td>
            <td class="number" data-label={texts.when}>
              <When at={at} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
