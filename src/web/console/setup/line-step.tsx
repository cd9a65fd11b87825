import { useSignal } from '@preact/signals';
import { session } from '../session.js';
import { ActionForm } from '../ui/action-form.js';
import { TextField } from '../ui/field.js';
import { useKeptInput } from '../ui/kept-input.js';
import { texts } from './texts.js';
import type { StepProps } from './step-props.js';

/** Name of the company and number of its line. */
export function LineStep({ answers, busy, back, store }: StepProps) {
  const input = useKeptInput('line', { name: answers.name ?? '', number: answers.number ?? '' });
  const error = useSignal<string | undefined>(undefined);
  const { name, number } = input.value;
  const change = (changed: Partial<typeof input.value>) => (input.value = { ...input.value, ...changed });
  const submit = () => {
    const plain = plainNumber(number);
    const isTaken =
      answers.remove_example !== true &&
      plain !== answers.number &&
      session.lines.some((line) => plainNumber(line.number) === plain);
    error.value = isTaken ? texts.numberTaken : /^\+\d{6,15}$/.test(plain) ? undefined : texts.badNumber;
    if (error.value === undefined) void store({ name: name.trim(), number: plain });
  };
  return (
    <ActionForm submit={texts.next} busy={busy} others={back} onSubmit={submit}>
      <TextField
        label={texts.name}
        value={name}
        onChange={(changed) => change({ name: changed })}
        input={{ autocomplete: 'organization', maxLength: 80, required: true }}
      />
      <TextField
        label={texts.number}
        value={number}
        onChange={(changed) => change({ number: changed })}
        hint={texts.numberHint}
        error={error.value}
        input={{ type: 'tel', maxLength: 40, required: true }}
      />
    </ActionForm>
  );
}

function plainNumber(written: string): string {
  return written.replaceAll(/[\s()./-]/g, '').replace(/^00/, '+');
}
