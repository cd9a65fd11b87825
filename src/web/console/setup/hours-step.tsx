import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { compact } from '../../../lib/compact.js';
import type { SetupAnswers } from '../../../company/setup-progress.js';
import { api } from '../api/client.js';
import { configItems } from '../config/items.js';
import { WeekGrid } from '../plans/hours/week-grid.js';
import { readWeek, writeWeek, type Week } from '../plans/hours/week.js';
import { CheckField } from '../ui/field.js';
import { ActionForm } from '../ui/action-form.js';
import { Choices } from './fields.js';
import { useKeptInput } from '../ui/kept-input.js';
import { texts } from './texts.js';
import type { StepProps } from './step-props.js';

interface HoursInput {
  kind: 'always' | 'weekly';
  week: Week;
  closesOnHolidays: boolean;
}

const USUAL = [{ from: '08:00', to: '17:00' }];
const USUAL_WEEK = { mon: USUAL, tue: USUAL, wed: USUAL, thu: USUAL, fri: USUAL };

/** When callers are answered. */
export function HoursStep({ answers, busy, back, store }: StepProps) {
  const input = useKeptInput<HoursInput>('hours', inputOf(answers));
  const country = useCountryWithHolidays();
  const error = useSignal<string | undefined>(undefined);
  const { kind, week, closesOnHolidays } = input.value;
  const change = (changed: Partial<HoursInput>) => (input.value = { ...input.value, ...changed });
  const submit = () => {
    const isOpen = kind === 'always' || Object.values(week).some((spans) => spans.length > 0);
    error.value = isOpen ? undefined : texts.hours.none;
    const holidays = closesOnHolidays ? country.value : undefined;
    if (isOpen) void store({ hours: kind === 'always' ? 'always' : compact({ weekly: writeWeek(week), holidays }) });
  };
  return (
    <ActionForm submit={texts.next} busy={busy} others={back} onSubmit={submit}>
      <Choices
        legend={texts.steps.hours}
        value={kind}
        onChange={(changed) => change({ kind: changed })}
        choices={[
          { value: 'weekly', name: texts.hours.weekly },
          { value: 'always', name: texts.hours.always },
        ]}
      />
      {kind === 'weekly' && (
        <fieldset class="hours-field" aria-label={texts.steps.hours}>
          <WeekGrid week={week} onChange={(changed) => change({ week: changed })} />
        </fieldset>
      )}
      {kind === 'weekly' && country.value !== undefined && (
        <CheckField
          label={texts.hours.holidays}
          value={closesOnHolidays}
          onChange={(changed) => change({ closesOnHolidays: changed })}
        />
      )}
      {error.value !== undefined && (
        <p class="bad" role="alert">
          {error.value}
        </p>
      )}
    </ActionForm>
  );
}

/** A dispatch is usually open around the clock. */
function inputOf({ hours, kind }: SetupAnswers): HoursInput {
  const isAlways = hours === 'always' || (hours === undefined && kind === 'taxi');
  const weekly = hours === undefined || hours === 'always' ? USUAL_WEEK : hours.weekly;
  const closesOnHolidays = hours === undefined || (hours !== 'always' && hours.holidays !== undefined);
  return { kind: isAlways ? 'always' : 'weekly', week: readWeek(weekly), closesOnHolidays };
}

/** The country of the company; undefined until it is read, and when its public holidays are not known. */
function useCountryWithHolidays() {
  const country = useSignal<string | undefined>(undefined);
  useEffect(() => {
    const read = async () => {
      const [settings, known] = await Promise.all([
        configItems.read({ section: 'settings', key: 'company' }),
        api.get('/api/v1/holidays'),
      ]);
      const { country: code } = (settings.ok ? settings.data.body : {}) as { country?: string };
      if (known.ok && known.data.regions.some((each) => each.code === code)) country.value = code;
    };
    void read();
  }, []);
  return country;
}
