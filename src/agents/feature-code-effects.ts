import { orOutcomeUnknown } from '../calls/effect-handlers.js';
import type { Handlers } from '../kernel/runtime-types.js';
import type { TelephonyEvent } from '../telephony/telephony.js';
import type { Clock } from '../lib/clock.js';
import type { LoginChange, FeatureCodeEffect } from './feature-code-flow.js';
import type { OperatorControl } from './operators.js';

type DutyEffect = Extract<FeatureCodeEffect, { type: 'duty' }>;

/** The author in the login history: feature codes identify only the handset. */
const BY = 'handset';

/** The effect handlers of feature codes, besides those of every call. */
export function featureCodeHandlers({
  operators,
  clock,
}: {
  operators: OperatorControl;
  clock: Clock;
}): Handlers<DutyEffect, TelephonyEvent> {
  const perform = async ({ handset, change }: DutyEffect) => {
    await orOutcomeUnknown(carryOut(operators, handset, change));
    return { type: 'duty_done' as const, at: clock.now(), handset };
  };
  return { duty: { lane: 'phone', perform, recover: perform } };
}

function carryOut(operators: OperatorControl, handset: string, change: LoginChange): Promise<void> {
  switch (change.to) {
    case 'log_in':
      return operators.logIn(handset, undefined, BY);
    case 'log_out':
      return operators.logOut(handset, undefined, BY);
    case 'pause':
      return operators.pause(handset, change.reason, undefined, BY);
    case 'unpause':
      return operators.unpause(handset, undefined, BY);
  }
}
