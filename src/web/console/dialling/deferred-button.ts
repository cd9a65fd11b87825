import { deferred } from '../ui/deferred.js';

/** The button beside a number. It is loaded after the page, which can be used without it. */
export const CallButton = deferred(async () => (await import('./call-button.js')).CallButton, 0);
