import { z } from 'zod';
import { alarmRules } from '../alarms/schema.js';
import type { Schemas } from '../http/openapi-schemas.js';
import { callEventBody, handOverRequest, handOverResponse, testEventBody } from '../integrations/telfa/wire-schemas.js';
import { bridgeAnswer } from '../masked-bridges/bridge-view.js';
import { notificationAnswer } from '../notifications/notification-view.js';
import { callEventNames, type CallEventName, type ResourceEventName } from '../telephony/domain-events.js';
import { webhookExamples } from './api-webhook-examples.js';

const MEANING: Record<CallEventName, string> = {
  call_started: 'A call arrived',
  queue_joined: 'The caller joined a queue',
  ringing: 'A handset or a number started to ring',
  answered: 'A handset or a number answered, and the talk began',
  queue_left: 'The caller left the queue',
  hangup: 'The call ended',
  recording_ready: 'A recording of the call is available',
};

const envelope = z.object({
  event_id: z.string().describe('A UUID, the same in every delivery of the event'),
  seq: z.number().int().describe('Number of the event within its bridge, notification or call, from 1'),
  timestamp: z.string().describe('ISO 8601, UTC'),
});
const recording = z.object({ id: z.string(), url: z.string(), duration: z.number().int().describe('In seconds') });

/** Events that have the same format in every profile. */
const resourceEvents = {
  bridge: [
    'The state of a bridge changed',
    envelope
      .extend({ event: z.literal('bridge') })
      .extend(bridgeAnswer.shape)
      .meta({ id: 'BridgeEvent' }),
  ],
  bridge_recording: [
    'A recording of a bridge is available',
    envelope
      .extend({ event: z.literal('bridge_recording') })
      .extend(bridgeAnswer.shape)
      .extend({ recording })
      .meta({ id: 'BridgeRecordingEvent' }),
  ],
  notification: [
    'A notification is over',
    envelope
      .extend({ event: z.literal('notification') })
      .extend(notificationAnswer.shape)
      .meta({ id: 'NotificationEvent' }),
  ],
  call_note: [
    'Somebody has written, changed or removed the note about a call',
    envelope
      .extend({
        event: z.literal('call_note'),
        call_id: z.string(),
        note: z.string().describe('Empty when it was removed'),
        by: z.string().describe('`@login` of a person, or the name of a token'),
      })
      .meta({ id: 'CallNoteEvent' }),
  ],
  alarm: [
    'An alarm fired or is over',
    envelope
      .extend({
        event: z.literal('alarm'),
        alarm: z.string().describe('Id of the alarm'),
        rule: z.enum(alarmRules).describe('docs/alarms.md'),
        about: z.string().describe('Such as the name of a trunk or a queue; empty for the gateway'),
        state: z.enum(['fired', 'resolved']),
        since: z.string().describe('ISO 8601, UTC'),
        resolved_at: z.string().describe('Empty before the end'),
        subject: z.string().describe('One line, in the company’s first language'),
        text: z.string().describe('What happened, since when, what to do'),
        url: z.string().describe('The page of alarms'),
      })
      .meta({ id: 'AlarmEvent' }),
  ],
} as const satisfies Record<ResourceEventName, readonly [string, z.ZodType]>;

const caller = z.object({ number: z.string().describe('As people write it'), number_e164: z.string() });

interface Question {
  summary: string;
  request: z.ZodType;
  means: string;
  response: z.ZodType;
  /** What else can be answered, by status. */
  others?: Record<number, { description: string }>;
}

/** Requests whose response the gateway uses. With `method: GET` the fields of a lookup are in the query. */
const questions: Record<string, Question> = {
  hand_over: {
    summary: 'A call is in the action `hand_over`: the response names what is next',
    request: handOverRequest,
    means: 'The next action',
    response: handOverResponse,
  },
  customer_lookup: {
    summary: 'A call has come, and `lookup` of the document asks who calls',
    request: caller.meta({ id: 'CustomerLookup' }),
    means: 'The customer',
    response: z
      .object({
        name: z.string(),
        url: z.string().optional().describe('The page of the customer'),
        orders: z
          .array(
            z.object({
              id: z.string().optional(),
              number: z.string().optional().describe('In place of `id`'),
              status: z.string().optional(),
              total: z.string().optional(),
              url: z.string().optional(),
            }),
          )
          .optional()
          .describe('At most 20 are shown'),
      })
      .meta({ id: 'CustomerLookupAnswer' }),
    others: { 404: { description: 'Nobody with that number' } },
  },
  order_lookup: {
    summary: 'A call waits for the status of an order, and `orders.lookup` of the document asks the dispatch',
    request: caller.extend({ line: z.string().describe('The line that was called') }).meta({ id: 'OrderLookup' }),
    means: 'The orders of that caller, in the names of the profile `gootax`',
    response: z.object({ orders: z.array(z.looseObject({ id: z.string(), status: z.string() })) }).meta({
      id: 'OrderLookupAnswer',
    }),
    others: { 404: { description: 'No order' } },
  },
};

/** Requests of the gateway to the company's own servers, for the `webhooks` of the API description. docs/webhooks.md, docs/hand-over.md. */
export function describeWebhooks(schemas: Schemas): Record<string, Record<string, unknown>> {
  const events = [
    ...callEventNames.map((name) => [name, MEANING[name], callEventBody] as const),
    ...Object.entries(resourceEvents).map(([name, [summary, schema]]) => [name, summary, schema] as const),
    ['test', 'Somebody has sent a test event', testEventBody] as const,
  ];
  return {
    ...Object.fromEntries(
      events.map(([name, summary, schema]) => [
        name,
        { post: { ...webhook(schemas, name, summary, schema), responses: received } },
      ]),
    ),
    ...Object.fromEntries(
      Object.entries(questions).map(([name, question]) => [name, { post: describedQuestion(schemas, name, question) }]),
    ),
  };
}

const received = {
  '2XX': { description: 'Received. Everything else is a failed delivery, which is repeated; 410: it is not' },
};

function webhook(schemas: Schemas, name: string, summary: string, schema: z.ZodType) {
  return {
    operationId: `on${name.replace(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase())}`,
    summary,
    tags: ['webhooks'],
    security: [],
    requestBody: { required: true, content: json(schemas.read(schema, 'output'), webhookExamples[name]) },
  };
}

function describedQuestion(schemas: Schemas, name: string, { summary, request, means, response, others }: Question) {
  const example = webhookExamples[`${name}_response`];
  const content = json(schemas.read(response, 'input'), example);
  return {
    ...webhook(schemas, name, summary, request),
    responses: { '200': { description: means, content }, ...others },
  };
}

function json(schema: unknown, example: unknown) {
  return { 'application/json': { schema, example } };
}
