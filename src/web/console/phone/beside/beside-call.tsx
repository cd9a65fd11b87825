import { CustomerCard } from '../../customer/customer-card.js';
import { NoteField } from '../../notes/note-field.js';
import { can } from '../../session.js';
import type { Call } from '../phone-state.js';
import { gatewayCallOf } from './gateway-call.js';

/** What an operator needs beside a call: who it is, and a place to write. */
export function BesideCall({ call }: { call: Call }) {
  const id = gatewayCallOf(call)?.id;
  if (id === undefined || !can('calls:read')) return null;
  return (
    <div class="beside-call" data-beside={id}>
      <CustomerCard call={id} />
      {call.stage === 'talking' && <NoteField call={id} />}
    </div>
  );
}
