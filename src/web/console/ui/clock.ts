import { signal } from '@preact/signals';

/** The time of this browser, once a second. Only texts that show it are updated. */
export const now = signal(Date.now());

setInterval(() => (now.value = Date.now()), 1000);
