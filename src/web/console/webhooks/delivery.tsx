import { useRoute } from 'preact-iso';
import { api } from '../api/client.js';
import { formatExactInstant, formatSeconds, formatWhen } from '../format.js';
import { texts as integrationTexts } from '../integrations/texts.js';
import { failureText } from '../integrations/words.js';
import { can } from '../session.js';
import { PageHeader } from '../shell/page-header.js';
import { Badge } from '../ui/badge.js';
import { WayBack } from '../ui/way-back.js';
import { EmptyState } from '../ui/empty-state.js';
import { Icon } from '../ui/icon.js';
import { useItem } from '../ui/item.js';
import { useRefresh } from '../ui/refresh.js';
import { Skeleton } from '../ui/skeleton.js';
import { showDone } from '../ui/toasts.js';
import '../styles/integrations.css';
import { DeliveryState, eventName, receiverName } from './delivery-state.js';
import type { DeliveryWithAttempts } from './types.js';

const texts = integrationTexts.webhooks;
/** How often a waiting delivery is read again. */
const EVERY_MS = 2_000;

/** One delivery: what happened to it, attempt by attempt, and what was sent. */
export default function DeliveryPage() {
  const { id: key = '' } = useRoute().params;
  const id = Number(key);
  const load = () => api.get('/api/v1/webhooks/deliveries/{id}', { path: { id } });
  const { item: delivery, show } = useItem<DeliveryWithAttempts>(load, id);
  const isWaiting = typeof delivery === 'object' && delivery.state === 'waiting';
  useRefresh(() => isWaiting && void load().then((outcome) => outcome.ok && show(outcome)), EVERY_MS, [id, isWaiting]);
  const wayBack = <WayBack to="/webhooks">{integrationTexts.backToWebhooks}</WayBack>;
  if (delivery === undefined || delivery === 'missing')
    return (
      <>
        {wayBack}
        <PageHeader title={texts.deliveries} />
        {delivery === undefined ? <Skeleton rows={4} /> : <EmptyState icon="empty" title={texts.notFound} />}
      </>
    );
  const resend = async () => {
    const outcome = await api.post('/api/v1/webhooks/deliveries/{id}/redeliver', { path: { id } });
    if (show(outcome)) showDone(texts.resentOne);
  };
  return (
    <>
      {wayBack}
      <PageHeader title={`${eventName(delivery.event)} → ${receiverName(delivery.webhook)}`}>
        {can('webhooks:write') && (
          <button type="button" class="primary with-icon" onClick={() => void resend()}>
            <Icon name="undo" />
            {texts.resend}
          </button>
        )}
      </PageHeader>
      <Facts delivery={delivery} />
      <h2>{texts.attempts}</h2>
      <Attempts attempts={delivery.attempts} />
      <details>
        <summary>{texts.content}</summary>
        <pre>{JSON.stringify(delivery.body, null, 2)}</pre>
      </details>
    </>
  );
}

const IS_CALL = /^c_/;

function Facts({ delivery }: { delivery: DeliveryWithAttempts }) {
  const { state, due_at: dueAt, call_id: call, created_at: createdAt } = delivery;
  const stateHint = {
    waiting: dueAt === null ? texts.waitsBehind : texts.nextAttempt(formatWhen(dueAt)),
    dead: texts.deadHint,
    dropped: texts.droppedHint,
    delivered: undefined,
  }[state];
  return (
    <dl class="facts card">
      <div>
        <dt>{texts.state}</dt>
        <dd>
          <DeliveryState state={state} />
          {stateHint !== undefined && <span class="soft">{stateHint}</span>}
        </dd>
      </div>
      <div>
        <dt>{integrationTexts.when}</dt>
        <dd>
          {formatWhen(createdAt)} ({formatExactInstant(createdAt)})
        </dd>
      </div>
      <div>
        <dt>{texts.call}</dt>
        <dd>
          {IS_CALL.test(call) && (
            <>
              <a href={`/calls/${encodeURIComponent(call)}`}>{texts.call}</a> ·{' '}
            </>
          )}
          <a href={`/webhooks?${new URLSearchParams({ call }).toString()}`}>{texts.ofCall}</a>
        </dd>
      </div>
    </dl>
  );
}

function Attempts({ attempts }: Pick<DeliveryWithAttempts, 'attempts'>) {
  if (attempts.length === 0) return <p class="soft">{texts.noAttempts}</p>;
  return (
    <ol class="attempts card">
      {[...attempts].reverse().map(({ number, at, latency_ms: latencyMs, status, failed, reason, answer }) => {
        const isAccepted = status !== null && status >= 200 && status <= 299;
        return (
          <li key={number}>
            <span class="soft">
              {texts.attempt(number)} · {formatWhen(at)} · {formatSeconds(latencyMs)}
              {'\u00a0s'}
            </span>
            <Badge tone={isAccepted ? 'free' : 'bad'} icon={isAccepted ? 'check' : 'warning'}>
              {isAccepted ? texts.accepted(status) : failureText({ status, reason })}
            </Badge>
            {(answer !== '' || failed !== null) && (
              <details>
                <summary>{integrationTexts.details}</summary>
                <pre>{failed ?? answer}</pre>
              </details>
            )}
          </li>
        );
      })}
    </ol>
  );
}
