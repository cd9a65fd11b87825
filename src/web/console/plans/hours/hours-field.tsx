import { useRef } from 'preact/hooks';
import { session } from '../../session.js';
import { Icon } from '../../ui/icon.js';
import { showDone } from '../../ui/toasts.js';
import { store } from '../draft-store.js';
import { usualHours } from '../probable.js';
import { speaker } from '../speaker.js';
import { Exceptions } from './exceptions.js';
import { HolidayFields } from './holiday-fields.js';
import { closedOn, isClosedOn, openAsUsualOn, type Hours } from './hours.js';
import { texts } from './texts.js';
import { readWeek, writeWeek } from './week.js';
import { WeekGrid } from './week-grid.js';

interface HoursFieldProps {
  /** As the document writes them. */
  value: unknown;
  /** Without hours it is always open. */
  isOptional: boolean;
  disabled: boolean;
  onChange: (value: Hours | undefined) => void;
}

const NEVER: Hours = { weekly: {} };

/** Opening hours; where they are optional, there may be none. */
export function HoursField({ value, isOptional, disabled, onChange }: HoursFieldProps) {
  if (!isOptional) return <HoursForm value={value} disabled={disabled} onChange={onChange} />;
  if (value === undefined)
    return (
      <p>
        {texts.alwaysOpen}{' '}
        <button
          type="button"
          disabled={disabled}
          onClick={() => onChange(usualHours(store.items.value ?? [], speaker.value.forms))}
        >
          {texts.setHours}
        </button>
      </p>
    );
  return (
    <>
      <HoursForm value={value} disabled={disabled} onChange={onChange} />
      <button type="button" class="link" disabled={disabled} onClick={() => onChange(undefined)}>
        {texts.openAlways}
      </button>
    </>
  );
}

/** A week, holidays, and days with hours of their own. */
function HoursForm({ value: written, disabled, onChange }: Omit<HoursFieldProps, 'isOptional'>) {
  const value = { ...NEVER, ...(written as Hours | undefined) };
  // An undo comes later: it must not take back what was changed meanwhile.
  const latest = useRef(value);
  latest.current = value;
  const today = dateIn(value.time_zone ?? session.timeZone);
  const isClosed = isClosedOn(value, today);
  const toggleToday = () => {
    const before = (value.exceptions ?? []).find(({ date }) => date === today);
    onChange(isClosed ? openAsUsualOn(value, today) : closedOn(value, today));
    showDone(isClosed ? texts.openToday : texts.closedToday, () => {
      const { exceptions = [] } = openAsUsualOn(latest.current, today);
      onChange({ ...latest.current, exceptions: before === undefined ? exceptions : [...exceptions, before] });
    });
  };
  return (
    <fieldset class="hours-field" disabled={disabled} aria-label={texts.title}>
      <button type="button" aria-pressed={isClosed} onClick={toggleToday}>
        <Icon name={isClosed ? 'check' : 'off'} />
        {isClosed ? texts.openTodayAgain : texts.closeToday}
      </button>
      <WeekGrid week={readWeek(value.weekly)} onChange={(week) => onChange({ ...value, weekly: writeWeek(week) })} />
      <HolidayFields hours={value} country={countryOfCompany()} onChange={onChange} />
      <Exceptions hours={value} today={today} onChange={onChange} />
    </fieldset>
  );
}

/** The company's country, as its settings in the draft say. */
function countryOfCompany(): string {
  const settings = store.get({ section: 'settings', key: 'company' })?.body as { country?: string } | undefined;
  return settings?.country ?? 'CZ';
}

/** The present date in a time zone, ISO. An unknown zone is an error of the form: then the date is that of UTC. */
function dateIn(timeZone: string): string {
  try {
    return new Intl.DateTimeFormat('sv', { timeZone }).format();
  } catch {
    return new Date().toISOString().slice(0, 10);
  }
}
