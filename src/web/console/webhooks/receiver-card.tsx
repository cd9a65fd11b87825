import { useSignal } from '@preact/signals';
import { api } from '../api/client.js';
import { mayConfigure } from '../config/may-configure.js';
import { formatSeconds, formatWhen } from '../format.js';
import { texts as integrationTexts } from '../integrations/texts.js';
import { failureText, formatSpan } from '../integrations/words.js';
import type { IconName } from '../../icons.js';
import { can } from '../session.js';
import { Badge, type Tone } from '../ui/badge.js';
import { CopyValue } from '../ui/copy-value.js';
import { Icon } from '../ui/icon.js';
import { now } from '../ui/clock.js';
import { showDone, showFailure } from '../ui/toasts.js';
import { eventName, isCallback, receiverName } from './delivery-state.js';
import type { Receiver } from './types.js';

const texts = integrationTexts.webhooks;

const LOOKS: Record<Receiver['state'], { tone: Tone; icon: IconName }> = {
  unused: { tone: 'quiet', icon: 'clock' },
  working: { tone: 'free', icon: 'check' },
  unsteady: { tone: 'ring', icon: 'warning' },
  failing: { tone: 'bad', icon: 'warning' },
};

interface ReceiverCardProps {
  receiver: Receiver;
  /** Undefined: it is edited elsewhere. */
  onEdit?: (() => void) | undefined;
  onChanged: () => void;
}

/** A receiver: how deliveries to it go, in words, and what can be done about it. */
export function ReceiverCard({ receiver, onEdit, onChanged }: ReceiverCardProps) {
  const { name, url, events, state, dead } = receiver;
  const resendDead = async () => {
    const outcome = await api.post('/api/v1/webhooks/deliveries/redeliver-dead', { body: { webhook: name } });
    if (!outcome.ok) showFailure(outcome.status);
    else showDone(texts.resent(outcome.data.redelivered));
    onChanged();
  };
  return (
    <li class={`card receiver ${state}`}>
      <div class="head">
        <h2>{receiverName(name)}</h2>
        <Badge {...LOOKS[state]}>
          <ReceiverState receiver={receiver} />
        </Badge>
        {mayConfigure() && onEdit !== undefined && (
          <button
            type="button"
            class="icon-only"
            aria-label={`${texts.edit}: ${name}`}
            title={texts.edit}
            onClick={onEdit}
          >
            <Icon name="edit" />
          </button>
        )}
      </div>
      <CopyValue value={url} name={`${texts.url}, ${name}`} />
      <p class="soft">
        {isCallback(name) ? texts.ofCallback : events === null ? texts.allEvents : events.map(eventName).join(', ')}
      </p>
      <HealthSentences receiver={receiver} />
      {can('webhooks:write') && (
        <div class="actions">
          <TestButton name={name} />
          {dead > 0 && (
            <button type="button" class="with-icon" onClick={() => void resendDead()}>
              <Icon name="undo" />
              {texts.resendDead(dead)}
            </button>
          )}
        </div>
      )}
    </li>
  );
}

function ReceiverState({ receiver: { state, failing_since: since } }: { receiver: Receiver }) {
  const isFailing = (state === 'failing' || state === 'unsteady') && since !== null;
  return <>{isFailing ? texts.failingFor(formatSpan(now.value - Date.parse(since))) : texts.states[state]}</>;
}

function HealthSentences({ receiver }: { receiver: Receiver }) {
  const { name, waiting, dead, delivered_at: deliveredAt, last_failure: failure, state } = receiver;
  const listOf = (wanted: string) => `/webhooks?${new URLSearchParams({ webhook: name, state: wanted }).toString()}`;
  return (
    <ul class="plain health">
      {waiting > 0 && (
        <li>
          <a href={listOf('waiting')}>{texts.waiting(waiting)}</a>
        </li>
      )}
      {dead > 0 && (
        <li>
          <a href={listOf('dead')}>{texts.givenUp(dead)}</a>
        </li>
      )}
      {failure !== null && (state !== 'working' || dead > 0) && (
        <li>{texts.lastFailure(failureText(failure), formatWhen(failure.at))}</li>
      )}
      {deliveredAt !== null && <li>{texts.lastDelivered(formatWhen(deliveredAt))}</li>}
    </ul>
  );
}

/** Sends an event that belongs to no call, and shows what the receiver answered. */
function TestButton({ name }: { name: string }) {
  const isBusy = useSignal(false);
  const result = useSignal<{ ok: boolean; text: string; sent: string; answer: string } | undefined>(undefined);
  const test = async () => {
    if (isBusy.value) return;
    isBusy.value = true;
    const outcome = await api.post('/api/v1/webhooks/{name}/test', { path: { name } });
    isBusy.value = false;
    if (!outcome.ok) {
      showFailure(outcome.status);
      return;
    }
    const { status, latency_ms: latencyMs, sent, answer } = outcome.data;
    const ok = status !== null && status >= 200 && status <= 299;
    const text = ok ? texts.testOk(status, formatSeconds(latencyMs)) : texts.testBad(failureText(outcome.data));
    result.value = { ok, text, sent, answer };
  };
  const shown = result.value;
  return (
    <>
      <button
        type="button"
        class="with-icon"
        title={texts.testHint}
        disabled={isBusy.value}
        onClick={() => void test()}
      >
        <Icon name="send" />
        {isBusy.value ? texts.testing : texts.test}
      </button>
      <div role="status" class="test-result">
        {shown && (
          <>
            <Badge tone={shown.ok ? 'free' : 'bad'} icon={shown.ok ? 'check' : 'warning'}>
              {shown.text}
            </Badge>
            <details>
              <summary>{integrationTexts.details}</summary>
              <h4>{texts.sent}</h4>
              <pre>{shown.sent}</pre>
              <h4>{texts.answered}</h4>
              <pre>{shown.answer === '' ? texts.emptyAnswer : shown.answer}</pre>
            </details>
          </>
        )}
      </div>
    </>
  );
}
