import type { Config } from '../config.js';
import type { LoginReports } from '../http/address-bans.js';
import type { Tokens } from '../http/tokens.js';
import type { Clock } from '../lib/clock.js';
import type { Logger } from '../lib/logger.js';
import type { HandsetProvisioner } from '../directory/handset-provisioner.js';
import { dispatchOrigins } from '../integrations/gootax/schema.js';
import type { CompanyStore } from '../company/store/company-store.js';
import { recordAudit } from '../storage/audit-log.js';
import type { Database } from '../storage/database.js';
import { issuerFinder, type EmbedRouteParts } from '../webphone/embed-routes.js';
import { isAllowedOrigin } from '../webphone/origins.js';
import { holderOf } from '../webphone/phone-identity.js';
import { SqlPhoneSessionStore } from '../webphone/phone-session-store.js';
import { PhoneSessions } from '../webphone/phone-sessions.js';
import { PhoneTokens } from '../webphone/phone-tokens.js';
import { ShortLivedAccounts } from '../webphone/short-lived-accounts.js';
import { SipSockets } from '../webphone/sip-sockets.js';
import type { AccountParts } from './accounts.js';
import type { Part } from './parts.js';

export interface BrowserPhones {
  sockets: SipSockets;
  accounts: ShortLivedAccounts;
  /** For the API of embedded phones. */
  embed: EmbedRouteParts;
  /** Tokens and people, and the sessions of embedded phones. */
  tokens: Tokens;
  sessions: Part;
}

/** Composes the phones in browsers: `/ws`, their accounts, and the sessions of phones in pages of other servers. */
export function createBrowserPhones(parts: {
  db: Database;
  companies: Pick<CompanyStore, 'company'>;
  handsets: Pick<HandsetProvisioner, 'knownPassword'>;
  accounts: Pick<AccountParts, 'principals'>;
  config: Pick<Config, 'ari' | 'http'>;
  bans: LoginReports;
  clock: Clock;
  logger: Logger;
}): BrowserPhones {
  const { db, companies, handsets, config, bans, clock, logger } = parts;
  const { principals } = parts.accounts;
  const listedOrigins = () => {
    const { gootax, browser_phones } = companies.company;
    return [...browser_phones.origins, ...(gootax === undefined ? [] : dispatchOrigins(gootax))];
  };
  const isListed = (origin: string) => listedOrigins().includes(origin);
  const isForBrowsers = (name: string) =>
    companies.company.handsets.some((handset) => handset.webrtc && handset.name === name);
  const named = (name: string) => principals.named(name);
  const operators = () => companies.company.operators;
  const rules = { operators, roles: () => companies.company.roles, isForBrowsers, isListed, named };
  const store = new SqlPhoneSessionStore(db, logger);
  const sessions = new PhoneSessions({ store, clock, holderOf: (grant) => holderOf(grant, rules) });
  const accounts = new ShortLivedAccounts({
    clock,
    passwordOf: (handset) => handsets.knownPassword(handset),
    isHolder: (holder) =>
      isForBrowsers(holder.handset) &&
      operators().some(({ id, handset }) => id === holder.operator && handset === holder.handset) &&
      (holder.session === undefined || sessions.isOpen(holder)),
  });
  const { outsideUrl, publicUrl, proxies } = config.http;
  const sockets = new SipSockets({
    target: sipTarget(config.ari.url),
    mayConnect: (origin, host) =>
      isAllowedOrigin(origin, host, { own: [outsideUrl, publicUrl], listed: listedOrigins() }),
    isHandset: isForBrowsers,
    accounts,
    limits: () => companies.company.browser_phones,
    proxies,
    bans,
    clock,
    logger,
  });
  const embed: EmbedRouteParts = {
    tokens: new PhoneTokens(clock),
    sessions,
    handsets: () => companies.company.handsets,
    operators,
    isListed,
    issuerOf: issuerFinder(named),
    record: (entry) => recordAudit(db, { ...entry, at: clock.now() }),
  };
  return {
    sockets,
    accounts,
    embed,
    tokens: { verify: (token) => principals.verify(token) ?? sessions.verify(token), named },
    sessions: { start: () => sessions.start(), stop: () => store.stop() },
  };
}

/** The WebSocket of Asterisk's HTTP server. */
function sipTarget(ariUrl: string): string {
  const target = new URL('/ws', ariUrl);
  target.protocol = target.protocol === 'https:' ? 'wss:' : 'ws:';
  return target.href;
}
