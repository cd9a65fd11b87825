import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { api } from '../api/client.js';
import { formatSpan } from '../integrations/words.js';
import { ListEnd } from '../ui/list-end.js';
import { showFailure } from '../ui/toasts.js';
import { When } from '../ui/when.js';
import { texts } from './texts.js';
import type { Alarm } from './types.js';

/** Resolved alarms, newest first. @param version changes when there may be another one */
export function History({ version }: { version: string }) {
  const alarms = useSignal<readonly Alarm[] | undefined>(undefined);
  const next = useSignal<number | null>(null);
  const load = async (before?: number) => {
    const outcome = await api.get('/api/v1/alarms/history', { query: before === undefined ? {} : { before } });
    if (!outcome.ok) {
      showFailure(outcome.status);
      return;
    }
    const shown = before === undefined ? [] : (alarms.value ?? []);
    alarms.value = [...shown, ...outcome.data.alarms];
    next.value = outcome.data.next;
  };
  useEffect(() => void load(), [version]);
  if (alarms.value === undefined) return null;
  return (
    <section aria-labelledby="history">
      <h2 id="history">{texts.history}</h2>
      {alarms.value.length === 0 ? (
        <p class="soft">{texts.noHistory}</p>
      ) : (
        <table class="cards">
          <thead>
            <tr>
              <th>{texts.alarm}</th>
              <th>{texts.since}</th>
              <th>{texts.lasted}</th>
            </tr>
          </thead>
          <tbody>
            {alarms.value.map(({ id, title, since, resolved_at: end }) => (
              <tr key={id}>
                <td>{title}</td>
                <td data-label={texts.since}>
                  <When at={since} />
                </td>
                <td data-label={texts.lasted}>{end !== null && formatSpan(Date.parse(end) - Date.parse(since))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <ListEnd
        count={alarms.value.length}
        hasMore={next.value !== null}
        words={{ more: texts.older, shown: texts.shown }}
        onMore={() => void load(next.value ?? undefined)}
      />
    </section>
  );
}
