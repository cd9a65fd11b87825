import { z } from 'zod';
import { LONGEST_TALK_S } from '../telephony/lease.js';

const MOST_METADATA = 20;

const role = z.enum(['client', 'driver']);
const phone = z
  .string()
  .min(2)
  .max(40)
  .describe('In the national format of the company’s country, or with the country code');
const party = z.strictObject({ phone, role });
const seconds = (least: number, most: number) => z.number().int().min(least).max(most).optional();
const metadataValue = z.union([z.string().max(200), z.number(), z.boolean()]);

/** The request for a bridge: the body of the API request, also used by integrations. */
export const bridgeRequest = z
  .strictObject({
    order_id: z.string().trim().min(1).max(200),
    initiator: role.describe('The party that requested the call'),
    a: party.describe('Called first: the initiator'),
    b: party.describe('Called once A has answered'),
    line: phone.optional().describe('Number of the line that both see; default: the first line'),
    ring_timeout_a_s: seconds(5, 120),
    ring_timeout_b_s: seconds(5, 120),
    max_duration_s: seconds(10, LONGEST_TALK_S),
    wait_audio: z.enum(['ringback', 'silence']).optional().describe('What A hears while B rings'),
    confirm_digit: z
      .string()
      .regex(/^\d$/, 'one digit, 0 to 9')
      .optional()
      .describe('B must press this digit to be connected'),
    record: z
      .union([z.boolean(), z.strictObject({ announce: z.number().int().positive().optional() })])
      .optional()
      .describe('`announce`: id of the prompt that both hear before the talk'),
    callback_url: z
      .string()
      .max(2000)
      .optional()
      .describe('Receives every state; must be below one of the company’s callbacks'),
    metadata: z
      .record(z.string().max(40), metadataValue)
      .refine((all) => Object.keys(all).length <= MOST_METADATA, `at most ${MOST_METADATA} entries`)
      .optional()
      .describe('Returned with every response and event of the bridge'),
  })
  .refine(({ a, initiator }) => a.role === initiator, {
    path: ['a', 'role'],
    message: 'a must be the initiator, who is called first',
  })
  .refine(({ a, b }) => a.role !== b.role, {
    path: ['b', 'role'],
    message: 'one party must be the client and the other the driver',
  });

export type BridgeRequest = z.output<typeof bridgeRequest>;
