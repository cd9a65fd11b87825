import type { Config } from '../config.js';
import type { Clock } from '../lib/clock.js';
import type { Logger } from '../lib/logger.js';
import { dispatchOrigins } from '../integrations/gootax/schema.js';
import type { CompanyStore } from '../company/store/company-store.js';
import { isAllowedOrigin } from '../webphone/origins.js';
import { SipSockets } from '../webphone/sip-sockets.js';

/** Composes `/ws`, SIP for handsets in browsers. */
export function createBrowserPhones(parts: {
  companies: Pick<CompanyStore, 'company'>;
  config: Pick<Config, 'ari' | 'http'>;
  clock: Clock;
  logger: Logger;
}): SipSockets {
  const { companies, config, clock, logger } = parts;
  const target = new URL('/ws', config.ari.url);
  target.protocol = target.protocol === 'https:' ? 'wss:' : 'ws:';
  const { outsideUrl, publicUrl, proxies } = config.http;
  return new SipSockets({
    target: target.href,
    mayConnect(origin, host) {
      const { gootax, browser_phones } = companies.company;
      const listed = [...browser_phones.origins, ...(gootax === undefined ? [] : dispatchOrigins(gootax))];
      return isAllowedOrigin(origin, host, { own: [outsideUrl, publicUrl], listed });
    },
    isHandset: (name) => companies.company.handsets.some((handset) => handset.webrtc && handset.name === name),
    limits: () => companies.company.browser_phones,
    proxies,
    clock,
    logger,
  });
}
