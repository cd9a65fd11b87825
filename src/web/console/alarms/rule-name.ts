import type { AlarmTexts } from '../../../alarms/texts/en/alarms.js';
import { loadTexts } from '../texts.js';

const texts = await loadTexts(
  import.meta.glob<AlarmTexts>('../../../alarms/texts/*/alarms.ts', { import: 'alarmTexts' }),
);

/** What a rule is about, in words. */
export function subjectName(rule: keyof AlarmTexts['rules'], subject: string): string {
  return texts.rules[rule].subjects?.[subject] ?? subject;
}

/** The name of a rule. */
export function ruleName(rule: keyof AlarmTexts['rules']): string {
  return texts.rules[rule].name;
}
