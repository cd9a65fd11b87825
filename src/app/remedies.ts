/** A page translates each of them: `remedies` of `src/web/texts/<language>/system.ts`. */
export const remedyCodes = [
  'ari_login',
  'ari_not_found',
  'ari_no_answer',
  'ami_login',
  'ami_no_answer',
  'ami_permission',
  'dialplan_old',
  'dialplan_missing',
  'sorcery_missing',
  'security_events_missing',
  'func_db_missing',
  'endpoint_unknown',
  'endpoint_taken',
  'queues_no_config_user',
  'queues_login',
  'queues_permission',
  'own_asterisk',
  'trunk_unknown',
  'trunk_not_registered',
  'trunk_unreachable',
  'trunk_of_company',
  'backup_no_space',
  'notifications_held',
  'backup_failed',
  'certificate_needed',
  'certificate_of_asterisk',
  'certificate_expires',
  'certificate_files',
  'bans_own_asterisk',
  'redis_away',
] as const;
type RemedyCode = (typeof remedyCodes)[number];

/** The remedy for a problem of a check of `/readyz`; undefined when none is known. */
export function remedyOf(row: string, problem: string): string | undefined {
  return remedies.find((one) => one.row.test(row) && one.problem.test(problem))?.remedy;
}

/** Machine-readable name of the remedy; undefined when none is known. */
export function remedyCodeOf(row: string, problem: string): RemedyCode | undefined {
  return remedies.find((one) => one.row.test(row) && one.problem.test(problem))?.code;
}

export function remedyOfCode(code: RemedyCode): string {
  return remedies.find((one) => one.code === code)?.remedy ?? '';
}

/** A login keeps the user's classes as of the time of the login. */
const NEW_LOGIN =
  'Then run `manager reload` in Asterisk and restart the gateway: an AMI login keeps its initial classes.';
const OWN_ASTERISK = 'On your own Asterisk, run `./scripts/cordboard connect --check` (docs/own-asterisk.md).';

