import { useSignal } from '@preact/signals';
import { api } from '../api/client.js';
import { groupDigits } from '../format.js';
import { can } from '../session.js';
import { EmptyState } from '../ui/empty-state.js';
import { usePolled } from '../ui/polled.js';
import { When } from '../ui/when.js';
import { NewLine } from './new-line.js';
import { texts } from './texts.js';
import type { RefusedCall } from './types.js';

const LISTED = 200;

/** Calls that were refused before a plan began. A number that no line has can become a line. */
export function RefusedCalls() {
  const calls = usePolled(() => api.get('/api/v1/refused-calls', { query: { limit: LISTED } }))[0]?.calls;
  const wanted = useSignal<string | undefined>(undefined);
  const made = useSignal<readonly string[]>([]);
  if (calls === undefined) return null;
  const groups = grouped(calls);
  return (
    <section aria-labelledby="refused">
      <h2 id="refused">{texts.refused}</h2>
      {groups.length === 0 ? (
        <EmptyState icon="check" title={texts.refusedNone} />
      ) : (
        <table class="cards refused">
          <thead>
            <tr>
              <th>{texts.dialled}</th>
              <th>{texts.why}</th>
              <th>{texts.last}</th>
              <th>{texts.caller}</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {groups.map(({ dialled, number, reason, times, last_at, caller }) => (
              <tr key={`${reason} ${dialled}`}>
                <td>{dialled === '' ? texts.anyNumber : groupDigits(dialled)}</td>
                <td data-label={texts.why}>{texts.reasons[reason]}</td>
                <td data-label={texts.last}>
                  <When at={last_at} /> {times > 1 && <span class="soft">({texts.times(times)})</span>}
                </td>
                <td data-label={texts.caller}>{caller === '' ? '–' : groupDigits(caller)}</td>
                <td>
                  {reason === 'unknown_line' &&
                    number !== null &&
                    can('config:write') &&
                    !made.value.includes(number) && (
                      <button type="button" onClick={() => (wanted.value = number)}>
                        {texts.makeLine}
                      </button>
                    )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {wanted.value !== undefined && (
        <NewLine
          number={wanted.value}
          onMade={(number) => (made.value = [...made.value, number])}
          onClose={() => (wanted.value = undefined)}
        />
      )}
    </section>
  );
}

/** One row for each number and reason, the last call first. */
function grouped(calls: readonly RefusedCall[]): RefusedCall[] {
  const groups = new Map<string, RefusedCall>();
  for (const call of calls) {
    const key = `${call.reason} ${call.dialled}`;
    const newer = groups.get(key);
    if (newer === undefined) groups.set(key, { ...call });
    else newer.times += call.times;
  }
  return [...groups.values()];
}
