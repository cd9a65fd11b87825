import { signal } from '@preact/signals';
import type { SetupAnswers, SetupMade } from '../../../company/setup-progress.js';
import { api } from '../api/client.js';
import type { paths } from '../api/schema.js';

type StoredProgress = paths['/api/v1/setup']['put']['requestBody']['content']['application/json'];

export interface Progress {
  state: 'new' | 'open' | 'finished' | 'dismissed';
  step?: string | undefined;
  answers: SetupAnswers;
  made: SetupMade;
}

/** As the gateway has it; undefined until it is read. */
export const progress = signal<(Progress & { account_exists: boolean }) | undefined>(undefined);

/** @returns the HTTP status of a failure; undefined when it was read */
export async function loadProgress(): Promise<number | undefined> {
  const outcome = await api.get('/api/v1/setup');
  if (!outcome.ok) return outcome.status;
  progress.value = outcome.data;
  return undefined;
}

/** Stores the progress, so that it can be continued in another browser. @returns the HTTP status of a failure */
export async function storeProgress(changed: Partial<Progress>): Promise<number | undefined> {
  const current = progress.value;
  if (current === undefined) return 0;
  const { account_exists, ...known } = current;
  const next = { ...known, ...changed };
  const state = next.state === 'new' ? 'open' : next.state;
  // JSON leaves undefined members out.
  const body = { ...next, state } as StoredProgress;
  const outcome = await api.put('/api/v1/setup', { body });
  if (!outcome.ok) return outcome.status;
  progress.value = { ...next, state, account_exists };
  return undefined;
}
