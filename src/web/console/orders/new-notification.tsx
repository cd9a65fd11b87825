import { useState } from 'preact/hooks';
import { orderStatuses } from '../../../orders/status.js';
import { compact } from '../../../lib/compact.js';
import { api } from '../api/client.js';
import { useFieldErrors } from '../config/field-errors.js';
import { session } from '../session.js';
import { NumberField, SelectField, TextField } from '../ui/field.js';
import { forgetInput, useKeptInput } from '../ui/kept-input.js';
import { useLeave } from '../ui/leave.js';
import { showDone } from '../ui/toasts.js';
import { LineField, NewItemPage } from './new-item.js';
import { statusTexts } from './status-texts.js';
import { texts } from './texts.js';

const CAR = ['car_color', 'car_mark', 'car_model', 'car_plate'] as const;
const KEPT = `notification ${session.operator ?? ''}`;

interface Input {
  id: string;
  order: string;
  to: string;
  status: string;
  line: string;
  minutes: number | null;
  car: Partial<Record<(typeof CAR)[number], string>>;
}

/** A repeated request with the same id starts no second notification. */
const newId = () => `console-${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;

/** The form that calls somebody about an order. */
export function NewNotification() {
  const input = useKeptInput<Input>(KEPT, {
    id: newId(),
    order: '',
    to: '',
    status: 'arrived',
    line: '',
    minutes: null,
    car: {},
  });
  const errors = useFieldErrors();
  const [isSending, setSending] = useState(false);
  const leave = useLeave();
  const { id, order, to, status, line, minutes, car } = input.value;
  // With other contents it is another notification.
  const set = (change: Partial<Input>) => (input.value = { ...input.value, ...change, id: newId() });
  const send = async () => {
    setSending(true);
    const words = Object.entries(car).filter(([, word]) => word.trim() !== '');
    const details = compact({ ...Object.fromEntries(words), minutes: minutes ?? undefined });
    const outcome = await api.post('/api/v1/notifications', {
      body: compact({ external_id: id, order_id: order, to, status, line: line === '' ? undefined : line, details }),
    });
    setSending(false);
    if (!outcome.ok) {
      errors.show(outcome);
      return;
    }
    forgetInput(KEPT);
    showDone(texts.accepted);
    leave(`/notifications/${encodeURIComponent(outcome.data.notification_id)}`);
  };
  return (
    <NewItemPage
      title={texts.newNotification}
      list={{ path: '/notifications', name: texts.notifications }}
      submit={texts.start}
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
      <TextField
        label={texts.number}
        hint={texts.toHint}
        type="tel"
        maxLength={40}
        value={to}
        error={errors.errorOf('body.to')}
        onChange={(value) => set({ to: value })}
      />
      <SelectField
        label={texts.status}
        value={status}
        error={errors.errorOf('body.status')}
        options={orderStatuses.map((each) => ({ value: each, name: statusTexts.statuses[each] }))}
        onChange={(value) => set({ status: value })}
      />
      <LineField value={line} error={errors.errorOf('body.line')} onChange={(value) => set({ line: value })} />
      <details>
        <summary>{texts.more}</summary>
        <NumberField
          label={texts.details.minutes}
          min={0}
          max={1440}
          value={minutes ?? undefined}
          error={errors.errorOf('body.details.minutes')}
          onChange={(value) => set({ minutes: value ?? null })}
        />
        {CAR.map((word) => (
          <TextField
            key={word}
            label={texts.details[word]}
            maxLength={80}
            value={car[word] ?? ''}
            error={errors.errorOf(`body.details.${word}`)}
            onChange={(value) => set({ car: { ...car, [word]: value } })}
          />
        ))}
      </details>
    </NewItemPage>
  );
}
