import { OutsideCalls } from './outside-calls.js';
import { ActionForm } from '../ui/action-form.js';
import { progress } from './progress.js';
import { OwnPhone, TestPhone } from './test-phone.js';
import { texts } from './texts.js';
import type { StepProps } from './step-props.js';

/** A call to the line from this page, and the first one from outside. */
export function TestStep({ answers, busy, back, store, finish }: StepProps) {
  const { made } = progress.value ?? {};
  const { number } = answers;
  return (
    <>
      {made?.test_handset !== undefined && number !== undefined && (
        <TestPhone handset={made.test_handset} number={number} />
      )}
      {answers.answered_by === 'browser' && made?.handset !== undefined && <OwnPhone handset={made.handset} />}
      {number !== undefined && (
        <OutsideCalls line={number} onUse={(arrived) => store({ number: arrived }, { stay: true })} />
      )}
      <ActionForm isSecondary submit={texts.finish} busy={busy} others={back} onSubmit={() => void finish()}>
        {null}
      </ActionForm>
    </>
  );
}
