import { computed, signal } from '@preact/signals';
import type { ShownCall } from '../../../monitor/protocol.js';
import { api } from '../api/client.js';
import { offerUndo } from '../ui/undo.js';

/** How long a reject can be undone. */
const UNDO_MS = 3_000;
/** How long the row of a rejected caller stays, so that the next row does not move under a second press. */
const HELD_MS = 1_500;

/** `pending`: it can still be undone. */
export type RejectState = 'pending' | 'sending' | 'done' | 'failed' | 'forbidden';

interface Reject {
  call: ShownCall;
  state: RejectState;
  send: () => void;
  undo: () => void;
}

const rejects = signal<ReadonlyMap<string, Reject>>(new Map());

/** Calls whose rows stay in their place, as they were when they were rejected. */
export const heldCalls = computed<ReadonlyMap<string, ShownCall>>(() => {
  const held = [...rejects.value].filter(([, { state }]) => state !== 'failed' && state !== 'forbidden');
  return new Map(held.map(([id, { call }]) => [id, call]));
});

export function rejectOf(id: string): Pick<Reject, 'state' | 'undo'> | undefined {
  return rejects.value.get(id);
}

/** Rejects the caller in three seconds, unless it is undone. */
export function reject(call: ShownCall): void {
  const before = rejects.value.get(call.id)?.state;
  if (before === 'pending' || before === 'sending' || before === 'done') return;
  const send = () => {
    clearTimeout(timer);
    withdrawUndo();
    void sendReject(call.id);
  };
  const undo = () => {
    clearTimeout(timer);
    withdrawUndo();
    release(call.id);
  };
  const timer = setTimeout(send, UNDO_MS);
  const withdrawUndo = offerUndo(undo);
  rejects.value = new Map(rejects.value).set(call.id, { call, state: 'pending', send, undo });
}

// A reject is not lost when the page is left within the three seconds.
addEventListener('pagehide', () => {
  for (const { state, send } of rejects.value.values()) if (state === 'pending') send();
});

async function sendReject(id: string): Promise<void> {
  setState(id, 'sending');
  const outcome = await api.post('/api/v1/calls/{id}/interrupt', { path: { id }, body: {} });
  // A call that is over needs no reject.
  if (outcome.ok || outcome.status === 404) {
    setState(id, 'done');
    setTimeout(() => release(id), HELD_MS);
  } else setState(id, outcome.status === 403 ? 'forbidden' : 'failed');
}

function setState(id: string, state: RejectState): void {
  const known = rejects.value.get(id);
  if (known !== undefined) rejects.value = new Map(rejects.value).set(id, { ...known, state });
}

function release(id: string): void {
  rejects.value = new Map([...rejects.value].filter(([other]) => other !== id));
}
