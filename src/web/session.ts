import type { Scope } from '../http/route.js';

/** `no_token`: pages of callers would open if the operator's access token were set. */
export type PopsMode = 'off' | 'no_token' | 'on';

/** What the console knows about its visitor and the company when a page opens. */
export interface ConsoleSession {
  scopes: readonly Scope[];
  /** Id of the operator; null for a token. */
  operator: number | null;
  /** Name of the operator's own handset. */
  handset: string | null;
  /** Whether a browser can be the phone of that handset. */
  hasBrowserPhone: boolean;
  /** IANA time zone in which times are shown. */
  timeZone: string;
  /** Labels of handsets in the call plans. */
  labels: string[];
  /** In which callers hear prompts, the company's first one first. */
  languages: string[];
  pauseReasons: string[];
  queues: { id: number; name: string }[];
  /** `title`: the operator's name, or the name that is shown for the handset. */
  handsets: { name: string; title: string }[];
  lines: { number: string; name: string }[];
  /** Whether events of calls are sent to other systems. */
  hasWebhooks: boolean;
  /** Whether orders come from a dispatch, or are spoken to callers. */
  usesDispatch: boolean;
  pops: PopsMode;
}
