import { useState } from 'preact/hooks';
import { compact } from '../../../lib/compact.js';
import { api } from '../api/client.js';
import { useFieldErrors } from '../config/field-errors.js';
import { groupDigits } from '../format.js';
import { can, session } from '../session.js';
import { PageHeader } from '../shell/page-header.js';
import { EmptyState } from '../ui/empty-state.js';
import { TextField } from '../ui/field.js';
import { forgetInput, useKeptInput } from '../ui/kept-input.js';
import { doLater } from '../ui/later.js';
import { useLiveList } from '../ui/live-list.js';
import { showDone, showFailure } from '../ui/toasts.js';
import { When } from '../ui/when.js';
import { ListFrame } from '../ui/list-frame.js';
import { texts } from './texts.js';
import type { BlockedNumber } from './types.js';
import '../styles/orders.css';

const KEPT = `do-not-call ${session.operator ?? ''}`;

/** The numbers that notifications never call. */
export default function DoNotCallPage() {
  const [removed, setRemoved] = useState<ReadonlySet<string>>(new Set());
  const { list, loadOlder, reload } = useLiveList({
    key: '',
    idOf: (entry: BlockedNumber) => entry.number,
    load: async ({ limit, cursor: after }) => {
      const outcome = await api.get('/api/v1/do-not-call', { query: compact({ limit, after }) });
      return outcome.ok ? { ...outcome, data: { items: outcome.data.numbers, next: outcome.data.next } } : outcome;
    },
  });
  const remove = ({ number }: BlockedNumber) => {
    const withOrWithout = (isRemoved: boolean) =>
      setRemoved((before) => new Set(isRemoved ? [...before, number] : [...before].filter((each) => each !== number)));
    const send = async () => {
      const outcome = await api.delete('/api/v1/do-not-call/{number}', { path: { number } });
      if (!outcome.ok) showFailure(outcome.status);
      reload();
      withOrWithout(false);
    };
    withOrWithout(true);
    doLater(
      texts.removed(groupDigits(number)),
      () => void send(),
      () => withOrWithout(false),
    );
  };
  const shown = list && { ...list, items: list.items.filter(({ number }) => !removed.has(number)) };
  return (
    <>
      <PageHeader title={texts.doNotCall} />
      <p class="soft">{texts.doNotCallHint}</p>
      {can('calls:control') && <Addition onAdded={reload} />}
      <ListFrame
        list={shown}
        loadOlder={loadOlder}
        rows={4}
        words={{ more: texts.more, shown: texts.shown }}
        empty={<EmptyState icon="check" title={texts.noNumbers} />}
      >
        {(numbers) => <NumberTable numbers={numbers} onRemove={remove} />}
      </ListFrame>
    </>
  );
}

function Addition({ onAdded }: { onAdded: () => void }) {
  const input = useKeptInput(KEPT, { number: '', reason: '' });
  const errors = useFieldErrors();
  const { number, reason } = input.value;
  const add = async () => {
    const outcome = await api.post('/api/v1/do-not-call', { body: { number, reason } });
    if (!outcome.ok) {
      errors.show(outcome);
      return;
    }
    errors.clear();
    input.value = { number: '', reason: '' };
    forgetInput(KEPT);
    showDone(texts.addedNow(number));
    onAdded();
  };
  return (
    <form
      class="row add-number"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <TextField
        label={texts.number}
        type="tel"
        maxLength={40}
        value={number}
        error={errors.errorOf('body.number')}
        onChange={(value) => (input.value = { ...input.value, number: value })}
      />
      <TextField
        label={texts.reason}
        maxLength={200}
        value={reason}
        error={errors.errorOf('body.reason')}
        onChange={(value) => (input.value = { ...input.value, reason: value })}
      />
      <button class="primary">{texts.add}</button>
    </form>
  );
}

function NumberTable({ numbers, onRemove }: { numbers: BlockedNumber[]; onRemove: (entry: BlockedNumber) => void }) {
  const mayRemove = can('calls:control');
  return (
    <table class="cards orders-list">
      <thead>
        <tr>
          <th>{texts.number}</th>
          <th>{texts.reason}</th>
          <th>{texts.by}</th>
          <th class="number">{texts.added}</th>
          {mayRemove && (
            <th>
              <span class="unseen">{texts.actionsOf}</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {numbers.map((entry) => (
          <tr key={entry.number}>
            <td>
              <span class="whole">{groupDigits(entry.number)}</span>
            </td>
            <td data-label={texts.reason}>{entry.reason || '–'}</td>
            <td data-label={texts.by}>{entry.by || '–'}</td>
            <td class="number" data-label={texts.added}>
              <When at={entry.at} />
            </td>
            {mayRemove && (
              <td>
                <button
                  type="button"
                  aria-label={texts.removeFor(groupDigits(entry.number))}
                  onClick={() => onRemove(entry)}
                >
                  {texts.remove}
                </button>
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
