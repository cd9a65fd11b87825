import type { LoginReports } from '../../http/address-bans.js';
import type { OpenApiDocument } from '../../http/openapi.js';
import type { Route } from '../../http/route.js';
import type { Sessions } from '../../http/sessions.js';
import type { Passwords } from '../../http/tokens.js';
import type { Clock } from '../../lib/clock.js';
import { docsRoutes } from './docs-page.js';
import { languageRoutes } from './language-choice.js';
import { loginRoutes } from './login.js';

/** All pages. */
export function consoleRoutes(parts: {
  people: { sessions: Sessions; principals: Passwords };
  /** Whether no account has a password yet. Default: no. */
  lacksAccount?: () => boolean;
  /** Refills the limit of wrong tokens. */
  clock: Clock;
  bans?: LoginReports;
  /** For `/docs`. */
  api: () => Promise<OpenApiDocument>;
}): Route[] {
  return [
    ...languageRoutes(),
    ...loginRoutes(parts.people.sessions, parts.people.principals, parts.clock, parts.lacksAccount, parts.bans),
    ...docsRoutes(parts.api),
  ];
}
