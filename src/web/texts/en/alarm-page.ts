import { plural } from '../plural.js';

/** Words of the page of alarms. */
export const alarmPageTexts = {
  title: 'Alarms',
  settings: 'Settings of alarms',
  none: 'Nothing is wrong.',
  noneHint: 'Alarms that fire appear here, and their receivers get a message.',
  since: 'Since',
  what: 'What to do:',
  ack: 'I take care of it',
  acked: (by: string) => `${by} takes care of it`,
  silence: 'Silence',
  silenced: 'silenced',
  notSent: 'Nobody was told: it was silenced.',
  minutes: 'For how long',
  reason: 'Why',
  save: 'Silence',
  cancel: 'Cancel',
  done: 'The alarm is silenced.',
  taken: 'Others see now that you take care of it.',
  spans: { 30: '30 minutes', 120: '2 hours', 480: '8 hours', 1440: '1 day', 10080: '1 week' },
  silences: 'Silences',
  until: 'until',
  endSilence: 'End the silence',
  ended: 'Messages are sent again.',
  every: 'all',
  receivers: 'Receivers',
  noReceivers: 'Nobody receives alarms yet. Add a receiver in the settings.',
  history: 'Former alarms',
  noHistory: 'There was no alarm yet.',
  older: 'Show older alarms',
  shown: plural('en', { one: '# former alarm', other: '# former alarms' }),
  alarm: 'Alarm',
  lasted: 'Duration',
};

export type AlarmPageTexts = typeof alarmPageTexts;
