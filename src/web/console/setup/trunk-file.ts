import type { SetupAnswers } from '../../../company/setup-progress.js';

type Provider = NonNullable<SetupAnswers['provider']>;

/** Name of the endpoint, and of the file without its ending. */
const NAME = 'provider';
export const TRUNK_FILE = `asterisk-config/pjsip.d/${NAME}.conf`;
export const TRUNK_ENV = `TRUNK_ENDPOINT=${NAME}\nCORDBOARD_DEMO=0`;

/**
 * The trunk for Asterisk's `pjsip.d`, as asterisk-config/pjsip.d/README.md describes it.
 *
 * @param password what stands in place of the password, which no page asks for
 */
export function trunkFile({ server, user, registers }: Provider, password: string): string {
  const account = [
    section('auth', `type=auth`, 'auth_type=userpass', `username=${user}`, `password=${password}`),
    section(
      'registration',
      'type=registration',
      `server_uri=sip:${server}`,
      `client_uri=sip:${user}@${server}`,
      `outbound_auth=${NAME}-auth`,
      `endpoint=${NAME}`,
      'line=yes',
    ),
  ];
  return [
    section(
      '',
      'type=endpoint',
      'context=cordboard-from-trunk',
      `aors=${NAME}`,
      'identify_by=ip',
      ...(registers ? [`outbound_auth=${NAME}-auth`] : []),
      'disallow=all',
      'allow=alaw,ulaw',
      'direct_media=no',
      'send_connected_line=no',
      'send_pai=no',
      'send_rpid=no',
      'timers=always',
      'timers_sess_expires=180',
    ),
    section('', 'type=aor', `contact=sip:${server}`, 'qualify_frequency=60'),
    section('identify', 'type=identify', `endpoint=${NAME}`, `match=${hostOf(server)}`),
    ...(registers ? account : []),
  ].join('\n\n');
}

function section(suffix: string, ...lines: string[]): string {
  return [`[${NAME}${suffix === '' ? '' : `-${suffix}`}]`, ...lines].join('\n');
}

function hostOf(server: string): string {
  return server.replace(/:\d+$/, '');
}
