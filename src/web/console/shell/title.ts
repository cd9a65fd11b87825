import { effect, signal } from '@preact/signals';

/** The name of the page that is shown. */
export const pageTitle = signal('');
/** What stands before it while somebody rings. */
export const alertTitle = signal('');
/** The call that rings at the phone of this browser. */
export const phoneTitle = signal('');

effect(() => {
  const parts = [phoneTitle.value || alertTitle.value, pageTitle.value, 'Cordboard'].filter((part) => part !== '');
  document.title = parts.join(' · ');
});
