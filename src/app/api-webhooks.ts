import { z } from 'zod';
import type { Schemas } from '../http/openapi-schemas.js';
import { callEventBody, handOverRequest, handOverResponse, testEventBody } from '../integrations/telfa/wire-schemas.js';
import { bridgeAnswer } from '../masked-bridges/bridge-view.js';
import { notificationAnswer } from '../notifications/notification-view.js';
import { callEventNames, type CallEventName } from '../telephony/domain-events.js';
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
} as const;

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
    hand_over: { post: handOver(schemas) },
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

function handOver(schemas: Schemas) {
  const { hand_over: request, hand_over_response: response } = webhookExamples;
  return {
    ...webhook(
      schemas,
      'hand_over',
      'A call is in the action `hand_over`: the response names what is next',
      handOverRequest,
    ),
    requestBody: { required: true, content: json(schemas.read(handOverRequest, 'output'), request) },
    responses: {
      '200': { description: 'The next action', content: json(schemas.read(handOverResponse, 'input'), response) },
    },
  };
}

function json(schema: unknown, example: unknown) {
  return { 'application/json': { schema, example } };
}
