import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { texts } from '../../customer/texts.js';
import { NoteField } from '../../notes/note-field.js';
import { can } from '../../session.js';
import { Icon } from '../../ui/icon.js';
import { whoOf } from '../names.js';
import { phoneState } from '../own-phone.js';
import { gatewayCallOf } from './gateway-call.js';

interface Talk {
  /** Of the gateway. */
  id: string;
  who: string;
}

/** The present talk, and the last one after its end, until it is closed or the next call begins. */
const talk = signal<Talk | undefined>(undefined);

/** The note about the last talk, so that it can be written after the end. */
export function LastCall() {
  const { calls } = phoneState.value;
  const talking = calls.find(({ stage }) => stage === 'talking');
  const id = talking && gatewayCallOf(talking)?.id;
  const who = talking && whoOf(talking);
  useEffect(() => {
    if (id !== undefined && who !== undefined) talk.value = { id, who };
    else if (calls.length > 0 && talking === undefined) talk.value = undefined;
  }, [id, who, calls.length > 0]);
  const { value: last } = talk;
  if (last === undefined || calls.length > 0 || !can('calls:read')) return null;
  return (
    <div class="last-call" data-last-call={last.id}>
      <p class="line">
        <a href={`/calls/${encodeURIComponent(last.id)}`}>{texts.lastCall(last.who)}</a>
        <button
          type="button"
          class="icon-only"
          aria-label={texts.close}
          title={texts.close}
          onClick={() => (talk.value = undefined)}
        >
          <Icon name="close" />
        </button>
      </p>
      <NoteField call={last.id} />
    </div>
  );
}
