import { signal } from '@preact/signals';
import { api } from '../../api/client.js';
import type { paths } from '../../api/schema.js';
import { CallButton } from '../../dialling/call-button.js';
import { formatWhen, groupDigits } from '../../format.js';
import { can, session } from '../../session.js';
import { Icon } from '../../ui/icon.js';
import { showFailure } from '../../ui/toasts.js';
import { texts } from './texts.js';

type LastCall =
  paths['/api/v1/handsets/{name}/calls']['get']['responses'][200]['content']['application/json']['calls'][number];

const name = session.handset ?? '';

/** Undefined while they are not shown. */
const shown = signal<LastCall[] | undefined>(undefined);

/** Shows the last numbers of this handset. They are read each time. */
export function LastNumbersButton() {
  if (!can('calls:read')) return null;
  const toggle = async () => {
    if (shown.value !== undefined) {
      shown.value = undefined;
      return;
    }
    const outcome = await api.get('/api/v1/handsets/{name}/calls', { path: { name } });
    if (outcome.ok) shown.value = outcome.data.calls;
    else showFailure(outcome.status);
  };
  return (
    <button type="button" aria-expanded={shown.value !== undefined} onClick={() => void toggle()}>
      {texts.lastNumbers}
    </button>
  );
}

/** The last numbers, each with a button that calls it. */
export function LastNumbers() {
  const { value: calls } = shown;
  if (calls === undefined) return null;
  return (
    <section class="last-numbers" aria-label={texts.lastNumbers}>
      {calls.length === 0 && <p class="soft">{texts.noNumbers}</p>}
      <ul>
        {calls.map((call) => (
          <li key={call.call_id} data-result={call.result}>
            <Icon name={call.result === 'missed' ? 'missed' : call.direction} />
            <span>
              <a href={`/calls/${encodeURIComponent(call.call_id)}`}>{whoOf(call)}</a>{' '}
              <span class="soft">
                {formatWhen(call.started_at)}
                {call.result === 'missed' && ` · ${texts.missed}`}
              </span>
            </span>
            <CallButton number={call.number} call={call.call_id} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** For who may not see numbers, the rest of the number says nothing. */
function whoOf({ name: known, number }: LastCall): string {
  if (known !== null) return known;
  return can('numbers:read') ? groupDigits(number) : texts.somebody;
}
