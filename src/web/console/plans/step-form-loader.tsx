import { signal } from '@preact/signals';
import type { FunctionComponent } from 'preact';
import { Skeleton } from '../ui/skeleton.js';
import type { StepProps } from './step.js';

const form = signal<FunctionComponent<StepProps> | undefined>(undefined);

/** Loads the form of steps, which the outline does not need. */
export async function loadStepForm(): Promise<void> {
  form.value ??= (await import('./step-form.js')).StepFields;
}

/** The settings of a step. */
export function StepForm(props: StepProps) {
  const Fields = form.value;
  return <div class="step-form">{Fields === undefined ? <Skeleton rows={1} /> : <Fields {...props} />}</div>;
}
