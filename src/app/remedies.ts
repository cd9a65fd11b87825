/** What to do about a problem of a row of `/readyz`, in words; undefined when nothing better than the problem itself is known. */
export function remedyOf(row: string, problem: string): string | undefined {
  return remedies.find((one) => one.row.test(row) && one.problem.test(problem))?.remedy;
}

/** Asterisk gives a login the classes that its user has at that time. */
const NEW_LOGIN =
  'Then `manager reload` in Asterisk, and restart the gateway: an AMI login keeps the classes it began with.';
const OWN_ASTERISK = 'docs/own-asterisk.md says what an Asterisk of your own needs.';

const remedies: { row: RegExp; problem: RegExp; remedy: string }[] = [
  {
    row: /^ari$/,
    problem: /HTTP 40[13]/,
    remedy: 'Set ARI_USER and ARI_PASSWORD to a user of ari.conf that is not read_only.',
  },
  {
    row: /^ari$/,
    problem: /HTTP 404/,
    remedy:
      "Set ARI_URL to the address of Asterisk's HTTP server; http.conf and ari.conf need enabled=yes, and res_ari has to be loaded.",
  },
  {
    row: /^ari$/,
    problem: /ECONNREFUSED|ENOTFOUND|EHOSTUNREACH|no answer/,
    remedy: 'Nothing answers at ARI_URL: is Asterisk running, and its HTTP server (http.conf) enabled there?',
  },
  {
    row: /^ami$/,
    problem: /login|authentication/i,
    remedy:
      "Set AMI_USER and AMI_PASSWORD to a user of manager.conf; a `permit` there has to let the gateway's address in.",
  },
  {
    row: /^ami$/,
    problem: /ECONNREFUSED|ENOTFOUND|EHOSTUNREACH|no answer/,
    remedy: 'Nothing answers at AMI_HOST and AMI_PORT: is Asterisk running, and manager.conf enabled there?',
  },
  {
    row: /^(dialplan|trunk|handsets)$/,
    problem: /permission denied|class system/i,
    remedy: `Give the user AMI_USER in manager.conf read=system,call,agent,user,reporting,security and write=system,call,agent,reporting. ${NEW_LOGIN}`,
  },
  {
    row: /^dialplan$/,
    problem: /older version/,
    remedy: `Take asterisk-config/extensions.conf of this version and \`dialplan reload\` in Asterisk; one that came with the gateway is started again: \`./scripts/stop\` and \`./scripts/start\`, or \`docker compose up -d --build\`. Trunks come in through the context cordboard-from-trunk now. ${OWN_ASTERISK}`,
  },
  {
    row: /^dialplan$/,
    problem: /./,
    remedy: `Include asterisk-config/extensions.conf in the dialplan and reload it. ${OWN_ASTERISK}`,
  },
  {
    row: /^handsets$/,
    problem: /sorcery/i,
    remedy: `Asterisk does not let ARI make SIP accounts: take the lines of asterisk-config/sorcery.conf into sorcery.conf, load res_sorcery_astdb and restart Asterisk. ${OWN_ASTERISK}`,
  },
  {
    row: /^handsets$/,
    problem: /class security/,
    remedy: `Give the user AMI_USER in manager.conf read=system,call,agent,user,reporting,security, and let its eventfilter pass SuccessfulAuth. ${NEW_LOGIN}`,
  },
  {
    row: /^handsets$/,
    problem: /func_db/,
    remedy: 'Add load=func_db.so to modules.conf, and load it now: `module load func_db.so` in Asterisk.',
  },
  {
    row: /^queues$/,
    problem: /without AMI_CONFIG_PASSWORD/,
    remedy: `Make a user with write=config in manager.conf, as asterisk-config/optional/manager-config-user.conf has it, and set AMI_CONFIG_PASSWORD. ${OWN_ASTERISK}`,
  },
  {
    row: /^queues$/,
    problem: /login|authentication/i,
    remedy: 'Set AMI_CONFIG_USER and AMI_CONFIG_PASSWORD to the user of manager.conf that has write=config.',
  },
  {
    row: /^queues$/,
    problem: /permission/i,
    remedy: 'The user AMI_CONFIG_USER of manager.conf needs write=config.',
  },
  { row: /^(handsets|queues)$/, problem: /./, remedy: OWN_ASTERISK },
  {
    row: /^trunk$/,
    problem: /no PJSIP endpoint/,
    remedy:
      "Set TRUNK_ENDPOINT to the name of your trunk's endpoint in pjsip.conf (asterisk-config/pjsip.d/README.md). Until then calls to telephone numbers fail.",
  },
  {
    row: /^trunk$/,
    problem: /not registered/,
    remedy:
      'Compare user name, password and server_uri of its registration in pjsip.conf with what the provider gave you.',
  },
  {
    row: /^trunk$/,
    problem: /no contact/,
    remedy:
      "Compare the contact of its aor in pjsip.conf with the provider's address; a firewall may keep the provider's answers away.",
  },
];
