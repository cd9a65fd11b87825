import { changeTexts } from './change-texts.js';
import { api } from '../api/client.js';
import { showDone, showFailure } from '../ui/toasts.js';
import { store } from './draft-store.js';

/**
 * Publishes a former version again, and offers to take that back.
 * @param current the version that is published now
 * @returns false when it was not possible
 */
export async function restore(version: number, current: number): Promise<boolean> {
  const outcome = await api.post('/api/v1/config/versions/{version}/restore', {
    path: { version },
    headers: { 'if-match': `"${current}"` },
  });
  if (outcome.ok) {
    const fresh = outcome.data.version;
    showDone(changeTexts.returned(version), () => void restore(current, fresh));
  } else showFailure(outcome.status);
  await store.load();
  return outcome.ok;
}
