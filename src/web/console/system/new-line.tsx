import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { compact } from '../../../lib/compact.js';
import { api } from '../api/client.js';
import { configItems } from '../config/items.js';
import { groupDigits } from '../format.js';
import { ActionForm } from '../ui/action-form.js';
import { Dialog } from '../ui/dialog.js';
import { showDone, showFailure } from '../ui/toasts.js';
import { texts } from './texts.js';

interface Line {
  number: string;
  name?: string;
  plan: unknown;
}

/** Makes a line for a number that was called, with the call plan of another line. */
export function NewLine(props: { number: string; onMade: (number: string) => void; onClose: () => void }) {
  const { number, onMade, onClose } = props;
  const lines = useSignal<Line[] | undefined>(undefined);
  const chosen = useSignal(0);
  const name = useSignal('');
  const busy = useSignal(false);
  useEffect(() => {
    void configItems.list('lines').then((outcome) => {
      if (outcome.ok) lines.value = outcome.data.map(({ body }) => body as Line);
      else showFailure(outcome.status);
    });
  }, []);
  const make = async (line: Line) => {
    if (busy.value) return;
    busy.value = true;
    const named = name.value.trim();
    const body = compact({ number, name: named === '' ? undefined : named, plan: line.plan });
    const outcome = await configItems.write({ section: 'lines', key: number }, body, null);
    busy.value = false;
    if (!outcome.ok) {
      showFailure(outcome.status);
      return;
    }
    const { etag } = outcome.data;
    showDone(texts.lineMade(groupDigits(number)), () => {
      void api.delete('/api/v1/config/{section}/{key}', {
        path: { section: 'lines', key: number },
        headers: { 'if-match': etag },
      });
    });
    onMade(number);
    onClose();
  };
  const line = lines.value?.[chosen.value];
  return (
    <Dialog title={`${texts.makeLine}: ${groupDigits(number)}`} onClose={onClose}>
      {lines.value !== undefined && line === undefined ? (
        <p>
          {texts.noLines} <a href="/setup">{texts.setUp}</a>
        </p>
      ) : (
        <ActionForm
          onSubmit={() => void (line && make(line))}
          busy={busy.value}
          submit={texts.create}
          others={
            <button type="button" onClick={onClose}>
              {texts.cancel}
            </button>
          }
        >
          <label class="field">
            <span>{texts.lineName}</span>
            <input
              value={name.value}
              maxLength={80}
              onInput={({ currentTarget }) => (name.value = currentTarget.value)}
              autofocus
            />
          </label>
          <label class="field">
            <span>{texts.likeLine}</span>
            <select
              value={String(chosen.value)}
              onChange={({ currentTarget }) => (chosen.value = Number(currentTarget.value))}
            >
              {lines.value?.map((each, index) => (
                <option key={each.number} value={String(index)}>
                  {texts.sameAs(each.name ?? groupDigits(each.number))}
                </option>
              ))}
            </select>
          </label>
        </ActionForm>
      )}
    </Dialog>
  );
}
