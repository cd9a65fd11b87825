import { api } from '../api/client.js';
import { session } from '../session.js';
import { showDone, showFailure } from '../ui/toasts.js';
import { browserDial } from './browser-phone.js';
import { texts } from './texts.js';

/** Whom to call: a number, or the other side of a call whose number may not be seen. */
export interface Callee {
  /** Masked or empty: `call` is needed. */
  number: string;
  /** Id of a call with this number. */
  call?: string | undefined;
}

export function isFullNumber(number: string): boolean {
  return /^[+*#\d\s()./-]+$/.test(number) && /\d/.test(number);
}

/** Dials on the phone of the browser; when it is off, rings the own handset, and then the number. */
export async function startCall({ number, call }: Callee, shown: string): Promise<void> {
  const { handset } = session;
  const dial = browserDial.peek();
  if (dial !== undefined && isFullNumber(number)) {
    dial(number);
    return;
  }
  if (handset === null) return;
  const body = isFullNumber(number) ? { number } : { call_id: call ?? '' };
  const outcome = await api.post('/api/v1/handsets/{name}/call', { path: { name: handset }, body });
  if (outcome.ok) showDone(texts.ringing(shown));
  else showFailure(outcome.status);
}
