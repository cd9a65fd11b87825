import { z } from 'zod';

/** The protocol of the monitor (docs/monitor.md). Fields that do not apply are left out, never null. */

const instant = z.string().describe('ISO 8601, UTC');
const personFields = {
  handset: z.string().optional(),
  number: z.string().optional(),
  party: z.enum(['client', 'driver']).optional().describe('Party of an order; its number is not shown'),
};

const orderSchema = z.object({
  id: z.string(),
  status: z.string().optional(),
  url: z.string().optional().describe("The order's page at the shop"),
  total: z.string().optional().describe('As the shop writes it'),
});

const customerSchema = z.object({
  name: z.string(),
  url: z.string().optional().describe("The customer's page at the shop"),
  orders: z.array(orderSchema),
});

/** The states of a call in progress. */
export const liveStates = ['in_plan', 'waiting', 'ringing', 'talking'] as const;

export const callSchema = z
  .object({
    id: z.string().describe('As in webhooks and /api/v1/calls'),
    direction: z.enum(['incoming', 'outgoing']),
    line: z.string().optional(),
    number: z
      .string()
      .describe('Number of the outside party. Masked without the scope numbers:read; empty when withheld'),
    name: z.string().optional().describe('Caller name as the network sent it'),
    from: z.object(personFields).optional().describe('Party of the company that makes the call'),
    label: z.string().optional().describe('Label of the last queue action of the call'),
    state: z
      .enum(liveStates)
      .describe(
        'waiting: in a queue, whether a handset rings or not; ringing: outside of queues; in_plan: all other cases',
      ),
    started_at: instant,
    since: instant.describe('Start of the current state'),
    queue: z.number().int().optional().describe('Queue in which the caller waits or was answered'),
    position: z.number().int().optional().describe('Position in the whole queue, from 1'),
    rings: z
      .array(z.object({ ...personFields, since: instant }))
      .describe('Handsets and numbers that ring for the caller'),
    talk: z
      .object({ ...personFields, since: instant })
      .optional()
      .describe('The other party of the talk'),
    transfer: z
      .object({
        by: z.string().describe('Handset of the operator who transfers the call'),
        to: z.object(personFields).describe('Whom the operator asks first'),
        state: z
          .enum(['ringing', 'consulting', 'swapped', 'conference'])
          .describe(
            'ringing: for the operator; consulting: the two talk; swapped: operator and caller talk; conference: all three',
          ),
      })
      .optional()
      .describe('A transfer in progress; whoever does not take part in the talk hears music'),
    parked: z
      .object({
        place: z.number().int().describe('From 1'),
        by: z.string().describe('Handset of the operator who parked the call'),
        since: instant,
      })
      .optional()
      .describe('The caller hears music in a numbered place'),
    customer: customerSchema.optional().describe("The shop's data about the number; only with numbers:read"),
  })
  .meta({ id: 'LiveCall' });

export const shownQueueSchema = z
  .object({
    id: z.number().int(),
    name: z.string(),
    waiting: z.number().int().describe('Number of waiting callers of all labels'),
  })
  .meta({ id: 'LiveQueue' });

const memberState = z.enum(['free', 'ringing', 'busy', 'unavailable']);

export const shownHandsetSchema = z
  .object({
    name: z.string(),
    display_name: z.string(),
    operator: z.string().optional(),
    state: memberState.or(z.literal('unknown')).describe('unknown: the handset is in no queue'),
    queues: z.array(z.object({ queue: z.number().int(), paused: z.boolean(), pause_reason: z.string().optional() })),
  })
  .meta({ id: 'LiveHandset' });

export const stateSchema = z.object({
  current: z.boolean().describe('False while Asterisk is unreachable: the rest is the last known state'),
  durable: z.boolean().describe('False while the database cannot be written: running calls are in memory only'),
  queues: z.record(z.string(), shownQueueSchema).describe('By id'),
  calls: z.record(z.string(), callSchema).describe('By id'),
  handsets: z.record(z.string(), shownHandsetSchema).describe('By name'),
});

export type State = z.output<typeof stateSchema>;
export type ShownCall = z.output<typeof callSchema>;
export type ShownQueue = z.output<typeof shownQueueSchema>;
export type ShownHandset = z.output<typeof shownHandsetSchema>;

const numbered = { seq: z.number().int(), at: instant.describe('Instant of the message by the gateway’s clock') };

export const serverMessage = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('snapshot'),
    ...numbered,
    handset: z.string().optional().describe('The watched label; left out: all'),
    sees_numbers: z.boolean(),
    state: stateSchema,
  }),
  z.object({
    type: z.literal('delta'),
    ...numbered,
    patch: z.record(z.string(), z.unknown()).describe('JSON Merge Patch (RFC 7396) of the state'),
  }),
  z.object({ type: z.literal('beat'), ...numbered }),
  z.object({
    type: z.literal('pop'),
    call: z.string().describe('Id of the call'),
    url: z.string().describe('Open it once and confirm with `popped`; only for this operator'),
  }),
]);

export const clientMessage = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('watch'),
    handset: z.string().max(80).nullable().describe('The label to watch; null: all'),
  }),
  z.strictObject({ type: z.literal('resync') }),
  z.strictObject({
    type: z.literal('pops'),
    open: z.boolean().describe('Whether pages of callers open here automatically'),
  }),
  z.strictObject({ type: z.literal('popped'), call: z.string().max(200).describe('The call whose page has arrived') }),
]);

export type ServerMessage = z.output<typeof serverMessage>;
export type ClientMessage = z.output<typeof clientMessage>;

/** Close codes that the gateway sends. */
export const closeCodes = {
  goingAway: 1001,
  badMessage: 4400,
  noLongerAllowed: 4401,
  tooMany: 4429,
} as const;
