import { z } from 'zod';
import { callEventNames } from '../../telephony/domain-events.js';

/** What is sent to a shop and what it answers, for the description of the API: in the default profile. */

const localInstant = z.string().describe('ISO 8601, with the company’s offset from UTC');
const number = z.string().describe('As the profile writes numbers: `777888999`, `00421903123456`; empty when withheld');

/** A call event of a webhook. docs/webhooks.md. */
export const callEventBody = z
  .object({
    event: z.enum(callEventNames),
    event_id: z.string().describe('A UUID, the same in every delivery of the event'),
    seq: z.number().int().describe('Number of the event within its call, from 1'),
    timestamp: localInstant,
    call_id: z.string().describe('As in `/api/v1/calls/{id}`'),
    direction: z.enum(['incoming', 'outgoing']),
    caller_number: number,
    called_number: number,
    handset: z.string().nullable().describe('Label of the last `enqueue` action'),
    queue: z
      .object({
        id: z.number().int(),
        name: z.string(),
        position: z.number().int().describe('When joining, from 1'),
        waiting: z.number().int().describe('Waiting callers then, this one included'),
        joined_at: localInstant,
      })
      .nullable(),
    agent: z.string().nullable().describe('The handset or number that rings, talks, or talked last'),
    started_at: localInstant,
    answered_at: localInstant.nullable(),
    ended_at: localInstant.nullable(),
    duration: z.number().int().nullable().describe('Of the whole call, in seconds'),
    result: z
      .enum(['SUCCESS', 'NO_ANSWER', 'USER_BUSY', 'USER_NOT_REGISTERED', 'ABANDONED', 'REJECTED'])
      .nullable()
      .describe('With `queue_left`, `hangup` and `recording_ready`; null when no phone rang'),
    recording: z
      .object({
        id: z.string(),
        url: z.string().describe('Needs a token with the scope `recordings:read`'),
        duration: z.number().int().describe('In seconds'),
        talk_duration: z.number().int().optional().describe('In seconds, where it is known'),
      })
      .optional()
      .describe('With `recording_ready`'),
    setup: z
      .object({
        line: z.object({ number, name: z.string() }),
        queues: z.array(z.object({ id: z.number().int(), name: z.string() })),
        handsets: z.array(z.object({ label: z.string(), queue: z.number().int() })),
      })
      .optional()
      .describe('The configuration of the line, until your server has acknowledged it'),
  })
  .meta({ id: 'CallEvent' });

/** An event that belongs to no call: `POST /api/v1/webhooks/{name}/test`. */
export const testEventBody = z
  .object({ event: z.literal('test'), event_id: z.string(), timestamp: localInstant })
  .meta({ id: 'TestEvent' });

const transferResult = z.enum(['SUCCESS', 'USER_BUSY', 'NO_ANSWER', 'USER_NOT_REGISTERED']);
const scalar = z.union([z.string(), z.number(), z.boolean()]);

/** The request of a hand-over. docs/hand-over.md. */
export const handOverRequest = z
  .object({
    caller_number: number,
    called_number: number,
    received_digits: z.string().optional().describe('After a `menu`, and in the last request'),
    hangup: z.literal(true).optional().describe('In the last request: the response is ignored'),
    bridge_result: transferResult.optional().describe('After a transfer'),
    call_result: transferResult.optional().describe('The same as `bridge_result`'),
    call_id: z.string().optional().describe('The same for every request of a call'),
    step: z.number().int().optional().describe('Number of the request, from 1; a repeated one is a retry'),
  })
  .catchall(scalar.describe('Your own keys of the last response'))
  .meta({ id: 'HandOverRequest' });

const id = z.union([z.number(), z.string()]);
const yes = z.union([z.boolean(), z.number(), z.string()]);

/** The next action of a hand-over. Values may be text. */
export const handOverResponse = z
  .object({
    action: z
      .enum(['answer', 'play', 'menu', 'transfer_to_group', 'hangup', 'return'])
      .optional()
      .describe('Left out: the plan continues'),
    recording_id: id.optional().describe('Id of a prompt; with `play` and `menu`'),
    menu_timeout: id.optional().describe('In seconds: default 5, at most 60'),
    max: id.optional().describe('Digits: default 20, at most 64'),
    call_group_id: id.optional().describe('Id of a queue; with `transfer_to_group`'),
    group_transfer_recording_id: id.optional().describe('Prompt before the transfer'),
    group_continue_busy: yes.optional().describe('The caller waits when all are busy'),
    skip_caller_id_transfer: yes.optional().describe('The handset does not see the caller’s number'),
    group_priority: id.optional().describe('0 to 100; higher ones are served first'),
  })
  .catchall(scalar.describe('Keys of your own, sent back with the next request'))
  .meta({ id: 'HandOverResponse' });
