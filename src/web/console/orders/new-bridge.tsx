import { useState } from 'preact/hooks';
import { compact } from '../../../lib/compact.js';
import { api } from '../api/client.js';
import { useFieldErrors } from '../config/field-errors.js';
import { session } from '../session.js';
import { RadioField, TextField } from '../ui/field.js';
import { forgetInput, useKeptInput } from '../ui/kept-input.js';
import { useLeave } from '../ui/leave.js';
import { showDone } from '../ui/toasts.js';
import { LineField, NewItemPage } from './new-item.js';
import { texts } from './texts.js';

const ROLES = ['client', 'driver'] as const;
type Role = (typeof ROLES)[number];
const KEPT = `bridge ${session.operator ?? ''}`;

interface Input {
  order: string;
  client: string;
  driver: string;
  first: Role;
  line: string;
}

/** The form that connects a client with a driver. */
export function NewBridge() {
  const input = useKeptInput<Input>(KEPT, { order: '', client: '', driver: '', first: 'client', line: '' });
  const errors = useFieldErrors();
  const [isSending, setSending] = useState(false);
  const leave = useLeave();
  const { order, first, line } = input.value;
  const second = first === 'client' ? 'driver' : 'client';
  const set = (change: Partial<Input>) => (input.value = { ...input.value, ...change });
  const send = async () => {
    setSending(true);
    const party = (role: Role) => ({ phone: input.value[role], role });
    const outcome = await api.post('/api/v1/bridges', {
      body: compact({
        order_id: order,
        initiator: first,
        a: party(first),
        b: party(second),
        line: line === '' ? undefined : line,
      }),
    });
    setSending(false);
    if (!outcome.ok) {
      errors.show(outcome);
      return;
    }
    forgetInput(KEPT);
    showDone(texts.connecting(order));
    leave('/bridges');
  };
  return (
    <NewItemPage
      title={texts.newBridge}
      list={{ path: '/bridges', name: texts.bridges }}
      hint={texts.bridgesHint}
      submit={texts.connect}
      isSending={isSending}
      onSubmit={() => void send()}
    >
      <TextField
        label={texts.order}
        hint={texts.orderHint}
        value={order}
        error={errors.errorOf('body.order_id')}
        onChange={(value) => set({ order: value })}
      />
      {ROLES.map((role) => (
        <TextField
          key={role}
          label={texts.phones[role]}
          type="tel"
          maxLength={40}
          value={input.value[role]}
          error={errors.errorOf(role === first ? 'body.a.phone' : 'body.b.phone')}
          onChange={(value) => set({ [role]: value })}
        />
      ))}
      <RadioField
        label={texts.first}
        value={first}
        options={ROLES.map((value) => ({ value, name: texts.roles[value] }))}
        onChange={(value) => set({ first: value as Role })}
      />
      <LineField value={line} error={errors.errorOf('body.line')} onChange={(value) => set({ line: value })} />
    </NewItemPage>
  );
}
