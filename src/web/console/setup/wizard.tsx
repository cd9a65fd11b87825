import { useSignal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useLocation } from 'preact-iso';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Item } from './company.js';
import { HoursStep } from './hours-step.js';
import { forgetInput } from '../ui/kept-input.js';
import { KindStep } from './kind-step.js';
import { LanguageStep } from './language-step.js';
import { LineStep } from './line-step.js';
import { PeopleStep } from './people-step.js';
import { progress, storeProgress } from './progress.js';
import { PromptsStep } from './prompts-step.js';
import { removeTestHandset, save } from './publish.js';
import { StepList } from './step-list.js';
import type { StepFailure, StepProps } from './step-props.js';
import { isDone, nextStep, stepAfter, stepBefore, stepOf, STEPS, type Step } from './steps.js';
import { TestStep } from './test-step.js';
import { publishTexts, texts } from './texts.js';
import { TrunkStep } from './trunk-step.js';
import { useLeave } from '../ui/leave.js';
import { showDone, showFailure } from '../ui/toasts.js';

const COMPONENTS: Record<Step, ComponentType<StepProps>> = {
  language: LanguageStep,
  kind: KindStep,
  trunk: TrunkStep,
  line: LineStep,
  hours: HoursStep,
  people: PeopleStep,
  prompts: PromptsStep,
  test: TestStep,
};

/** The steps of an admin. The address names the step, so that the browser's way back works. */
export default function Wizard() {
  const { query } = useLocation();
  const goTo = useLeave();
  const busy = useSignal(false);
  const failure = useSignal<StepFailure | undefined>(undefined);
  const kept = useSignal<Item[]>([]);
  const { state, answers } = progress.value ?? { state: 'new', answers: {} };
  const step = stepOf(query['step'] ?? null, answers) ?? nextStep(answers);
  const heading = useFocusedHeading(step);
  const addressOf = (each: Step) => `/setup?step=${each}`;

  const store: StepProps['store'] = async (given, { settings, stay = false } = {}) => {
    busy.value = true;
    failure.value = undefined;
    const next = stepAfter(step);
    const outcome = await save({ ...answers, ...given }, publishTexts, stay ? step : next, settings);
    busy.value = false;
    if (!outcome.ok) {
      failure.value = outcome.failure;
      return outcome.failure;
    }
    forgetInput(step);
    kept.value = outcome.kept;
    if (!stay) goTo(addressOf(next));
    return undefined;
  };
  const finish = () => leave('finished');
  const leave = async (as: 'finished' | 'dismissed') => {
    busy.value = true;
    await removeTestHandset();
    const failed = await storeProgress({ state: as });
    busy.value = false;
    if (failed === undefined && as === 'finished') showDone(texts.finished);
    if (failed === undefined) goTo('/now');
    else showFailure(failed);
  };

  const before = stepBefore(step);
  const Content = COMPONENTS[step];
  return (
    <div class="setup">
      <StepList
        steps={STEPS}
        current={step}
        isDone={(each) => isDone(each, answers, state === 'finished')}
        address={(each) => (stepOf(each, answers) === undefined ? undefined : addressOf(each))}
      />
      <section aria-labelledby="step">
        <h2 id="step" ref={heading} tabIndex={-1}>
          {texts.steps[step]}
        </h2>
        <p class="soft">{texts.lead[step]}</p>
        {failure.value !== undefined && <FailureText failure={failure.value} />}
        {kept.value.length > 0 && <KeptItems items={kept.value} />}
        <Content
          key={step}
          answers={answers}
          busy={busy.value}
          store={store}
          finish={finish}
          back={
            before !== undefined && (
              <a class="button" href={addressOf(before)}>
                {texts.back}
              </a>
            )
          }
        />
        <p class="leave soft">
          <a href="/now">{texts.later}</a> · {texts.laterHint}{' '}
          {state !== 'finished' && (
            <button type="button" class="link" onClick={() => void leave('dismissed')}>
              {texts.dismiss}
            </button>
          )}
        </p>
      </section>
    </div>
  );
}

/** Another step is announced, and the keyboard continues there. */
function useFocusedHeading(step: Step) {
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = useRef(step);
  useLayoutEffect(() => {
    if (shown.current !== step) heading.current?.focus();
    shown.current = step;
  }, [step]);
  return heading;
}

function FailureText({ failure: { status, detail, errors } }: { failure: StepFailure }) {
  return (
    <div class="notice bad" role="alert">
      <p>{texts.failed}</p>
      {status !== 0 && <p lang="en">{errors.length > 0 ? errors.map((each) => each.detail).join('; ') : detail}</p>}
    </div>
  );
}

function KeptItems({ items }: { items: Item[] }) {
  return (
    <div class="notice" role="status">
      <p>{texts.kept}</p>
      <ul>
        {items.map(({ section, key, body }) => (
          <li key={`${section}/${key}`}>{nameOf(body) ?? key}</li>
        ))}
      </ul>
    </div>
  );
}

function nameOf(body: unknown): string | undefined {
  const { display_name, name } = (body ?? {}) as Record<string, unknown>;
  const shown = display_name ?? name;
  return typeof shown === 'string' ? shown : undefined;
}
