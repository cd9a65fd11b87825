import { signal } from '@preact/signals';

/** Id of the parked call that this page picks up: its ringing is answered by itself. */
export const expectedCall = signal<string | undefined>(undefined);

/** How long it may take to ring. */
const EXPECTED_MS = 15_000;

export function expectCall(callId: string): void {
  expectedCall.value = callId;
  setTimeout(() => {
    if (expectedCall.peek() === callId) expectedCall.value = undefined;
  }, EXPECTED_MS);
}
