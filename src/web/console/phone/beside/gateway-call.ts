import { computed } from '@preact/signals';
import type { ShownCall } from '../../../../monitor/protocol.js';
import { state as liveState } from '../../now/live.js';
import { session } from '../../session.js';
import { phoneState } from '../own-phone.js';
import type { Call } from '../phone-state.js';
import { matchCall } from './match-call.js';

/** The running calls in which the own handset takes part, oldest first. */
const ownCalls = computed((): ShownCall[] =>
  Object.values(liveState.value?.calls ?? {})
    .filter(({ rings, talk, from }) => [...rings, talk, from].some((party) => party?.handset === session.handset))
    .sort((a, b) => Date.parse(a.since) - Date.parse(b.since)),
);

/** A call of the phone as the gateway has it. */
export function gatewayCallOf(call: Pick<Call, 'id' | 'number'>): ShownCall | undefined {
  return matchCall(call, phoneState.value.calls, ownCalls.value);
}
