import { computed } from '@preact/signals';
import type { TransferStep } from '../../../telephony/command.js';
import { api } from '../api/client.js';
import { session } from '../session.js';
import { showFailure } from '../ui/toasts.js';
import { callAtGateway } from './own-phone.js';

/** The transfer of the operator's own call, as the gateway's flow has it. */

/** The call that the operator can transfer; undefined while its phone only rings, or is asked about a call of somebody else. */
export const ownTalk = computed(() => {
  const call = callAtGateway.value;
  const isOwn = call?.talk !== undefined && [call.talk, call.from].some((party) => party?.handset === session.handset);
  return isOwn ? call : undefined;
});

/** The call in which the operator asks a target. */
export const consultation = computed(() => {
  const call = callAtGateway.value;
  return call?.transfer?.by === session.handset ? call : undefined;
});

/** The call about which a colleague asks the operator. */
export const askedAbout = computed(() => {
  const call = callAtGateway.value;
  return call?.transfer?.to.handset === session.handset ? call : undefined;
});

/** Parks the other party of the own talk. */
export async function park(): Promise<void> {
  const call = ownTalk.peek();
  const { handset } = session;
  if (call === undefined || handset === null) return;
  const outcome = await api.post('/api/v1/handsets/{name}/park', {
    path: { name: handset },
    body: { call_id: call.id },
  });
  if (!outcome.ok) showFailure(outcome.status);
}

export async function takeStep(step: TransferStep): Promise<void> {
  const call = consultation.peek();
  const { handset } = session;
  if (call === undefined || handset === null) return;
  const outcome = await api.post('/api/v1/handsets/{name}/transfer/{step}', {
    path: { name: handset, step },
    body: { call_id: call.id },
  });
  if (!outcome.ok) showFailure(outcome.status);
}
