import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { formatDuration, formatWhen, groupDigits } from '../format.js';
import { lineName, queueName } from '../names.js';
import { state as liveState } from '../now/live.js';
import { CallButton } from '../dialling/deferred-button.js';
import { can, session } from '../session.js';
import { Badge } from '../ui/badge.js';
import { Icon } from '../ui/icon.js';
import { When } from '../ui/when.js';
import { callBack, reopen } from './actions.js';
import { DoneDialog } from './done-dialog.js';
import { texts } from './texts.js';
import type { MissedCaller } from './types.js';

const mayAct = can('operators:read') && can('numbers:read');

/** @param onChange called after a number was marked as done or opened again */
export function MissedTable({ missed, onChange }: { missed: MissedCaller[]; onChange: () => void }) {
  const [marked, setMarked] = useState<string | undefined>(undefined);
  useKeptFocus(missed);
  return (
    <>
      <table class="missed-list" hidden={missed.length === 0}>
        <thead>
          <tr>
            <th>{texts.who}</th>
            <th>{texts.waited}</th>
            <th>{texts.where}</th>
            <th>{texts.orders}</th>
            <th class="number">{texts.when}</th>
            <th>
              <span class="unseen">{texts.how}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {missed.map((each) => (
            <Row key={each.number} missed={each} onChange={onChange} onDone={() => setMarked(each.number)} />
          ))}
        </tbody>
      </table>
      {marked !== undefined && (
        <DoneDialog
          number={marked}
          onClose={() => setMarked(undefined)}
          onDone={() => {
            setMarked(undefined);
            onChange();
          }}
          onUndone={onChange}
        />
      )}
    </>
  );
}

/** Moves the focus to the page when the row that had it disappears. */
function useKeptFocus(missed: MissedCaller[]): void {
  const before = useRef(missed);
  useLayoutEffect(() => {
    if (missed.length < before.current.length && document.activeElement === document.body)
      document.getElementById('content')?.focus({ preventScroll: true });
    before.current = missed;
  }, [missed]);
}

function Row({ missed, onChange, onDone }: { missed: MissedCaller; onChange: () => void; onDone: () => void }) {
  const { number, times, lines, queues, orders, first_at: first, last_at: last, last_call_id: lastCall } = missed;
  const shown = groupDigits(number);
  const places = [...queues.map(queueName), ...lines.map(lineName)];
  return (
    <tr data-number={number}>
      <td>
        <a href={`/calls/${encodeURIComponent(lastCall)}`}>{shown}</a>
        <span class="soft">
          {texts.times(times)}
          {times > 1 && `, ${texts.since(formatWhen(first))}`}
        </span>
      </td>
      <td>
        <Icon name="wait" /> {formatDuration(missed.waited_longest_ms)}
        {times > 1 && <span class="soft">{texts.inTotal(formatDuration(missed.waited_total_ms))}</span>}
      </td>
      <td>{places.join(' · ')}</td>
      <td>{orders.map(({ id }) => id).join(', ')}</td>
      <td class="number">
        <When at={last} />
      </td>
      <td class="actions">
        {missed.closed === null ? (
          <OpenActions number={number} shown={shown} call={lastCall} onDone={onDone} />
        ) : (
          <ClosedNote missed={missed} onChange={onChange} />
        )}
      </td>
    </tr>
  );
}

function OpenActions(props: { number: string; shown: string; call: string; onDone: () => void }) {
  const { number, shown, call: lastCall, onDone } = props;
  const [isSending, setSending] = useState(false);
  if (isOnThePhone(number))
    return (
      <Badge tone="talk" icon="talk">
        {texts.calling}
      </Badge>
    );
  if (!mayAct) return <CallButton number={number} call={lastCall} />;
  const call = async () => {
    setSending(true);
    await callBack(number, shown);
    setSending(false);
  };
  return (
    <>
      {session.handset !== null && (
        <button type="button" aria-label={texts.callBackTo(shown)} disabled={isSending} onClick={() => void call()}>
          <Icon name="outgoing" /> {texts.callBack}
        </button>
      )}
      <button type="button" aria-label={texts.doneFor(shown)} onClick={onDone}>
        <Icon name="check" /> {texts.markDone}
      </button>
    </>
  );
}

function ClosedNote({ missed: { number, closed }, onChange }: { missed: MissedCaller; onChange: () => void }) {
  if (closed === null) return null;
  const when = formatWhen(closed.at);
  if (closed.how === 'answered')
    return (
      <span>
        <a href={`/calls/${encodeURIComponent(closed.call_id ?? '')}`}>{texts.reached}</a>
        <span class="soft">{when}</span>
      </span>
    );
  return (
    <>
      <span>
        {closed.note || texts.done}
        <span class="soft">
          {texts.doneBy(closed.by ?? '')}, {when}
        </span>
      </span>
      {mayAct && (
        <button
          type="button"
          class="link"
          aria-label={texts.reopenFor(groupDigits(number))}
          onClick={() => void reopen(number).then((isDone) => isDone && onChange())}
        >
          {texts.reopen}
        </button>
      )}
    </>
  );
}

/** Whether the number calls, or is being called. */
function isOnThePhone(number: string): boolean {
  return Object.values(liveState.value?.calls ?? {}).some((call) => call.number === number);
}
