import { useEffect, useState } from 'preact/hooks';
import { api } from '../api/client.js';
import type { paths } from '../api/schema.js';
import { formatDuration, formatWhen, groupDigits } from '../format.js';
import { queueName, titleOfHandset } from '../names.js';
import { NoteText } from '../notes/note-field.js';
import { OutsideLink } from '../now/orders.js';
import { can } from '../session.js';
import { Icon } from '../ui/icon.js';
import { texts } from './texts.js';
import '../styles/notes.css';

type Customer = paths['/api/v1/calls/{id}/customer']['get']['responses'][200]['content']['application/json'];
type EarlierCall = Customer['calls'][number];

/** The call may not be stored yet when its ringing is shown. */
const RETRY_MS = 1_000;
const MAX_TRIES = 5;

/** What is known about the other side of a call; undefined before the response. */
function useCustomer(call: string): Customer | 'failed' | undefined {
  const [customer, setCustomer] = useState<Customer | 'failed' | undefined>(undefined);
  useEffect(() => {
    let isGone = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const load = async (tries: number) => {
      const outcome = await api.get('/api/v1/calls/{id}/customer', { path: { id: call } });
      if (isGone) return;
      if (outcome.ok) setCustomer(outcome.data);
      else if (tries < MAX_TRIES) timer = setTimeout(() => void load(tries + 1), RETRY_MS);
      else setCustomer('failed');
    };
    setCustomer(undefined);
    void load(1);
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [call]);
  return customer;
}

/** Open orders, the last calls and notes of the other side of a call. */
export function CustomerCard({ call }: { call: string }) {
  const customer = useCustomer(call);
  if (!can('calls:read') || customer === undefined) return null;
  if (customer === 'failed') return <p class="soft">{texts.loadFailed}</p>;
  const { orders, calls, notes } = customer;
  if (orders.length + calls.length + notes.length === 0) return <p class="soft">{texts.nothingKnown}</p>;
  return (
    <section class="customer" aria-label={texts.about}>
      {orders.length > 0 && (
        <div>
          <h2>{texts.orders}</h2>
          <ul class="orders">
            {orders.map(({ id, status, total, url }) => (
              <li key={id}>
                {url === null ? <b>{id}</b> : <OutsideLink to={url} text={id} />}{' '}
                {status === null ? '' : (texts.statuses[status] ?? status)} {total}
              </li>
            ))}
          </ul>
        </div>
      )}
      {calls.length > 0 && (
        <div>
          <h2>{texts.lastCalls}</h2>
          <ul class="last-calls">
            {calls.map((each) => (
              <li key={each.id}>
                <EarlierCallLine call={each} />
              </li>
            ))}
          </ul>
        </div>
      )}
      {notes.length > 0 && (
        <div>
          <h2>{texts.lastNotes}</h2>
          <ul class="last-notes">
            {notes.map((note) => (
              <li key={note.call_id}>
                <NoteText note={note} />
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}

function EarlierCallLine({ call }: { call: EarlierCall }) {
  const { id, started_at: startedAt, direction, outcome, talk_ms: talkMs, queue } = call;
  const agent = agentName(call);
  const facts = [
    outcome === null ? texts.running : texts.outcomes[outcome],
    ...(agent === undefined ? [] : [agent]),
    ...(agent === undefined && queue !== null ? [queueName(queue)] : []),
    ...(talkMs === null || talkMs === 0 ? [] : [formatDuration(talkMs)]),
  ];
  return (
    <>
      <Icon name={direction} /> <span class="unseen">{texts.directions[direction]}</span>{' '}
      <a href={`/calls/${encodeURIComponent(id)}`}>{formatWhen(startedAt)}</a>{' '}
      <span class="soft">{facts.join(' · ')}</span>
    </>
  );
}

function agentName({ agent }: EarlierCall): string | undefined {
  if (agent === null) return undefined;
  if (agent.handset !== undefined) return titleOfHandset(agent.handset);
  return agent.number === undefined ? texts.parties[agent.party ?? 'client'] : groupDigits(agent.number);
}
