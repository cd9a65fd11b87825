import { newNotificationId } from '../kernel/ids.js';
import { z } from 'zod';
import { json, noContent, type Answer } from '../http/answer.js';
import { formatCursor, parseCursor } from '../http/cursor.js';
import { idempotencyHeader, once, type RequestKeys } from '../http/idempotency.js';
import { notFound } from '../http/problem.js';
import { bodyErrors, refusalProblem } from '../http/refusal.js';
import { route, type Route } from '../http/route.js';
import { shownNumber, withNumbers, type ShownNumber } from '../http/shown-number.js';
import type { NotificationSettings } from './schema.js';
import { notificationResults, type Notifications } from './port.js';
import type { NotificationReader } from './reader.js';
import { notificationBody, requestOf, type NotificationBody } from './request-body.js';
import { listedNotification, listNotification, notificationStates } from './notification-view.js';

const MAX_PAGE = 200;
const MAX_BATCH = 1000;

const filters = z.strictObject({
  order_id: z.string().max(200).optional(),
  external_id: z.string().max(200).optional(),
  batch: z.string().max(200).optional(),
  state: z.enum(notificationStates).optional(),
  result: z.enum(notificationResults).optional(),
  numbers: withNumbers,
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(50),
  cursor: z.string().max(300).optional(),
});
const params = z.object({ id: z.string().max(200) });

const batchBody = z.strictObject({
  batch: z.string().trim().min(1).max(200),
  notifications: z
    .array(notificationBody.omit({ batch: true }))
    .min(1)
    .max(MAX_BATCH),
});
const batchItemAnswer = z.object({
  external_id: z.string(),
  notification_id: z.string().nullable().describe('Null when it was rejected'),
  error: z.object({ status: z.number().int(), field: z.string().nullable(), detail: z.string() }).nullable(),
});
const progressAnswer = z.object({
  batch: z.string(),
  total: z.number().int(),
  states: z.record(z.string(), z.number().int()),
  results: z.record(z.string(), z.number().int()),
});

interface NotificationRoutesOptions {
  notifications: Notifications;
  reader: NotificationReader;
  settings: () => NotificationSettings;
  keys: RequestKeys;
}

/** `/api/v1/notifications`: calls that speak an order's status. */
export function notificationRoutes({ notifications, reader, settings, keys }: NotificationRoutesOptions): Route[] {
  const found = async (id: string, number: ShownNumber, status = 200): Promise<Answer> => {
    const one = await reader.get(id);
    if (one === undefined) throw notFound('there is no such notification');
    return json(listNotification(one.row, one.attempts, number), status);
  };
  const notify = (body: NotificationBody) => notifications.notify(requestOf(body, settings()));
  return [
    route({
      method: 'POST',
      path: '/api/v1/notifications',
      scope: 'calls:control',
      summary:
        'Calls a number and speaks the status of an order. A repeated external_id is the same notification; waiting notifications of the order are replaced',
      body: notificationBody,
      headers: idempotencyHeader,
      answers: {
        202: { description: 'Stored: will be spoken, or reported as not spoken', schema: listedNotification },
      },
      async handle(request) {
        const answer = await once(keys, request, newNotificationId(), async () => {
          const taken = await notify(request.body);
          return taken.ok ? { ok: true, id: taken.notification.id } : taken;
        });
        if (!answer.ok) throw refusalProblem(answer.why, answer.detail, bodyErrors(answer));
        return found(answer.id, undefined, 202);
      },
    }),
    route({
      method: 'POST',
      path: '/api/v1/notifications/batches',
      scope: 'calls:control',
      summary: 'Creates many notifications independently: a rejected one does not affect the others',
      body: batchBody,
      answers: {
        202: {
          description: 'In the order of the request',
          schema: z.object({ notifications: z.array(batchItemAnswer) }),
        },
      },
      async handle({ body: { batch, notifications: all } }) {
        const taken: z.output<typeof batchItemAnswer>[] = [];
        for (const body of all) taken.push(batchItem(body.external_id, await notify({ ...body, batch })));
        return json({ notifications: taken }, 202);
      },
    }),
    route({
      method: 'GET',
      path: '/api/v1/notifications/batches/:id',
      scope: 'calls:read',
      summary: 'Returns the progress of a batch',
      params,
      answers: { 200: { description: 'Numbers of notifications by state and by result', schema: progressAnswer } },
      async handle({ params: { id } }) {
        const progress = await reader.progressOf(id);
        if (progress === undefined) throw notFound('there is no such batch');
        return json({ batch: id, ...progress });
      },
    }),
    route({
      method: 'GET',
      path: '/api/v1/notifications',
      scope: 'calls:read',
      summary: 'Lists notifications, newest first',
      query: filters,
      answers: {
        200: {
          description: 'A page; `next` is the cursor of the next page',
          schema: z.object({ notifications: z.array(listedNotification), next: z.string().nullable() }),
        },
      },
      async handle({ query: { order_id: orderId, external_id: externalId, cursor, numbers, ...others }, can }) {
        const number = shownNumber(numbers, can);
        const after = parseCursor(cursor);
        const page = await reader.list({ ...others, orderId, externalId, after });
        return json({
          notifications: page.found.map(({ row, attempts }) => listNotification(row, attempts, number)),
          next: formatCursor(page.next),
        });
      },
    }),
    route({
      method: 'GET',
      path: '/api/v1/notifications/:id',
      scope: 'calls:read',
      summary: 'Returns the status of a notification',
      params,
      query: z.strictObject({ numbers: withNumbers }),
      answers: { 200: { description: 'The notification', schema: listedNotification } },
      handle: ({ params: { id }, query: { numbers }, can }) => found(id, shownNumber(numbers, can)),
    }),
    route({
      method: 'DELETE',
      path: '/api/v1/notifications/:id',
      scope: 'calls:control',
      summary: 'Cancels further calls; a call in progress continues to its end, a finished notification stays as it is',
      params,
      answers: { 204: { description: 'Done' } },
      async handle({ params: { id } }) {
        if (!(await notifications.cancel(id))) throw notFound('there is no such notification');
        return noContent();
      },
    }),
  ];
}

function batchItem(externalId: string, answer: Awaited<ReturnType<Notifications['notify']>>) {
  if (answer.ok) return { external_id: externalId, notification_id: answer.notification.id, error: null };
  const { field = null, detail } = answer;
  return { external_id: externalId, notification_id: null, error: { status: STATUS[answer.why], field, detail } };
}

const STATUS = { bad_request: 422, conflict: 409, refused: 403, unavailable: 503 } as const;
