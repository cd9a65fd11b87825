import type { FormWords } from '../form.js';

/** Words of the pages of people and roles. */
export const peopleTexts = {
  title: 'Users',
  person: 'User',
  add: 'Add a user',
  none: 'No users yet.',
  noneHint: 'Everybody who answers calls or looks after the telephone gets an account of their own.',
  name: 'Name',
  role: 'Role',
  handset: 'Handset',
  access: 'Access',
  data: 'Data',
  canLogIn: 'can log in',
  noPassword: 'no password yet',
  noPasswordHint: 'Create a password and hand it over with the address. It is shown once.',
  newPasswordHint: 'A new password ends all sessions of this user.',
  makePassword: 'Create a password',
  newPassword: 'Create a new password',
  shownOnce: 'The password is shown only now. Hand it over and ask the user to change it.',
  copyInvitation: 'Copy as a message',
  address: 'Address',
  login: 'User name',
  password: 'Password',
  roles: 'What roles may do',
  rolesHint: 'Administrators may do everything. For the others a tick gives the right.',
  right: 'Right',
  yes: 'yes',
  no: 'no',
  roleNames: { operator: 'Operator', supervisor: 'Supervisor', admin: 'Administrator' },
  /** Rights that cannot be changed, and whether operators have them. */
  always: [
    ['See live calls, queues and handsets, and pause themselves', true],
    ['See the list of calls and listen to prompts', true],
    ['See reports and the configuration', false],
  ] as [string, boolean][],
  rights: {
    numbers: 'See phone numbers in full',
    reject: 'Reject waiting callers',
    control: 'Make calls, transfer them, play prompts into them',
    listen: 'Listen in to talks, whisper to operators, join talks',
    recordings: 'Hear recordings',
    delete_recordings: 'Delete recordings',
    operators: 'Pause others, log them in and out',
  },
  onlyAdmins: ['Change the configuration', 'Manage users and tokens', 'See the audit log and the data of a person'],
  form: {
    fields: {
      name: ['Name'],
      login: ['User name', 'An e-mail address or a short name. A new one needs a new password.'],
      role: ['Role'],
      handset: ['Handset', 'On which this user answers calls.'],
      mobile: ['Mobile number', 'With the country code, such as +420777123456.'],
      'dial_limits.max_per_day': ['Most outgoing calls on one day', 'Empty: only the limit of the company.'],
      'dial_limits.max_concurrent': ['Most outgoing calls at the same time'],
      'dial_limits.countries': [
        'Countries that may be called',
        'From those that the company allows. None: all of them.',
      ],
      'dial_limits.premium_rate': ['Premium-rate numbers', 'Only those that the company allows.'],
    },
    options: {
      role: {
        operator: ['Operator', 'Answers calls: sees live calls, the list of calls and their own handset.'],
        supervisor: ['Supervisor', 'Also listens in, transfers calls, pauses others, and sees reports.'],
        admin: ['Administrator', 'May do everything, users and configuration included.'],
      },
    },
  } satisfies FormWords,
};

export type PeopleTexts = typeof peopleTexts;
