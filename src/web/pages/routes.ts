import type { Accounts } from '../../accounts/accounts.js';
import type { ApiTokens } from '../../accounts/api-tokens.js';
import type { OpenApiDocument } from '../../http/openapi.js';
import type { Route } from '../../http/route.js';
import type { Sessions } from '../../http/sessions.js';
import type { Passwords } from '../../http/tokens.js';
import type { Clock } from '../../lib/clock.js';
import type { MusicService } from '../../prompts/music-service.js';
import type { PromptService } from '../../prompts/service.js';
import type { DeliveryRoutesOptions } from '../../webhooks/routes.js';
import { accountPages } from './account-pages.js';
import { settingsPages, type SettingsPageParts } from './settings-pages.js';
import { docsRoutes } from './docs-page.js';
import { languageRoutes } from './language-choice.js';
import { loginRoutes } from './login.js';
import { musicPages } from './music-pages.js';
import { promptPages } from './prompt-pages.js';
import { recordedPages, type RecordedView } from './recorded-pages.js';
import type { Companies } from './staff-pages.js';
import { webhookPages } from './webhook-pages.js';

/** All pages. */
export function consoleRoutes(parts: {
  people: { sessions: Sessions; principals: Passwords; accounts: Accounts; apiTokens: ApiTokens };
  companies: Companies;
  prompts: PromptService;
  music: MusicService;
  /** Refills the limit of wrong tokens. */
  clock: Clock;
  webhooks: DeliveryRoutesOptions;
  dispatch: SettingsPageParts & { recorded: { list(limit: number, before?: number): Promise<RecordedView[]> } };
  /** IANA time zone in which times are shown. */
  timeZone: () => string;
  /** For `/docs`. */
  api: () => Promise<OpenApiDocument>;
}): Route[] {
  return [
    ...languageRoutes(),
    ...loginRoutes(parts.people.sessions, parts.people.principals, parts.clock),
    ...accountPages({ ...parts.people, tokens: parts.people.apiTokens, companies: parts.companies }),
    ...promptPages(parts.prompts),
    ...musicPages(parts.music),
    ...webhookPages(parts.webhooks, parts.timeZone),
    ...settingsPages(parts.dispatch),
    ...recordedPages(parts.dispatch.recorded, parts.timeZone),
    ...docsRoutes(parts.api),
  ];
}
