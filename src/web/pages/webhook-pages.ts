import { z } from 'zod';
import { seeOther, type Answer } from '../../http/answer.js';
import { html, type Html } from '../../http/html.js';
import { notFound } from '../../http/problem.js';
import { route, type Request, type Route } from '../../http/route.js';
import { deliveryStates, presentAttempt, presentDelivery } from '../../webhooks/present.js';
import type { DeliveryRecord } from '../../webhooks/reader.js';
import type { DeliveryRoutesOptions } from '../../webhooks/routes.js';
import { address } from './address.js';
import { show } from './layout.js';
import { stateLinks } from './state-links.js';
import { numeric, table } from './table.js';
import { textsFor, type PageTexts } from '../texts/texts.js';
import { formatInstant } from './format-instant.js';

const ON_PAGE = 50;
const byId = z.object({ id: z.coerce.number().int().min(1) });
const filters = z.object({
  state: z.enum(deliveryStates).optional(),
  call: z.string().max(200).optional(),
  cursor: z.coerce.number().int().min(1).optional(),
});

/** `/webhooks`: deliveries to webhooks, with attempts and responses. Numbers are masked without numbers:read. */
export function webhookPages(webhooks: DeliveryRoutesOptions, timeZone: () => string): Route[] {
  return [
    route({
      method: 'GET',
      path: '/webhooks',
      scope: 'calls:read',
      kind: 'page',
      summary: 'Webhooks',
      query: filters,
      handle: async (request) => {
        const { state, call, cursor } = request.query;
        const found = await webhooks.deliveries.list({ state, call, before: cursor, limit: ON_PAGE });
        return listPage(request, found.deliveries, found.next, timeZone());
      },
    }),
    route({
      method: 'GET',
      path: '/webhooks/:id',
      scope: 'calls:read',
      kind: 'page',
      summary: 'One delivery to a webhook',
      params: byId,
      handle: async (request) => {
        const found = await webhooks.deliveries.get(request.params.id);
        if (!found) throw notFound('there is no such delivery');
        const sees = request.can('numbers:read');
        const attempts = found.attempts.map((attempt) => presentAttempt(attempt, sees));
        return onePage(request, presentDelivery(found.delivery, sees), attempts, timeZone());
      },
    }),
    route({
      method: 'POST',
      path: '/webhooks/:id/redeliver',
      scope: 'webhooks:write',
      kind: 'page',
      bodyType: 'form',
      summary: 'Sends a delivery again',
      params: byId,
      handle: async ({ params: { id } }) => {
        if (!(await webhooks.redeliver(id))) throw notFound('there is no such delivery');
        return seeOther(`/webhooks/${id}`);
      },
    }),
  ];
}

type Filters = z.output<typeof filters>;

function listPage(
  request: Request<unknown, Filters>,
  deliveries: DeliveryRecord[],
  next: number | undefined,
  zone: string,
): Answer {
  const texts = textsFor(request.languages);
  const { state, call } = request.query;
  const rows = deliveries.map((delivery) => [
    html`<a href="/webhooks/${delivery.id}">${formatInstant(delivery.created_at, zone)}</a>`,
    delivery.hook,
    html`<code>${delivery.event}</code>`,
    stateOf(delivery.state, texts),
    delivery.tries,
    delivery.answered ?? '–',
  ]);
  const heads = [
    `${texts.happened} (${zone})`,
    texts.webhook,
    texts.event,
    texts.state,
    numeric(texts.attempts),
    texts.lastAnswer,
  ];
  const choices = [undefined, ...deliveryStates].map((each) => ({
    name: each === undefined ? texts.all : texts.deliveryStates[each],
    href: address('/webhooks', { state: each, call }),
    chosen: each === state,
  }));
  const content = html`${stateLinks(texts.state, choices)} ${table(heads, rows)}
    ${deliveries.length === 0 && html`<p class="soft">${texts.nothingYet}</p>`}
    <p>
      <a href="${address('/webhooks', { state, call })}">${texts.newest}</a>
      ${next !== undefined && html` · <a href="${address('/webhooks', { state, call, cursor: next })}">${texts.older}</a>`}
    </p>`;
  return show(request, texts.webhooks, content);
}

function onePage(
  request: Request,
  delivery: ReturnType<typeof presentDelivery>,
  attempts: ReturnType<typeof presentAttempt>[],
  zone: string,
): Answer {
  const texts = textsFor(request.languages);
  const { id, call_id: call, due_at: due, state } = delivery;
  const content = html`<dl class="facts">
      <dt>${texts.state}</dt>
      <dd>${stateOf(state, texts)}</dd>
      <dt>${texts.webhook}</dt>
      <dd>${delivery.webhook}</dd>
      <dt>${texts.call}</dt>
      <dd>
        <a href="/calls/${encodeURIComponent(call)}"><code>${call}</code></a> ·
        <a href="${address('/webhooks', { call })}">${texts.ofThisCall}</a>
      </dd>
      <dt>${texts.happened}</dt>
      <dd>${formatInstant(delivery.created_at, zone)} ${zone}</dd>
      ${
        state === 'waiting' &&
        html`<dt>${texts.nextAttempt}</dt>
          <dd>${due === null ? texts.afterEarlier : `${formatInstant(due, zone)} ${zone}`}</dd>`
      }
    </dl>
    ${
      request.can('webhooks:write') &&
      html`<form method="post" action="/webhooks/${id}/redeliver" class="row">
        <button>${texts.redeliver}</button>
      </form>`
    }
    <h2>${texts.attempts}</h2>
    ${attempts.length === 0 ? html`<p class="soft">${texts.nothingYet}</p>` : attemptTable(attempts, texts, zone)}
    <h2>${texts.sent}</h2>
    <pre>${JSON.stringify(delivery.body, null, 2)}</pre>`;
  return show(request, `${delivery.event} · ${delivery.seq}`, content);
}

function attemptTable(attempts: ReturnType<typeof presentAttempt>[], texts: PageTexts, zone: string): Html {
  const heads = [
    numeric(texts.attempt),
    { name: `${texts.happened} (${zone})`, label: texts.happened },
    numeric(texts.duration),
    texts.answer,
  ];
  const rows = attempts.map(({ number, at, latency_ms, status, failed, answer }) => [
    number,
    formatInstant(at, zone),
    `${latency_ms} ms`,
    html`${status === null ? html`<span class="bad">${failed ?? ''}</span>` : `HTTP ${status}`} <code>${answer}</code>`,
  ]);
  return table(heads, rows);
}

function stateOf(state: (typeof deliveryStates)[number], { deliveryStates: words }: PageTexts): Html {
  const look = state === 'delivered' ? 'good' : state === 'dead' ? 'bad' : '';
  return html`<span class="${look}">${words[state]}</span>`;
}
