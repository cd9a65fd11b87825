import { signal } from '@preact/signals';

/** A talk that continues after its page was loaded again. Its id is kept for the next page of this tab, and nothing else. */

const KEY = 'cordboard-phone-talk';
/** Asterisk ends a talk without audio after 15 s. */
const LASTS_MS = 12_000;

/** Id of the call that is to return to this phone. */
export const returningTalk = signal(takeStored());

export function storeTalk(callId: string): void {
  sessionStorage.setItem(KEY, JSON.stringify({ callId, at: Date.now() }));
}

function takeStored(): string | undefined {
  const stored = sessionStorage.getItem(KEY);
  sessionStorage.removeItem(KEY);
  if (stored === null) return undefined;
  const { callId, at } = JSON.parse(stored) as { callId: string; at: number };
  return Date.now() - at < LASTS_MS ? callId : undefined;
}
