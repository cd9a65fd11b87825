import { api } from '../api/client.js';
import { can } from '../session.js';
import { showAlarmCount } from '../shell/alarm-count.js';
import { showDone, showFailure } from '../ui/toasts.js';
import { When } from '../ui/when.js';
import { ruleName, subjectName } from './rule-name.js';
import { texts } from './texts.js';
import type { Silence } from './types.js';

/** What is silenced, until when, by whom and why. */
export function Silences({ silences, onChanged }: { silences: readonly Silence[]; onChanged: () => void }) {
  const end = async (id: number) => {
    const outcome = await api.delete('/api/v1/alarms/silences/{id}', { path: { id } });
    if (outcome.ok) showDone(texts.ended);
    else showFailure(outcome.status);
    onChanged();
    void showAlarmCount();
  };
  return (
    <section aria-labelledby="silences">
      <h2 id="silences">{texts.silences}</h2>
      <ul class="plain">
        {silences.map(({ id, rule, about, until, by, reason }) => (
          <li key={id} class="card">
            <p>
              <b>
                {ruleName(rule)}
                {about !== '' && `: ${about === null ? texts.every : subjectName(rule, about)}`}
              </b>{' '}
              {texts.until} <When at={until} />
            </p>
            <p class="soft">
              {by}: {reason}
            </p>
            {can('alarms:write') && (
              <button type="button" onClick={() => void end(id)}>
                {texts.endSilence}
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
