import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { can } from '../session.js';
import { store } from './draft-store.js';
import type { Item } from './items.js';
import { loadForms } from './speaker.js';

/** Drafts hold all numbers of the company, so who edits plans must be allowed to see numbers. */
export const canEdit = can('config:write') && can('numbers:read');

/** Opens the draft while a page is shown. @returns the items; `failed` when they cannot be loaded; undefined until they are */
export function usePlans(): readonly Item[] | 'failed' | undefined {
  const forms = useSignal<boolean | undefined>(undefined);
  useEffect(() => {
    void loadForms().then((isLoaded) => (forms.value = isLoaded));
    return store.open();
  }, []);
  if (forms.value === false || (store.failed.value !== undefined && store.items.value === undefined)) return 'failed';
  return forms.value === undefined ? undefined : store.items.value;
}
