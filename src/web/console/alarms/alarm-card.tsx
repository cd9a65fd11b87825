import { useSignal } from '@preact/signals';
import { api } from '../api/client.js';
import { can } from '../session.js';
import { showAlarmCount } from '../shell/alarm-count.js';
import { Badge } from '../ui/badge.js';
import { showDone, showFailure } from '../ui/toasts.js';
import { When } from '../ui/when.js';
import { SilenceForm } from './silence-form.js';
import { texts } from './texts.js';
import type { Alarm } from './types.js';

/** An alarm: what happened, since when, what to do; and who takes care of it. */
export function AlarmCard({ alarm, onChanged }: { alarm: Alarm; onChanged: () => void }) {
  const { id, title, text, remedy, since, acknowledged, silenced, sent_at: sentAt } = alarm;
  const isSilencing = useSignal(false);
  const changed = () => {
    onChanged();
    void showAlarmCount();
  };
  const acknowledge = async () => {
    const outcome = await api.post('/api/v1/alarms/{id}/acknowledge', { path: { id } });
    if (outcome.ok) showDone(texts.taken);
    else showFailure(outcome.status);
    changed();
  };
  return (
    <li class="card receiver" data-alarm={id}>
      <div class="head">
        <h2>{title}</h2>
        {acknowledged !== null && (
          <Badge tone="free" icon="person">
            {texts.acked(acknowledged.by)}
          </Badge>
        )}
        {silenced && (
          <Badge tone="quiet" icon="pause">
            {texts.silenced}
          </Badge>
        )}
      </div>
      <p>{text}</p>
      <p>
        <b>{texts.what}</b> {remedy}
      </p>
      <p class="soft">
        {texts.since}: <When at={since} /> {sentAt === null && texts.notSent}
      </p>
      {can('alarms:write') && (
        <div class="actions">
          {acknowledged === null && (
            <button type="button" class="primary" onClick={() => void acknowledge()}>
              {texts.ack}
            </button>
          )}
          {!silenced && (
            <button type="button" onClick={() => (isSilencing.value = true)}>
              {texts.silence}
            </button>
          )}
        </div>
      )}
      {isSilencing.value && <SilenceForm alarm={alarm} onDone={changed} onClose={() => (isSilencing.value = false)} />}
    </li>
  );
}
