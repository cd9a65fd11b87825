import type { Config } from '../config.js';
import type { Clock } from '../lib/clock.js';
import type { Logger } from '../lib/logger.js';
import { dispatchOrigins } from '../integrations/gootax/schema.js';
import type { CompanyStore } from '../company/store/company-store.js';
import { isAllowedOrigin } from '../webphone/origins.js';
import { ShortLivedAccounts } from '../webphone/short-lived-accounts.js';
import { SipSockets } from '../webphone/sip-sockets.js';

interface BrowserPhones {
  sockets: SipSockets;
  accounts: ShortLivedAccounts;
}

/** Composes `/ws`, SIP for handsets in browsers, and their accounts. */
export function createBrowserPhones(parts: {
  companies: Pick<CompanyStore, 'company'>;
  /** The permanent SIP password of a handset. */
  passwordOf: (handset: string) => string | undefined;
  config: Pick<Config, 'ari' | 'http'>;
  clock: Clock;
  logger: Logger;
}): BrowserPhones {
  const { companies, passwordOf, config, clock, logger } = parts;
  const target = new URL('/ws', config.ari.url);
  target.protocol = target.protocol === 'https:' ? 'wss:' : 'ws:';
  const { outsideUrl, publicUrl, proxies } = config.http;
  const isForBrowsers = (name: string) =>
    companies.company.handsets.some((handset) => handset.webrtc && handset.name === name);
  const accounts = new ShortLivedAccounts({
    clock,
    passwordOf,
    isHolder: ({ handset, operator }) =>
      isForBrowsers(handset) &&
      companies.company.operators.some((person) => person.id === operator && person.handset === handset),
  });
  const sockets = new SipSockets({
    target: target.href,
    mayConnect(origin, host) {
      const { gootax, browser_phones } = companies.company;
      const listed = [...browser_phones.origins, ...(gootax === undefined ? [] : dispatchOrigins(gootax))];
      return isAllowedOrigin(origin, host, { own: [outsideUrl, publicUrl], listed });
    },
    isHandset: isForBrowsers,
    accounts,
    limits: () => companies.company.browser_phones,
    proxies,
    clock,
    logger,
  });
  return { sockets, accounts };
}
