import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { api } from '../../api/client.js';
import { pageLanguage } from '../../texts.js';
import { Icon } from '../../ui/icon.js';
import { ownHolidaysOf, regionOf, withHolidayHours, withHolidays, type Hours } from './hours.js';
import { SpanFields } from './span-fields.js';
import { texts } from './texts.js';
import { readSpan, writeSpan } from './week.js';

interface NamedRegion {
  code: string;
  name: string;
}

interface HolidayFieldsProps {
  hours: Hours;
  /** The country that is proposed. */
  country: string;
  onChange: (hours: Hours) => void;
}

const DAY_MINUTES = 1440;
const USUAL_HOLIDAY = [{ from: '08:00', to: '12:00' }];
const countryNames = new Intl.DisplayNames(pageLanguage, { type: 'region' });
const date = new Intl.DateTimeFormat(pageLanguage === 'en' ? 'en-GB' : pageLanguage, {
  day: 'numeric',
  month: 'long',
  timeZone: 'UTC',
});

/** Public holidays of a country, other closed days, and the hours on them. */
export function HolidayFields({ hours, country, onChange }: HolidayFieldsProps) {
  const region = regionOf(hours);
  const own = ownHolidaysOf(hours);
  const spans = hours.holiday_hours;
  return (
    <fieldset class="hours-holidays">
      <legend>{texts.holidays}</legend>
      <label class="check">
        <input
          type="checkbox"
          checked={region !== undefined}
          onChange={({ currentTarget: { checked } }) =>
            onChange(withHolidays(hours, checked ? country : undefined, own))
          }
        />
        {texts.publicHolidays}
      </label>
      {region !== undefined && (
        <RegionFields region={region} onChange={(next) => onChange(withHolidays(hours, next, own))} />
      )}
      <OwnHolidays own={own} onChange={(next) => onChange(withHolidays(hours, region, next))} />
      {(region !== undefined || own.length > 0) && (
        <>
          <label class="check">
            <input
              type="checkbox"
              checked={spans !== undefined}
              onChange={({ currentTarget: { checked } }) =>
                onChange(withHolidayHours(hours, checked ? USUAL_HOLIDAY : undefined))
              }
            />
            {texts.holidayHours}
          </label>
          {spans !== undefined && (
            <SpanFields
              spans={spans.map(readSpan)}
              of={texts.holidays}
              onChange={(next) =>
                onChange(
                  withHolidayHours(
                    hours,
                    next.map((span) => writeSpan({ ...span, to: Math.min(span.to, DAY_MINUTES) })),
                  ),
                )
              }
            />
          )}
        </>
      )}
    </fieldset>
  );
}

/** The name of a country in the language of the page. A draft may have a code that is none. */
function countryName(code: string, otherwise = code): string {
  return /^[A-Z]{2}$/.test(code) ? (countryNames.of(code) ?? otherwise) : otherwise;
}

/** The country, its region, and the next holidays. */
function RegionFields({ region, onChange }: { region: string; onChange: (region: string) => void }) {
  const [country = ''] = region.split('-');
  const countries = useNames(undefined);
  const parts = useNames(country);
  return (
    <>
      <label>
        {texts.country}
        <select value={country} onChange={({ currentTarget }) => onChange(currentTarget.value)}>
          {countries.every(({ code }) => code !== country) && <option value={country}>{countryName(country)}</option>}
          {countries.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </select>
      </label>
      {parts.length > 0 && (
        <label>
          {texts.region}
          <select value={region} onChange={({ currentTarget }) => onChange(currentTarget.value)}>
            <option value={country}>{texts.wholeCountry}</option>
            {parts.map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      <NextHolidays region={region} />
    </>
  );
}

/** Countries; or the regions of a country. */
function useNames(country: string | undefined): NamedRegion[] {
  const names = useSignal<NamedRegion[]>([]);
  useEffect(() => {
    let isCurrent = true;
    names.value = [];
    void api.get('/api/v1/holidays', { query: country === undefined ? {} : { country } }).then((outcome) => {
      if (!isCurrent || !outcome.ok) return;
      const named = outcome.data.regions.map(({ code, name }) => ({
        code,
        name: country === undefined ? countryName(code, name) : name,
      }));
      names.value = named.sort((a, b) => a.name.localeCompare(b.name, pageLanguage));
    });
    return () => {
      isCurrent = false;
    };
  }, [country]);
  return names.value;
}

function NextHolidays({ region }: { region: string }) {
  const holidays = useSignal<{ date: string; name: string }[]>([]);
  useEffect(() => {
    let isCurrent = true;
    const today = new Date().toISOString().slice(0, 10);
    const query = { from_year: Number(today.slice(0, 4)), years: 2 };
    void api.get('/api/v1/holidays/{region}', { path: { region }, query }).then((outcome) => {
      if (isCurrent) holidays.value = outcome.ok ? outcome.data.holidays.filter((each) => each.date >= today) : [];
    });
    return () => {
      isCurrent = false;
    };
  }, [region]);
  if (holidays.value.length === 0) return null;
  return (
    <details>
      <summary>{texts.nextHolidays}</summary>
      <ul>
        {holidays.value.slice(0, 15).map((each) => (
          <li key={each.date}>
            {date.format(new Date(each.date))}: {each.name}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** Closed days of the company: a date, or a day of every year. */
function OwnHolidays({ own, onChange }: { own: readonly string[]; onChange: (own: string[]) => void }) {
  const [day, isYearly] = [useSignal(''), useSignal(true)];
  const add = () => {
    const holiday = isYearly.value ? day.value.slice(5) : day.value;
    if (day.value !== '' && !own.includes(holiday)) onChange([...own, holiday].sort());
    day.value = '';
  };
  return (
    <div class="own-holidays" role="group" aria-label={texts.ownHolidays}>
      <span>{texts.ownHolidays}</span>
      {own.map((holiday) => (
        <span key={holiday} class="chip">
          {nameOf(holiday)}
          <button
            type="button"
            class="icon-only"
            aria-label={texts.removeHoliday(nameOf(holiday))}
            title={texts.removeHoliday(nameOf(holiday))}
            onClick={() => onChange(own.filter((each) => each !== holiday))}
          >
            <Icon name="close" />
          </button>
        </span>
      ))}
      <input
        type="date"
        aria-label={texts.newHoliday}
        value={day.value}
        onChange={({ currentTarget }) => (day.value = currentTarget.value)}
      />
      <label class="check">
        <input
          type="checkbox"
          checked={isYearly.value}
          onChange={({ currentTarget }) => (isYearly.value = currentTarget.checked)}
        />
        {texts.everyYear}
      </label>
      <button type="button" onClick={add}>
        {texts.add}
      </button>
    </div>
  );
}

/** A leap year, so that 29 February exists. */
function nameOf(holiday: string): string {
  const isYearly = holiday.length === 5;
  const day = new Date(isYearly ? `2024-${holiday}` : holiday);
  if (Number.isNaN(day.getTime())) return holiday;
  return isYearly ? date.format(day) : `${date.format(day)} ${holiday.slice(0, 4)}`;
}