const remedies: { code: RemedyCode; row: RegExp; problem: RegExp; remedy: string }[] = [
  {
    code: 'ari_login',
    row: /^ari$/,
    problem: /HTTP 40[13]/,
    remedy: 'Set ARI_USER and ARI_PASSWORD to a user of ari.conf that is not read_only.',
  },
  {
    code: 'ari_not_found',
    row: /^ari$/,
    problem: /HTTP 404/,
    remedy:
      "Set ARI_URL to the address of Asterisk's HTTP server; http.conf and ari.conf need enabled=yes, and res_ari must be loaded.",
  },
  {
    code: 'ari_no_answer',
    row: /^ari$/,
    problem: /ECONNREFUSED|ENOTFOUND|EHOSTUNREACH|no answer/,
    remedy: 'No response from ARI_URL: check that Asterisk is running and that its HTTP server (http.conf) is enabled.',
  },
  {
    code: 'ami_login',
    row: /^ami$/,
    problem: /login|authentication/i,
    remedy: "Set AMI_USER and AMI_PASSWORD to a user of manager.conf; its `permit` must include the gateway's address.",
  },
  {
    code: 'ami_no_answer',
    row: /^ami$/,
    problem: /ECONNREFUSED|ENOTFOUND|EHOSTUNREACH|no answer/,
    remedy: 'No response from AMI_HOST and AMI_PORT: check that Asterisk is running and that manager.conf is enabled.',
  },
  {
    code: 'ami_permission',
    row: /^(dialplan|trunk|handsets)$/,
    problem: /permission denied|class system/i,
    remedy: `Give the user AMI_USER in manager.conf read=system,call,agent,user,reporting,security,dtmf and write=system,call,agent,reporting. ${NEW_LOGIN}`,
  },
  {
    code: 'dialplan_old',
    row: /^dialplan$/,
    problem: /older version/,
    remedy: `Install asterisk-config/extensions.conf of this version and run \`dialplan reload\` in Asterisk; restart the Asterisk that comes with the gateway by \`./scripts/stop\` and \`./scripts/start\`, or \`docker compose up -d --build\`. Trunks must use the context cordboard-from-trunk now. ${OWN_ASTERISK}`,
  },
  {
    code: 'dialplan_missing',
    row: /^dialplan$/,
    problem: /./,
    remedy: `Include asterisk-config/extensions.conf in the dialplan and reload the dialplan. ${OWN_ASTERISK}`,
  },
  {
    code: 'sorcery_missing',
    row: /^handsets$/,
    problem: /sorcery/i,
    remedy: `Asterisk does not allow ARI to create SIP accounts: copy the lines of asterisk-config/sorcery.conf into sorcery.conf, load res_sorcery_astdb and restart Asterisk. ${OWN_ASTERISK}`,
  },
  {
    code: 'security_events_missing',
    row: /^handsets$/,
    problem: /class security/,
    remedy: `Give the user AMI_USER in manager.conf read=system,call,agent,user,reporting,security,dtmf, and allow SuccessfulAuth in its eventfilter. ${NEW_LOGIN}`,
  },
  {
    code: 'func_db_missing',
    row: /^handsets$/,
    problem: /func_db/,
    remedy: 'Add load=func_db.so to modules.conf and run `module load func_db.so` in Asterisk.',
  },
  {
    code: 'endpoint_taken',
    row: /^handsets$/,
    problem: /has an endpoint .* already/,
    remedy:
      'Rename the handset. To ring that telephone of your own, name its endpoint in the handset (docs/own-asterisk.md).',
  },
  {
    code: 'endpoint_unknown',
    row: /^handsets$/,
    problem: /no PJSIP endpoint/,
    remedy:
      "Write the endpoint of the handset as your Asterisk names it (`asterisk -rx 'pjsip show endpoints'`), or remove the handset.",
  },
  {
    code: 'queues_no_config_user',
    row: /^queues$/,
    problem: /without AMI_CONFIG_PASSWORD/,
    remedy: `Create a user with write=config in manager.conf (see asterisk-config/optional/manager-config-user.conf) and set AMI_CONFIG_PASSWORD. ${OWN_ASTERISK}`,
  },
  {
    code: 'queues_login',
    row: /^queues$/,
    problem: /login|authentication/i,
    remedy: 'Set AMI_CONFIG_USER and AMI_CONFIG_PASSWORD to the user of manager.conf that has write=config.',
  },
  {
    code: 'queues_permission',
    row: /^queues$/,
    problem: /permission/i,
    remedy: 'The user AMI_CONFIG_USER of manager.conf needs write=config.',
  },
  { code: 'own_asterisk', row: /^(handsets|queues)$/, problem: /./, remedy: OWN_ASTERISK },
  {
    code: 'trunk_of_company',
    row: /^trunk$/,
    problem: /^the trunk \S+ is [a-z]+: /,
    remedy: 'Compare the settings of the trunk with the data of the provider; see docs/trunks.md.',
  },
  {
    code: 'trunk_unknown',
    row: /^trunk$/,
    problem: /no PJSIP endpoint/,
    remedy:
      "Set TRUNK_ENDPOINT to the name of your trunk's endpoint in pjsip.conf (asterisk-config/pjsip.d/README.md). Until then calls to telephone numbers fail.",
  },
  {
    code: 'trunk_not_registered',
    row: /^trunk$/,
    problem: /not registered/,
    remedy: "Compare user name, password and server_uri of its registration in pjsip.conf with the provider's data.",
  },
  {
    code: 'trunk_unreachable',
    row: /^trunk$/,
    problem: /no reachable contact/,
    remedy:
      "Compare the contact of its aor in pjsip.conf with the provider's address; a firewall may block the provider's responses.",
  },
  {
    code: 'notifications_held',
    row: /^notifications$/,
    problem: /restored/,
    remedy:
      'The lost gateway may have called these people already. Call or cancel them on the page System, or with POST /api/v1/held-notifications.',
  },
  {
    code: 'backup_no_space',
    row: /^backup$/,
    problem: /free space/,
    remedy: 'Free space on the disk of BACKUP_DIR, lower BACKUP_KEEP, or set BACKUP_DIR to a folder on another disk.',
  },
  {
    code: 'backup_failed',
    row: /^backup$/,
    problem: /./,
    remedy: 'Check BACKUP_DIR and BACKUP_PASSPHRASE_FILE, and make a backup on the page System. See docs/backup.md.',
  },
  {
    code: 'certificate_needed',
    row: /^certificates$/,
    problem: /requires encryption/,
    remedy:
      'Set TLS_DIR, and restart Asterisk and the gateway; or SIP_TLS_PORT for an Asterisk of your own that serves TLS.',
  },
  {
    code: 'certificate_files',
    row: /^certificates$/,
    problem: /\.pem/,
    remedy:
      'Put a certificate with its chain and its key into TLS_DIR with `scripts/certificate install`. See docs/encryption.md.',
  },
  {
    code: 'certificate_expires',
    row: /^certificates$/,
    problem: /expire/,
    remedy: 'Renew the certificate, and look why the program that should renew it did not. See docs/encryption.md.',
  },
  {
    code: 'certificate_of_asterisk',
    row: /^certificates$/,
    problem: /SIP over TLS|Asterisk presents/,
    remedy: 'Check that Asterisk may read both files of TLS_DIR, and restart it.',
  },
  {
    code: 'bans_own_asterisk',
    row: /^bans$/,
    problem: /./,
    remedy: `Load res_pjsip_acl, copy the section acl of asterisk-config/sorcery.conf and the AMI user for failed logins of asterisk-config/manager.conf, and restart Asterisk. ${OWN_ASTERISK}`,
  },
  {
    code: 'redis_away',
    row: /^redis$/,
    problem: /./,
    remedy:
      'Check REDIS_URL and that the server is running. Calls go on, and the gateway then connects by itself (docs/redis.md).',
  },
];
