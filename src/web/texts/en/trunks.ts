import type { FormWords } from '../form.js';

/** Words of the pages of trunks. */
export const trunkTexts = {
  title: 'Trunks',
  hint: 'A trunk connects the gateway with a telephone provider or another PBX. Outgoing calls take the first one that can carry them.',
  trunk: 'Trunk',
  state: 'State',
  add: 'Add a trunk',
  none: 'No trunks yet.',
  noneHint:
    'Add one for each provider or PBX. Until then calls to numbers leave through the endpoint of TRUNK_ENDPOINT.',
  password: 'Password',
  passwordStored: 'A password is stored. It is not shown; a new one replaces it.',
  noPassword: 'No password is stored.',
  savePassword: 'Store the password',
  passwordSaved: 'The password is stored and in use.',
  testCall: 'Test call',
  testCallHint: 'Calls a number over this trunk alone, from the first line, and hangs up when it is answered.',
  number: 'Number',
  call: 'Call',
  called: 'The number is being called.',
  howItGoes: 'See how it goes',
  groups: {
    connection: 'Connection',
    outgoing: 'Outgoing calls',
    numbers: 'Notation of numbers',
    details: 'Details',
  },
  form: {
    fields: {
      name: ['Short name', '2 to 40 characters: lower-case letters, digits, - and _. It cannot be changed later.'],
      title: ['Name', 'Such as the name of the provider.'],
      enabled: ['In use', 'A trunk that is switched off keeps its settings and password.'],
      way: ['How the two sides know each other'],
      server: [
        'Server',
        'Host or address that the provider gave you, with a port if needed: sip.provider.example:5060.',
      ],
      user: ['User name', 'Of the account with the provider.'],
      addresses: ['Further addresses', 'Hosts, addresses or networks that calls come from, besides the server.'],
      order: ['Order', 'Trunks with lower numbers are tried first.'],
      lines: ['Lines', 'Lines whose outgoing calls it carries. None: all.'],
      prefixes: [
        'Beginnings of numbers',
        'Numbers that it calls, such as +420. Empty: all numbers, and short codes such as 112.',
      ],
      'caller_id.shows': ['Number that called people see'],
      'caller_id.number': ['Fixed number', 'Needed unless the line decides.'],
      'caller_id.allowed': ['Allowed numbers', 'Numbers that the provider lets you show.'],
      country: ['Country', 'Of national numbers on this trunk. Default: that of the company.'],
      'numbers_out.format': ['Numbers that are sent'],
      'numbers_out.strip': ['Sent: digits taken off', 'From the beginning of the number in this notation.'],
      'numbers_out.add': ['Sent: digits put before', 'Such as 0 for an outside line of a PBX.'],
      'numbers_in.format': ['Numbers that arrive'],
      'numbers_in.strip': ['Arriving: digits taken off', 'From the beginning, before the number is read.'],
      'numbers_in.add': ['Arriving: digits put before', 'Before the number is read.'],
      max_channels: ['Most calls at the same time', 'In both directions. Further outgoing calls take the next trunk.'],
      transport: ['Transport'],
      encryption: ['Encryption of audio'],
      codecs: ['Codecs', 'In order of preference. Default: alaw, ulaw.'],
      domain: ['Domain', 'Of the account, if it differs from the server.'],
      account_number: [
        'Number of the account',
        'The line that calls to the account itself are for. Needed when the user name is not a number.',
      ],
      checks: [
        'Check whether the server answers',
        'Every 30 seconds (OPTIONS). Switch it off for one that ignores it.',
      ],
    },
    options: {
      way: {
        registration: ['User name and password', 'The gateway registers with the provider.'],
        address: ['Addresses', 'Both sides know the address of the other one: usual for another PBX.'],
      },
      transport: { udp: 'UDP', tcp: 'TCP', tls: ['TLS', 'Encrypted signalling.'] },
      encryption: { none: 'None', sdes: ['SRTP (SDES)', 'Use it with TLS.'] },
      'caller_id.shows': {
        line: 'The caller ID of the call plan or the line',
        fixed: 'Always the fixed number',
        allowed: 'That of the line if it is allowed, else the fixed number',
      },
      'numbers_out.format': {
        digits: '420222333444',
        plus: '+420222333444',
        '00': '00420222333444',
        national: '222333444, and 00… abroad',
      },
      'numbers_in.format': {
        any: 'Any notation: the gateway tells them apart',
        digits: '420222333444',
        '00': '00420222333444',
        national: '222333444, and 00… from abroad',
      },
    },
  } satisfies FormWords,
};

export type TrunkTexts = typeof trunkTexts;
