import { FEATURE_CODE, featureCodeFlow, type FeatureCodeEffect } from '../agents/feature-code-flow.js';
import { messageBoxHandlers, type MessageBoxes } from '../agents/message-box-effects.js';
import { MESSAGE_BOX, messageBoxFlow, type MessageBoxEffect } from '../agents/message-box-flow.js';
import type { PlanEffect } from '../call-plan/call.js';
import type { Clock } from '../lib/clock.js';
import { spokenNumbers } from '../notifications/speech/spoken-numbers.js';
import type { Fragments } from '../prompts/fragments.js';

/** Calls of handsets to the gateway itself. */
export const handsetFlows = [featureCodeFlow, messageBoxFlow] as const;

/** The effects of all flows. */
export type GatewayEffect = PlanEffect | FeatureCodeEffect | MessageBoxEffect;

/** Whether it is a call of a handset to the gateway itself. @param at of its summary */
export function isHandsetCall(at: string): boolean {
  return at === FEATURE_CODE || at === MESSAGE_BOX;
}

/** Composes what calls that hear messages do besides every call. @param boxes they are created later */
export function createMessageBoxes({
  boxes,
  fragments,
  clock,
}: {
  boxes: () => MessageBoxes;
  fragments: Fragments;
  clock: Clock;
}) {
  return messageBoxHandlers({ boxes, numberPrompts: spokenNumbers(fragments), clock });
}
