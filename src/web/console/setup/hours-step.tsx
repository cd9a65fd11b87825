import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { compact } from '../../../lib/compact.js';
import type { SetupAnswers } from '../../../company/setup-progress.js';
import { api } from '../api/client.js';
import { configItems } from '../config/items.js';
import { CheckField } from '../ui/field.js';
import { Choices, StepForm } from './fields.js';
import { useKeptInput } from './kept-input.js';
import { texts } from './texts.js';
import type { StepProps } from './wizard.js';

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
type Day = (typeof DAYS)[number];

/** One span a day; the call plan can have several, and holidays. */
interface DayInput {
  open: boolean;
  from: string;
  to: string;
}
type Week = Record<Day, DayInput>;

interface HoursInput {
  kind: 'always' | 'weekly';
  week: Week;
  closesOnHolidays: boolean;
}

/** When callers reach somebody. */
export function HoursStep({ answers, busy, back, store }: StepProps) {
  const input = useKeptInput<HoursInput>('hours', {
    kind: answers.hours === 'always' || (answers.hours === undefined && answers.kind === 'taxi') ? 'always' : 'weekly',
    week: weekOf(answers.hours),
    closesOnHolidays:
      answers.hours === undefined || (answers.hours !== 'always' && answers.hours.holidays !== undefined),
  });
  const country = useCountryWithHolidays();
  const error = useSignal<string | undefined>(undefined);
  const { kind, week, closesOnHolidays } = input.value;
  const set = (day: Day, changed: Partial<DayInput>) =>
    (input.value = { ...input.value, week: { ...week, [day]: { ...week[day], ...changed } } });
  const submit = () => {
    error.value = kind === 'always' ? undefined : errorOf(week);
    if (error.value === undefined)
      void store({ hours: kind === 'always' ? 'always' : hoursOf(week, closesOnHolidays ? country.value : undefined) });
  };
  return (
    <StepForm submit={texts.next} busy={busy} back={back} onSubmit={submit}>
      <Choices
        legend={texts.steps.hours}
        value={kind}
        onChange={(changed) => (input.value = { ...input.value, kind: changed })}
        choices={[
          { value: 'weekly', name: texts.hours.weekly },
          { value: 'always', name: texts.hours.always },
        ]}
      />
      {kind === 'weekly' && (
        <div class="week">
          {DAYS.map((day) => (
            <DayRow
              key={day}
              name={texts.hours.days[day]}
              value={week[day]}
              onChange={(changed) => set(day, changed)}
            />
          ))}
        </div>
      )}
      {kind === 'weekly' && country.value !== undefined && (
        <CheckField
          label={texts.hours.holidays}
          value={closesOnHolidays}
          onChange={(changed) => (input.value = { ...input.value, closesOnHolidays: changed })}
        />
      )}
      {error.value !== undefined && (
        <p class="bad" role="alert">
          {error.value}
        </p>
      )}
    </StepForm>
  );
}

function DayRow(props: { name: string; value: DayInput; onChange: (changed: Partial<DayInput>) => void }) {
  const { name, value, onChange } = props;
  const time = (which: 'from' | 'to') => (
    <input
      type="time"
      aria-label={`${name} ${texts.hours[which]}`}
      value={value[which]}
      onInput={({ currentTarget }) => onChange({ [which]: currentTarget.value })}
      required
    />
  );
  return (
    <div class="day">
      <label class="check">
        <input
          type="checkbox"
          checked={value.open}
          onChange={({ currentTarget }) => onChange({ open: currentTarget.checked })}
        />
        {name}
      </label>
      {value.open ? (
        <span class="span">
          {time('from')} – {time('to')}
        </span>
      ) : (
        <span class="soft">{texts.hours.closed}</span>
      )}
    </div>
  );
}

function weekOf(hours: SetupAnswers['hours']): Week {
  const weekly = hours === undefined || hours === 'always' ? undefined : hours.weekly;
  const dayOf = (day: Day): DayInput => {
    const isUsual = weekly === undefined && day !== 'sat' && day !== 'sun';
    const [span] = weekly?.[day] ?? [];
    return { open: isUsual || span !== undefined, from: span?.from ?? '08:00', to: span?.to ?? '17:00' };
  };
  return Object.fromEntries(DAYS.map((day) => [day, dayOf(day)])) as Week;
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

/** In the notation of the call plan, in which a span can end at 24:00. */
function hoursOf(week: Week, holidays: string | undefined): Exclude<SetupAnswers['hours'], 'always' | undefined> {
  const spans = ({ open, from, to }: DayInput) => (open ? [{ from, to: to === '00:00' ? '24:00' : to }] : []);
  return compact({ weekly: Object.fromEntries(DAYS.map((day) => [day, spans(week[day])])), holidays });
}

function errorOf(week: Week): string | undefined {
  const open = DAYS.filter((day) => week[day].open);
  if (open.length === 0) return texts.hours.none;
  const wrong = open.find((day) => week[day].to !== '00:00' && week[day].from >= week[day].to);
  return wrong === undefined ? undefined : texts.hours.wrong(texts.hours.days[wrong]);
}
