import type { CallEvent } from '../telephony/domain-events.js';

/** What a webhook's body looks like: pure, implemented in integrations/. */
export interface WebhookContract {
  /** @param changes the company's changes to the profile */
  write(told: EventSubject, changes: Record<string, unknown>): { contentType: string; body: string };
}

export interface EventSubject extends CallEvent {
  eventId: string;
  callId: string;
  /** ISO 3166, the home country of number formats. */
  country: string;
  /** Whose offset the timestamps carry. */
  timeZone: string;
  /** Null when the webhook has taken it already. */
  setup: LineSetup | null;
}

/** What a shop has to know before it can show a line's calls. */
export interface LineSetup {
  /** `number`: E.164. */
  line: { number: string; name: string };
  /** The queues that calls on the line can come into. */
  queues: { id: number; name: string }[];
  /** The labels under which they do. */
  handsets: { label: string; queue: number }[];
}
