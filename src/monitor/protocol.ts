import { z } from 'zod';

/** What the monitor shows and how it says so: docs/monitor.md. Fields that mean nothing now are left out, never null. */

const instant = z.string().describe('ISO 8601, UTC');
const who = {
  handset: z.string().optional(),
  number: z.string().optional(),
  party: z.enum(['client', 'driver']).optional().describe("Of an order; the number is nobody's business"),
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

export const callSchema = z.object({
  id: z.string().describe('As in webhooks and /api/v1/calls'),
  direction: z.enum(['incoming', 'outgoing']),
  line: z.string().optional(),
  number: z
    .string()
    .describe(
      'Who called, or of outgoing calls who is called. Masked without the scope numbers:read; empty when withheld',
    ),
  name: z.string().optional().describe('As the network told it'),
  from: z.object(who).optional().describe('Who of the company makes the call'),
  label: z.string().optional().describe('Of the queue action that the call came to last'),
  state: z
    .enum(['in_plan', 'waiting', 'ringing', 'talking'])
    .describe(
      'waiting: in a queue, whether a handset rings or not; ringing: outside of queues; in_plan: anything else',
    ),
  started_at: instant,
  since: instant.describe('Since when it is in this state'),
  queue: z.number().int().optional().describe('Where the caller waits, or was answered'),
  position: z.number().int().optional().describe('In the whole queue, from 1'),
  rings: z.array(z.object({ ...who, since: instant })).describe('Who rings for the caller now'),
  talk: z
    .object({ ...who, since: instant })
    .optional()
    .describe('With whom the caller talks'),
  customer: customerSchema.optional().describe('What the shop says of the number; not without numbers:read'),
});

export const queueSchema = z.object({
  id: z.number().int(),
  name: z.string(),
  waiting: z.number().int().describe('Of all labels'),
});

const memberState = z.enum(['free', 'ringing', 'busy', 'unavailable']);

export const handsetSchema = z.object({
  name: z.string(),
  display_name: z.string(),
  operator: z.string().optional(),
  state: memberState.or(z.literal('unknown')).describe('unknown: of a handset in no queue'),
  queues: z.array(z.object({ queue: z.number().int(), paused: z.boolean(), pause_reason: z.string().optional() })),
});

export const stateSchema = z.object({
  current: z.boolean().describe('False while Asterisk is out of reach: this is how it was then'),
  durable: z.boolean().describe('False while the database cannot be written: what goes on is in memory alone'),
  queues: z.record(z.string(), queueSchema).describe('By id'),
  calls: z.record(z.string(), callSchema).describe('By id'),
  handsets: z.record(z.string(), handsetSchema).describe('By name'),
});

export type State = z.output<typeof stateSchema>;
export type ShownCall = z.output<typeof callSchema>;
export type ShownQueue = z.output<typeof queueSchema>;
export type ShownHandset = z.output<typeof handsetSchema>;

const numbered = { seq: z.number().int(), at: instant.describe("The gateway's clock") };

export const messageFromUs = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('snapshot'),
    ...numbered,
    handset: z.string().optional().describe('The label that is watched; left out: all'),
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
    url: z.string().describe('To be opened once, and confirmed by `popped`; for this operator alone'),
  }),
]);

export const messageToUs = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('watch'),
    handset: z.string().max(80).nullable().describe('The label to watch from now on; null: all'),
  }),
  z.strictObject({ type: z.literal('resync') }),
  z.strictObject({ type: z.literal('pops'), open: z.boolean().describe('Pages of callers open here by themselves') }),
  z.strictObject({ type: z.literal('popped'), call: z.string().max(200).describe('The page of this call is there') }),
]);

export type MessageFromUs = z.output<typeof messageFromUs>;
export type MessageToUs = z.output<typeof messageToUs>;

/** Why we close a socket. */
export const closeCodes = {
  goingAway: 1001,
  badMessage: 4400,
  noLongerAllowed: 4401,
  tooMany: 4429,
} as const;
