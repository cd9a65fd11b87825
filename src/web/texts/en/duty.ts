import { plural } from '../plural.js';

/** Words of the history of logins and pauses. */
export const dutyTexts = {
  handsets: 'Handsets',
  history: 'Logins and pauses',
  who: 'Who',
  what: 'What',
  queue: 'Queue',
  by: 'By whom',
  when: 'When',
  handset: 'Handset',
  all: 'all',
  since: 'Since',
  older: 'Older',
  none: 'Nobody has logged in, logged out or paused yet',
  noMatch: 'Nothing matches the filter.',
  showAll: 'Show all',
  events: { logged_in: 'logged in', logged_out: 'logged out', paused: 'paused', unpaused: 'pause ended' },
  authors: { handset: 'on the phone, by a code', asterisk: 'in Asterisk' },
  shown: plural('en', { one: '# entry shown', other: '# entries shown' }),
};

export type DutyTexts = typeof dutyTexts;
