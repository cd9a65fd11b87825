/** Words of the page of personal data. */
export const personalDataTexts = {
  title: 'Personal data',
  hint: 'What is stored about a number: to answer a person who asks for it, or who wants it erased.',
  number: 'Phone number',
  lookUp: 'Show what is stored',
  nothing: 'Nothing is stored about this number',
  download: 'Download everything',
  downloadHint:
    'A JSON document with calls, orders, notifications and the texts of requests. The download is recorded in the audit log.',
  doNotCallYes: 'On the do-not-call list',
  settingsHint: 'An erasure does not change the settings. Remove the number there:',
  erase: 'Erase the data',
  eraseHint:
    'Erases calls with their courses, recordings, orders and notifications of this number, and removes the number from what belongs to others. Backups, the shop and receivers of events keep their copies. This cannot be undone.',
  keepBlocked: 'Also remove it from the do-not-call list',
  keepBlockedHint: 'Notifications may then call the number again.',
  confirm: 'Type the number again to erase its data',
  confirmWrong: 'This is not the number above.',
  receipt: 'Erased',
  receiptHint: 'The receipt names no number, so that it can be kept.',
  id: 'Receipt',
  at: 'When',
  by: 'By whom',
  busy: 'The number is in a call, or another erasure is running. Try again later.',
  backups: 'These backups were made before and may hold the data. Remove them when they are no longer needed:',
  logKept: 'Another program reads the database: its log is emptied when that program ends.',
  past: 'Past erasures',
  noPast: 'Nothing has been erased yet',
  kinds: {
    calls: 'calls',
    recordings: 'recordings',
    webhook_deliveries: 'events sent to others',
    orders: 'orders',
    notifications: 'notifications',
    other: 'other entries',
    mentions: 'mentions in the data of others',
    notifications_canceled: 'waiting notifications canceled',
    recorded_requests: 'rejected requests',
    spoken_texts: 'spoken texts',
  },
};

export type PersonalDataTexts = typeof personalDataTexts;
