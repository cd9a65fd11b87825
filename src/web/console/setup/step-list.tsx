import { Icon } from '../ui/icon.js';
import type { Step } from './steps.js';
import { texts } from './texts.js';

type AnyStep = Step | 'account';

/** Where the visitor is, what is done and what follows. Done steps can be opened again. */
export function StepList<S extends AnyStep>(props: {
  steps: readonly S[];
  current: S;
  isDone: (step: S) => boolean;
  address?: (step: S) => string | undefined;
}) {
  const { steps, current, isDone, address } = props;
  const at = steps.indexOf(current);
  return (
    <nav class="setup-steps" aria-label={texts.title}>
      <p class="soft">{texts.stepOf(at + 1, steps.length)}</p>
      <ol>
        {steps.map((step) => (
          <li key={step} class={step === current ? 'current' : undefined} aria-current={step === current && 'step'}>
            <StepName
              name={texts.steps[step]}
              isDone={isDone(step)}
              to={step === current ? undefined : address?.(step)}
            />
          </li>
        ))}
      </ol>
    </nav>
  );
}

function StepName({ name, isDone, to }: { name: string; isDone: boolean; to: string | undefined }) {
  const shown = (
    <>
      <Icon name={isDone ? 'check' : 'free'} />
      <span>{name}</span>
      {isDone && <span class="unseen">({texts.done})</span>}
    </>
  );
  return to === undefined ? <span>{shown}</span> : <a href={to}>{shown}</a>;
}
