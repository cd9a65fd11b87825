import { alarmTexts } from '../../../alarms/texts/en/alarms.js';
import { alarmRuleWords } from '../alarm-words.js';
import type { FormWords } from '../form.js';

/** Words of the page of the settings of alarms. */
export const alarmSettingTexts = {
  alarms: 'Alarms',
  title: 'Settings of alarms',
  hint: 'What an alarm is, and who receives it.',
  receiver: { add: 'Add a receiver', remove: 'Remove the receiver' },
  form: {
    fields: {
      'alarms.receivers': ['Receivers of alarms', 'Webhooks receive alarms too, with the event alarm.'],
      'alarms.receivers.*.name': ['Name', 'Lower-case letters, digits, - and _.'],
      'alarms.receivers.*.mail': ['Mail addresses', 'The gateway needs a mail server: SMTP_HOST.'],
      'alarms.receivers.*.language': ['Language of the messages'],
      'alarms.receivers.*.http': ['Send an HTTP request', 'In place of a mail, for example to Telegram or ntfy.'],
      'alarms.receivers.*.http.url': ['Address', '{subject}, {text} and {secret} are replaced behind the host name.'],
      'alarms.receivers.*.http.method': ['Method'],
      'alarms.receivers.*.http.body': [
        'Body',
        'With {subject}, {text}, {state}, {rule}, {about}, {since}, {url}. Without one the alarm is sent as JSON.',
      ],
      'alarms.receivers.*.http.content_type': ['Format of the body'],
      'alarms.receivers.*.http.secret': ['Variable with the value of {secret}', 'Its name begins with WEBHOOK_.'],
      'alarms.receivers.*.http.bearer': ['Variable with the Bearer key', 'Its name begins with WEBHOOK_.'],
      'alarms.resolve_after': ['An alarm is resolved after', 'How long everything must be well again.'],
      ...alarmRuleWords(alarmTexts, {
        after: 'report only after',
        longer_than: 'longer than',
        below_percent: 'free space below (percent)',
        older_than_hours: 'backup older than (hours)',
        at_percent: 'used at least (percent)',
        attempts: 'number of attempts',
        within: 'within',
        calls: 'number of calls',
        addresses: 'number of addresses',
        expires_within_days: 'days before it expires',
      }),
    },
    options: {
      'alarms.receivers.*.http.method': { POST: 'POST', GET: 'GET' },
      'alarms.receivers.*.http.content_type': {
        'application/json': 'JSON',
        'application/x-www-form-urlencoded': 'form',
        'text/plain': 'text',
      },
    },
  } as FormWords,
};

export type AlarmSettingTexts = typeof alarmSettingTexts;
