import type { AlarmTexts } from '../../../alarms/texts/en/alarms.js';
import { loadTexts } from '../texts.js';

const texts = await loadTexts(
  import.meta.glob<AlarmTexts>('../../../alarms/texts/*/alarms.ts', { import: 'alarmTexts' }),
);

/** The name of a rule. */
export function ruleName(rule: keyof AlarmTexts['rules']): string {
  return texts.rules[rule].name;
}
