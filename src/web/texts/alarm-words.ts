import type { AlarmTexts } from '../../alarms/texts/en/alarms.js';
import type { FormWords } from './form.js';

/** Names of the settings of a rule. */
export interface AlarmSettingWords {
  after: string;
  longer_than: string;
  below_percent: string;
  older_than_hours: string;
  at_percent: string;
  attempts: string;
  within: string;
  calls: string;
  addresses: string;
  expires_within_days: string;
}

/** The words for the settings of every rule of alarms, with the name of the rule before them. */
export function alarmRuleWords({ rules }: AlarmTexts, words: AlarmSettingWords): FormWords['fields'] {
  const fields = Object.entries(rules).flatMap(([rule, { name }]): [string, [string]][] => [
    [`alarms.${rule}.on`, [name]],
    ...Object.entries(words).map(([setting, word]): [string, [string]] => [
      `alarms.${rule}.${setting}`,
      [`${name}: ${String(word)}`],
    ]),
  ]);
  return Object.fromEntries(fields);
}
