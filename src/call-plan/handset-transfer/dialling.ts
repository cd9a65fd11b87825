import type { PlanCall } from '../state.js';
import type { HandsetTransfer } from './state.js';

/** Until the first key. */
const FIRST_KEY_MS = 10_000;

/** The operator hears a dial tone and dials the target. */
export function startDialling(call: PlanCall, { kind, operator }: Pick<HandsetTransfer, 'kind' | 'operator'>): void {
  const toneId = call.newId('p');
  call.request({ type: 'play_tone', channelId: operator.id, playbackId: toneId, tone: 'dial' });
  const phase = { type: 'dialling' as const, digits: '', toneId, until: call.at + FIRST_KEY_MS };
  call.state.handsetTransfer = { kind, operator, phase };
}
