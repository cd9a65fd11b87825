import { z } from 'zod';
import { LONGEST_TALK_S } from '../telephony/lease.js';

const MOST_METADATA = 20;

const role = z.enum(['client', 'driver']);
const phone = z.string().min(2).max(40).describe('As the company’s country writes numbers, or with the country code');
const party = z.strictObject({ phone, role });
const seconds = (least: number, most: number) => z.number().int().min(least).max(most).optional();
const metadataValue = z.union([z.string().max(200), z.number(), z.boolean()]);

/** What is asked for, in the words of the API: the body of its request, and what integrations start bridges with. */
export const bridgeRequest = z
  .strictObject({
    order_id: z.string().trim().min(1).max(200),
    initiator: role.describe('Who asked to be connected'),
    a: party.describe('Called first: the initiator'),
    b: party.describe('Called once A has answered'),
    line: phone.optional().describe('Number of the line that both see; default: the first'),
    ring_timeout_a_s: seconds(5, 120),
    ring_timeout_b_s: seconds(5, 120),
    max_duration_s: seconds(10, LONGEST_TALK_S),
    wait_audio: z.enum(['ringback', 'silence']).optional().describe('What A hears while B rings'),
    confirm_digit: z
      .string()
      .regex(/^\d$/, 'one digit, 0 to 9')
      .optional()
      .describe('B has to press it before they are connected'),
    record: z
      .union([z.boolean(), z.strictObject({ announce: z.number().int().positive().optional() })])
      .optional()
      .describe('`announce`: id of the prompt that both hear before'),
    callback_url: z.string().max(2000).optional().describe('Told of every state; below one of the company’s callbacks'),
    metadata: z
      .record(z.string().max(40), metadataValue)
      .refine((all) => Object.keys(all).length <= MOST_METADATA, `at most ${MOST_METADATA} entries`)
      .optional()
      .describe('Given back with everything that is told'),
  })
  .refine(({ a, initiator }) => a.role === initiator, {
    path: ['a', 'role'],
    message: 'a is who is called first: the initiator',
  })
  .refine(({ a, b }) => a.role !== b.role, {
    path: ['b', 'role'],
    message: 'one of them is the client, the other one the driver',
  });

export type BridgeRequest = z.output<typeof bridgeRequest>;
