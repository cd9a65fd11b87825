import { useSignal } from '@preact/signals';
import { session } from '../session.js';
import { TextField } from '../ui/field.js';
import { ActionForm } from '../ui/action-form.js';
import { Choices } from './fields.js';
import { useKeptInput } from '../ui/kept-input.js';
import { progress } from './progress.js';
import { texts } from './texts.js';
import type { StepProps } from './step-props.js';

const KINDS = ['plain', 'shop', 'taxi'] as const;

/** What the call plan begins with. */
export function KindStep({ answers, busy, back, store }: StepProps) {
  const input = useKeptInput('kind', {
    kind: answers.kind ?? ('plain' as const),
    shop_url: answers.shop_url ?? '',
    remove_example: answers.remove_example ?? true,
  });
  const error = useSignal<string | undefined>(undefined);
  const { kind, shop_url, remove_example } = input.value;
  const change = (changed: Partial<typeof input.value>) => (input.value = { ...input.value, ...changed });
  const hasExample = session.lines.length > 0 && progress.value?.made.queue === undefined;
  const submit = () => {
    error.value = kind === 'shop' && !isAddress(shop_url) ? texts.badUrl : undefined;
    if (error.value === undefined)
      void store({ kind, shop_url: kind === 'shop' ? shop_url : '', remove_example: hasExample && remove_example });
  };
  return (
    <ActionForm submit={texts.next} busy={busy} others={back} onSubmit={submit}>
      <Choices
        legend={texts.steps.kind}
        value={kind}
        onChange={(changed) => change({ kind: changed })}
        choices={KINDS.map((value) => ({ value, ...texts.kinds[value] }))}
      />
      {kind === 'shop' && (
        <TextField
          label={texts.shopUrl}
          value={shop_url}
          onChange={(changed) => change({ shop_url: changed.trim() })}
          hint={texts.shopUrlHint}
          error={error.value}
          input={{ inputMode: 'url', maxLength: 500 }}
        />
      )}
      {hasExample && (
        <>
          <p>
            {texts.example} {session.lines.map(({ number, name }) => name || number).join(', ')}
          </p>
          <Choices
            legend={texts.example}
            value={remove_example ? 'remove' : 'keep'}
            onChange={(changed) => change({ remove_example: changed === 'remove' })}
            choices={[
              { value: 'remove', name: texts.removeExample },
              { value: 'keep', name: texts.keepExample },
            ]}
          />
        </>
      )}
    </ActionForm>
  );
}

function isAddress(written: string): boolean {
  return written === '' || (/^https?:\/\//.test(written) && URL.canParse(written));
}
