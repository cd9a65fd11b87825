import { useEffect } from 'preact/hooks';
import { api } from '../api/client.js';
import type { paths } from '../api/schema.js';
import { toggle } from '../audio/player.js';
import { usePlays } from '../audio/plays.js';
import { CallButton } from '../dialling/deferred-button.js';
import { formatDuration, groupDigits } from '../format.js';
import { lineName, queueName, titleOfHandset } from '../names.js';
import { can } from '../session.js';
import { Badge } from '../ui/badge.js';
import { Icon } from '../ui/icon.js';
import { PlayButton } from '../ui/play-button.js';
import { showDone, showFailure } from '../ui/toasts.js';
import { When } from '../ui/when.js';
import { texts } from './texts.js';

type Message = paths['/api/v1/messages']['get']['responses'][200]['content']['application/json']['messages'][number];

/** @param onChange called after a message was heard, marked as done or opened again */
export function MessageTable({ messages, onChange }: { messages: Message[]; onChange: () => void }) {
  return (
    <table class="missed-list">
      <thead>
        <tr>
          <th>{texts.who}</th>
          <th>{texts.length}</th>
          <th>{texts.where}</th>
          <th class="number">{texts.when}</th>
          <th>
            <span class="unseen">{texts.how}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {messages.map((message) => (
          <Row key={message.id} message={message} onChange={onChange} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ message, onChange }: { message: Message; onChange: () => void }) {
  const { id, number, call_id: call, line, queue, heard, done } = message;
  const who = number === '' ? texts.withheld : groupDigits(number);
  const places = [...(queue === null ? [] : [queueName(queue)]), lineName(line)];
  const owners = ownersOf(message);
  return (
    <tr data-message={id}>
      <td>
        <a href={`/calls/${encodeURIComponent(call)}`}>{who}</a>
        {heard === null ? (
          <Badge tone="wait" icon="missed">
            {texts.unheard}
          </Badge>
        ) : (
          <span class="soft">{texts.heardBy(heard.by ?? '')}</span>
        )}
      </td>
      <td>
        <Listen message={message} who={who} onHeard={onChange} /> {formatDuration(message.duration_ms)}
      </td>
      <td>
        {places.join(' · ')}
        {owners.length > 0 && <div class="soft">{texts.owners(owners.join(', '))}</div>}
      </td>
      <td class="number">
        <When at={message.at} />
      </td>
      <td class="actions">
        {done !== null && <span class="soft">{texts.doneBy(done.by ?? '')}</span>}
        {number !== '' && <CallButton number={number} call={call} />}
        {can('operators:read') && <DoneButton id={id} who={who} isDone={done !== null} onChange={onChange} />}
      </td>
    </tr>
  );
}

function ownersOf({ for_queue: queue, for_handset: handset }: Message): string[] {
  return [...(queue === null ? [] : [queueName(queue)]), ...(handset === null ? [] : [titleOfHandset(handset)])];
}

function Listen({ message: { audio, heard }, who, onHeard }: { message: Message; who: string; onHeard: () => void }) {
  const plays = usePlays(audio);
  useEffect(() => {
    if (!plays && heard === null) onHeard();
  }, [plays]);
  const label = plays ? texts.stop(who) : texts.listen(who);
  return <PlayButton plays={plays} label={label} onPress={() => toggle(audio)} />;
}

interface DoneButtonProps {
  id: string;
  who: string;
  isDone: boolean;
  onChange: () => void;
}

function DoneButton({ id, who, isDone, onChange }: DoneButtonProps) {
  const mark = async (done: boolean) => {
    const request = { path: { id } };
    const outcome = await (done
      ? api.post('/api/v1/messages/{id}/done', request)
      : api.delete('/api/v1/messages/{id}/done', request));
    if (outcome.ok) onChange();
    else showFailure(outcome.status);
    return outcome.ok;
  };
  if (isDone)
    return (
      <button type="button" class="link" aria-label={texts.reopenFor(who)} onClick={() => void mark(false)}>
        {texts.reopen}
      </button>
    );
  const markDone = async () => {
    if (await mark(true)) showDone(texts.isDone(who), () => void mark(false));
  };
  return (
    <button type="button" aria-label={texts.doneFor(who)} onClick={() => void markDone()}>
      <Icon name="check" /> {texts.markDone}
    </button>
  );
}
