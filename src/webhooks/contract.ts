import type { News } from '../flows/news.js';

/** What a webhook's body looks like: pure, implemented in integrations/. */
export interface WebhookContract {
  /** @param changes the company's changes to the profile */
  body(told: Told, changes: Record<string, unknown> | undefined): string;
}

export interface Told extends News {
  eventId: string;
  callId: string;
  /** ISO 3166, the home country of number formats. */
  country: string;
  /** Whose offset the timestamps carry. */
  timeZone: string;
}
