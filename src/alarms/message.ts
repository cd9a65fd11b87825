import type { Instant } from '../lib/clock.js';
import type { Language } from '../lib/language.js';
import { fill } from '../lib/fill.js';
import type { Alarm, AlarmDetail, AlarmNews } from './rules.js';
import { alarmTexts as cs } from './texts/cs/alarms.js';
import { alarmTexts as en, type AlarmTexts, type RuleTexts } from './texts/en/alarms.js';
import { alarmTexts as ru } from './texts/ru/alarms.js';

const TEXTS: Record<Language, AlarmTexts> = { cs, en, ru };

export interface MessageSettings {
  language: Language;
  timeZone: string;
  /** Address of the gateway for browsers. */
  outsideUrl: string;
}

/** The fields of the event `alarm`. Templates of receivers use them as placeholders. */
export interface AlarmMessage extends Record<string, string> {
  /** Id of the alarm. */
  alarm: string;
  rule: string;
  /** Such as the name of a trunk or a queue. */
  about: string;
  state: string;
  since: string;
  /** Empty before the end. */
  resolved_at: string;
  subject: string;
  text: string;
  url: string;
}

/** What receivers are told: what happened, since when, what to do, and where it is shown. */
export function alarmMessage(
  { id, rule, subject, begunAt, resolvedAt, detail }: Alarm,
  news: AlarmNews,
  settings: MessageSettings,
): AlarmMessage {
  const { title, what, remedy } = describeAlarm({ rule, subject, detail }, settings.language);
  const url = `${settings.outsideUrl}/alarms`;
  const texts = TEXTS[settings.language];
  const timeOf = (at: Instant) => formatTime(at, settings);
  const isOver = news === 'resolved';
  const text = [
    what,
    '',
    fill(texts.since, { time: timeOf(begunAt) }),
    isOver && resolvedAt !== null ? fill(texts.until, { time: timeOf(resolvedAt) }) : fill(texts.whatToDo, { remedy }),
    fill(texts.page, { url }),
  ].join('\n');
  return {
    alarm: String(id),
    rule,
    about: subject,
    state: news,
    since: new Date(begunAt).toISOString(),
    resolved_at: isOver && resolvedAt !== null ? new Date(resolvedAt).toISOString() : '',
    subject: isOver ? fill(texts.resolved, { title }) : title,
    text,
    url,
  };
}

/** A message that shows whether a receiver works. */
export function testMessage({ language, outsideUrl }: MessageSettings, at: Instant): AlarmMessage {
  const { testTitle, testText, page } = TEXTS[language];
  const url = `${outsideUrl}/alarms`;
  const since = new Date(at).toISOString();
  const text = [testText, '', fill(page, { url })].join('\n');
  return { alarm: '0', rule: 'test', about: '', state: 'test', since, resolved_at: '', subject: testTitle, text, url };
}

/** An alarm in words. */
export function describeAlarm(
  { rule, subject, detail }: Pick<Alarm, 'rule' | 'subject' | 'detail'>,
  language: Language,
) {
  const texts = TEXTS[language].rules[rule];
  const problem = texts.problems?.[String(detail['code'])];
  const inWords = problem === undefined ? {} : { problem: fill(problem, detail) };
  const values = { ...detail, ...inWords, subject: texts.subjects?.[subject] ?? subject };
  return {
    title: fill(inCase(texts.title, detail), values),
    what: fill(inCase(texts.what, detail), values).replace(/\.\.+$/, '.'),
    remedy: fill(texts.remedy, { remedy: '', ...values }).trim(),
  };
}

/** The first text is that of alarms which an earlier version stored without a case. */
function inCase(text: RuleTexts['title'], detail: AlarmDetail): string {
  if (typeof text === 'string') return text;
  return text[String(detail['case'])] ?? Object.values(text)[0] ?? '';
}

function formatTime(at: Instant, { language, timeZone }: MessageSettings): string {
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', timeZone });
  return `${format.format(at)} (${timeZone})`;
}
