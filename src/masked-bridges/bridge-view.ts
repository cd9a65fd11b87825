import { z } from 'zod';
import type { BridgeStatus } from './port.js';
import { responseInstant } from '../http/instant.js';

const bridgeStates = ['queued', 'dialing_a', 'a_answered', 'dialing_b', 'bridged', 'ended', 'failed'] as const;

export const bridgeAnswer = z.object({
  bridge_id: z.string().describe('Also its id among the calls: `/api/v1/calls/{id}` has the timeline'),
  order_id: z.string(),
  state: z.enum(bridgeStates),
  failed: z
    .object({
      leg: z.enum(['a', 'b']).describe('The leg that failed'),
      reason: z.enum(['busy', 'no_answer', 'rejected', 'unreachable', 'canceled']),
      detail: z
        .enum(['unknown_outcome', 'refused', 'provider_refused', 'no_such_number', 'asterisk_restart', 'not_confirmed'])
        .nullable()
        .describe('Details of the reason'),
    })
    .nullable(),
  ended_by: z.enum(['a', 'b', 'limit', 'canceled', 'asterisk', 'fault']).nullable().describe('With `ended`'),
  line: z.string().describe('The number that both see'),
  created_at: responseInstant,
  bridged_at: responseInstant.nullable(),
  ended_at: responseInstant.nullable(),
  metadata: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});

type PresentedBridge = z.output<typeof bridgeAnswer>;

/** A bridge as the API and the webhooks present it. */
export function presentBridge(bridge: BridgeStatus): PresentedBridge {
  return {
    bridge_id: bridge.id,
    order_id: bridge.orderId,
    state: bridge.state,
    failed: bridge.failed,
    ended_by: bridge.endedBy,
    line: bridge.line,
    created_at: iso(bridge.createdAt),
    bridged_at: bridge.bridgedAt === null ? null : iso(bridge.bridgedAt),
    ended_at: bridge.endedAt === null ? null : iso(bridge.endedAt),
    metadata: bridge.metadata,
  };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
