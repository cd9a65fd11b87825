import { signal } from '@preact/signals';
import { api } from '../api/client.js';
import type { paths } from '../api/schema.js';
import { can } from '../session.js';

export type Contact =
  paths['/api/v1/contacts']['get']['responses'][200]['content']['application/json']['contacts'][number];

/** The company's contacts, as far as they were loaded. */
export const contacts = signal<readonly Contact[]>([]);

/** Loads them again: they may have been changed on another page. */
export async function loadContacts(): Promise<void> {
  if (!can('numbers:read')) return;
  const outcome = await api.get('/api/v1/contacts');
  // Without them numbers are typed.
  if (outcome.ok) contacts.value = outcome.data.contacts;
}
