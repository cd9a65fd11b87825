import { api } from '../api/client.js';
import { browserDial } from '../dialling/browser-phone.js';
import { showDone, showFailure } from '../ui/toasts.js';
import { texts } from './texts.js';

/** Calls on the phone of the browser; when it is off, rings the own handset, then the number. @param shown the number as people read it */
export async function callBack(number: string, shown: string): Promise<void> {
  const dial = browserDial.peek();
  if (dial !== undefined) {
    dial(number);
    return;
  }
  const outcome = await api.post('/api/v1/missed-calls/{number}/call-back', { path: { number }, body: {} });
  if (outcome.ok) showDone(texts.ringing(shown));
  else showFailure(outcome.status);
}

/** @returns whether it was stored */
export async function markDone(number: string, note: string): Promise<boolean> {
  const outcome = await api.post('/api/v1/missed-calls/{number}/done', { path: { number }, body: { note } });
  if (!outcome.ok) showFailure(outcome.status);
  return outcome.ok;
}

/** @returns whether it is open again */
export async function reopen(number: string): Promise<boolean> {
  const outcome = await api.delete('/api/v1/missed-calls/{number}/done', { path: { number } });
  if (!outcome.ok) showFailure(outcome.status);
  return outcome.ok;
}
