/** The checks, in the order in which they are made, with what each looks at. */
export const CHECKS = {
  settings: 'Environment variables and the file .env',
  gateway: 'The running gateway, at CORDBOARD_URL',
  disk: 'Disk of the data folder: free space, writing, speed',
  http: 'HTTP port and addresses of the gateway',
  ari: 'Asterisk over ARI: login, rights',
  ami: 'Asterisk over AMI: login, rights',
  queue_writer: 'AMI user that writes queues (AMI_CONFIG_USER)',
  dialplan: 'Contexts of the dialplan',
  sip_udp: 'SIP port over UDP, at the address of telephones',
  sip_tcp: 'SIP port over TCP, at the address of telephones',
  rtp: 'Ports for audio (RTP)',
  nat: 'Address that Asterisk announces to telephones and providers (NAT)',
  browsers: 'What browsers are told: address, STUN, TURN',
  codecs: 'Audio codecs, and modules for prompts and browsers',
  trunk: 'Telephone provider (trunk)',
  clock: 'Clocks of the gateway and of Asterisk',
  certificate: 'HTTPS certificate of the outside address',
  prompts: 'Audio of every used prompt',
  backup: 'Age of the last backup',
  redis: 'Redis or Valkey (REDIS_URL)',
  sip_call: 'Test call over SIP, as a telephone makes it: login, INVITE, answer',
  sip_digits: 'Digits of the test call over SIP (RFC 4733), in both directions',
  sip_sound_there: 'Audio of the test call over SIP, from the telephone to Asterisk',
  sip_sound_back: 'Audio of the test call over SIP, from Asterisk to the telephone',
  loop_back: 'Test call inside Asterisk: dialplan, answer, digits and audio in both directions',
} as const;

export type CheckId = keyof typeof CHECKS;
export const checkIds = Object.keys(CHECKS) as [CheckId, ...CheckId[]];
