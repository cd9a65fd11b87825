import { useSignal } from '@preact/signals';
import { lazy } from 'preact-iso';
import { useEffect } from 'preact/hooks';
import { can } from '../session.js';
import { PageHeader } from '../shell/page-header.js';
import { Skeleton } from '../ui/skeleton.js';
import { showFailure } from '../ui/toasts.js';
import { FirstSteps } from './first-steps.js';
import { loadProgress, progress } from './progress.js';
import { StepList } from './step-list.js';
import { STEPS } from './steps.js';
import { texts } from './texts.js';
import '../styles/setup.css';

/** It watches live calls, which needs an account. */
const Wizard = lazy(() => import('./wizard.js'));

/** The set-up of a company, step by step. The holder of the link makes the account of the admin first. */
export default function SetupPage() {
  return (
    <>
      <PageHeader title={texts.title} />
      {can('config:write') ? <AdminSetup /> : <FirstSetup />}
    </>
  );
}

function FirstSetup() {
  const step = useSignal<'language' | 'account'>('language');
  const [first, ...others] = STEPS;
  const steps = [first, 'account', ...others] as const;
  return (
    <div class="setup">
      <StepList steps={steps} current={step.value} isDone={(each) => step.value === 'account' && each === 'language'} />
      <section aria-labelledby="step">
        <h2 id="step">{texts.steps[step.value]}</h2>
        <p class="soft">{texts.lead[step.value]}</p>
        <FirstSteps onStep={(now) => (step.value = now)} />
      </section>
    </div>
  );
}

function AdminSetup() {
  useEffect(() => {
    void loadProgress().then((failed) => failed !== undefined && showFailure(failed));
  }, []);
  return progress.value === undefined ? <Skeleton rows={6} /> : <Wizard />;
}
