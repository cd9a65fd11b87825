import { lintTwice } from './directory.js';
import type { Webhook } from '../../webhooks/schema.js';
import type { Report } from './report.js';

/** Rules about webhooks: unique names and existing secrets; the same for the lookup. */
export function lintWebhooks(report: Report): void {
  const { webhooks, callbacks, lookup, profiles } = report.company;
  lintTwice(
    report,
    'webhooks',
    webhooks.map(({ name }) => name),
  );
  for (const [index, { profile, secret, basic_auth, bearer, url }] of webhooks.entries()) {
    const place = ['webhooks', index];
    if (profile !== 'telfa' && profiles[profile] === undefined)
      report.error([...place, 'profile'], `there is no profile "${profile}"`, 'describe it in profiles', {
        unknown_profile: profile,
      });
    lintAddress(report, place, { url, secret, basic_auth, bearer });
    if (basic_auth !== undefined && bearer !== undefined)
      report.error([...place, 'bearer'], 'one request cannot log in in two ways', 'leave basic_auth or bearer out', {
        two_logins: true,
      });
  }
  lintTwice(
    report,
    'callbacks',
    callbacks.map(({ name }) => name),
  );
  for (const [index, callback] of callbacks.entries()) lintAddress(report, ['callbacks', index], callback);
  if (lookup !== undefined) lintAddress(report, ['lookup'], lookup);
}

export function lintAddress(
  report: Report,
  place: (string | number)[],
  { url, secret, basic_auth, bearer }: Pick<Webhook, 'url' | 'secret' | 'basic_auth' | 'bearer'>,
): void {
  if (new URL(url).username !== '')
    report.error([...place, 'url'], 'the address holds a login', 'name its variable in basic_auth', {
      address_has_login: true,
    });
  lintSecrets(report, place, { secret, basic_auth, bearer });
}

/** @param variables by the word that names each */
export function lintSecrets(
  report: Report,
  place: (string | number)[],
  variables: Record<string, string | undefined>,
): void {
  for (const [word, variable] of Object.entries(variables)) {
    if (variable !== undefined && report.options.secrets?.has(variable) === false)
      report.warn(
        [...place, word],
        `the gateway has no ${variable} in its environment: nothing can be sent there`,
        'set it and start the gateway again',
        { no_secret: variable },
      );
  }
}
