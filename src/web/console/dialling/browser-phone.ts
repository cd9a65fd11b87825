import { signal } from '@preact/signals';

/** Dials on the phone of this browser; undefined while it is off or cannot call. The phone itself is loaded later than the pages. */
export const browserDial = signal<((number: string) => void) | undefined>(undefined);
