import type { Instant } from '../lib/clock.js';
import type { CallEvent } from '../telephony/domain-events.js';

/** The wire format of a webhook's body. Pure; implemented in integrations/. */
export interface WebhookContract {
  /** @param changes the company's changes to the profile */
  write(subject: EventSubject, changes: Record<string, unknown>): { contentType: string; body: string };
  /** An event that belongs to no call: it shows whether the receiver works. */
  writeTest(subject: TestSubject, changes: Record<string, unknown>): { contentType: string; body: string };
}

interface TestSubject {
  eventId: string;
  at: Instant;
  /** Time zone of the offset in the timestamp. */
  timeZone: string;
}

export interface EventSubject extends CallEvent {
  eventId: string;
  callId: string;
  /** ISO 3166: country of national number formats. */
  country: string;
  /** Time zone of the offsets in timestamps. */
  timeZone: string;
  /** Null when the webhook has received it before. */
  setup: LineSetup | null;
}

/** The configuration that a shop needs before it can show the calls of a line. */
export interface LineSetup {
  /** `number`: E.164. */
  line: { number: string; name: string };
  /** Queues that calls on the line can enter. */
  queues: { id: number; name: string }[];
  /** Labels under which calls enter them. */
  handsets: { label: string; queue: number }[];
}
