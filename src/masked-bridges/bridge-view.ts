import { z } from 'zod';
import type { BridgePeople, BridgeStatus } from './port.js';
import { responseInstant } from '../http/instant.js';

const bridgeStates = ['queued', 'dialing_a', 'a_answered', 'dialing_b', 'bridged', 'ended', 'failed'] as const;

export const bridgeAnswer = z
  .object({
    bridge_id: z.string().describe('Also its id among the calls: `/api/v1/calls/{id}` has the timeline'),
    order_id: z.string(),
    state: z.enum(bridgeStates),
    failed: z
      .object({
        leg: z.enum(['a', 'b']).describe('The leg that failed'),
        reason: z.enum(['busy', 'no_answer', 'rejected', 'unreachable', 'canceled']),
        detail: z
          .enum([
            'unknown_outcome',
            'refused',
            'provider_refused',
            'no_such_number',
            'asterisk_restart',
            'not_confirmed',
          ])
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
  })
  .meta({ id: 'Bridge' });

const listedParty = z.object({
  phone: z.string().optional().describe('With `numbers=true`; masked without the scope numbers:read'),
  role: z.enum(['client', 'driver']),
});

/** A bridge in the API, with its parties. */
export const listedBridge = bridgeAnswer.extend({
  a: listedParty.describe('The party that is called first'),
  b: listedParty,
});

type PresentedBridge = z.output<typeof bridgeAnswer>;

/** A bridge as the API shows it. @param number how numbers of the parties are shown; by default not at all */
export function listBridge(
  { people, ...bridge }: BridgeStatus & { people: BridgePeople },
  number?: (phone: string) => string,
): z.output<typeof listedBridge> {
  const party = ({ phone, role }: BridgePeople['a']) => ({ phone: number?.(phone), role });
  return { ...presentBridge(bridge), a: party(people.a), b: party(people.b) };
}

/** A bridge as webhooks show it. */
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
