import { z } from 'zod';
import { maskNumber } from '../../lib/mask.js';
import { seeOther, type Answer } from '../../http/answer.js';
import { formatCursor, parseCursor } from '../../http/cursor.js';
import { html, type Html, type HtmlPiece } from '../../http/html.js';
import { notFound } from '../../http/problem.js';
import { route, type Request, type Route } from '../../http/route.js';
import type { Notifications } from '../../notifications/port.js';
import type { StoredNotification, NotificationReader } from '../../notifications/reader.js';
import { notificationStates, presentNotification } from '../../notifications/notification-view.js';
import { address } from './address.js';
import { batchProgress } from './batch-progress.js';
import { show } from './layout.js';
import { numeric, table } from './table.js';
import { textsFor, type PageTexts } from '../texts/texts.js';
import { olderLinks, stateLinks } from './state-links.js';
import { instant } from './instant.js';
import { groupDigits } from '../plain-format.js';

const ON_PAGE = 50;
const page = { kind: 'page', scope: 'calls:read' } as const;
const byId = z.object({ id: z.string().max(200) });
const filters = z.object({
  state: z.enum(notificationStates).optional(),
  order: z.string().max(200).optional(),
  batch: z.string().max(200).optional(),
  cursor: z.string().max(300).optional(),
});
type Filters = z.output<typeof filters>;

interface NotificationPageParts {
  notifications: Pick<Notifications, 'cancel'>;
  reader: Pick<NotificationReader, 'get' | 'list' | 'progressOf'>;
  timeZone: () => string;
}

/** `/notifications`: notifications and their results. Numbers are masked without numbers:read. */
export function notificationPages({ notifications, reader, timeZone }: NotificationPageParts): Route[] {
  return [
    route({
      ...page,
      method: 'GET',
      path: '/notifications',
      summary: 'Notifications',
      query: filters,
      handle: async (request) => {
        const { state, order, batch, cursor } = request.query;
        const after = cursor === undefined ? undefined : parseCursor(cursor);
        const listed = await reader.list({ state, orderId: order, batch, after, limit: ON_PAGE });
        const progress = batch === undefined ? undefined : await reader.progressOf(batch);
        const head = progress && batchProgress(batch ?? '', progress, request);
        return listPage(request, listed.found, listed.next && formatCursor(listed.next), timeZone(), head);
      },
    }),
    route({
      ...page,
      method: 'GET',
      path: '/notifications/:id',
      summary: 'One notification',
      params: byId,
      handle: async (request) => {
        const found = await reader.get(request.params.id);
        if (found === undefined) throw notFound('there is no such notification');
        return onePage(request, found, timeZone());
      },
    }),
    route({
      kind: 'page',
      bodyType: 'form',
      method: 'POST',
      path: '/notifications/:id/cancel',
      scope: 'calls:control',
      summary: 'Cancels a notification',
      params: byId,
      handle: async ({ params: { id } }) => {
        if (!(await notifications.cancel(id))) throw notFound('there is no such notification');
        return seeOther(`/notifications/${encodeURIComponent(id)}`);
      },
    }),
  ];
}

function listPage(
  request: Request<unknown, Filters>,
  found: StoredNotification[],
  next: string | undefined,
  zone: string,
  progress: { content: Html; head: Html } | undefined,
): Answer {
  const texts = textsFor(request.languages);
  const { ofNotifications: words } = texts;
  const { state, order, batch } = request.query;
  const choices = [undefined, ...notificationStates].map((each) => ({
    name: each === undefined ? words.all : words.states[each],
    href: address('/notifications', { state: each, order, batch }),
    chosen: each === state,
  }));
  const heads = [texts.happened, words.order, words.status, texts.state, numeric(texts.attempts), texts.nextAttempt];
  const rows = found.map(({ row, attempts }) => {
    const notification = presentNotification(row, attempts);
    return [
      html`<a href="/notifications/${encodeURIComponent(row.id)}">${instant(row.created_at, zone, texts.language)}</a>`,
      row.order_id,
      statusOf(row, texts),
      stateOf(notification, texts),
      attempts.length,
      notification.next_attempt_at === null ? '–' : instant(notification.next_attempt_at, zone, texts.language),
    ];
  });
  const content = html`${stateLinks(texts.state, choices)} ${activeFilters(request.query, texts)} ${progress?.content}
  ${found.length === 0 ? html`<p class="soft">${texts.nothingYet}</p>` : table(heads, rows)}
  ${olderLinks(texts, {
    newest: request.query.cursor === undefined ? undefined : address('/notifications', { state, order, batch }),
    older: next && address('/notifications', { state, order, batch, cursor: next }),
  })}
  ${request.can('numbers:read') && html`<p><a href="/do-not-call">${words.doNotCall}</a></p>`}`;
  return show(request, words.notifications, content, 200, progress?.head ?? false);
}

/** The active filters, and the link that removes them. */
function activeFilters({ order, batch }: Filters, { ofNotifications: words }: PageTexts): Html | undefined {
  if (order === undefined && batch === undefined) return undefined;
  const parts = [order !== undefined && `${words.order} ${order}`, batch !== undefined && `${words.batch} ${batch}`];
  return html`<p>${parts.filter(Boolean).join(', ')} · <a href="/notifications">${words.all}</a></p>`;
}

type PresentedNotification = ReturnType<typeof presentNotification>;

function onePage(request: Request, { row, attempts }: StoredNotification, zone: string): Answer {
  const texts = textsFor(request.languages);
  const { ofNotifications: words } = texts;
  const notification = presentNotification(row, attempts);
  const content = html`<dl class="facts">
      <dt>${texts.state}</dt>
      <dd>${stateOf(notification, texts)}</dd>
      <dt>${words.status}</dt>
      <dd>
        ${statusOf(row, texts)} ·
        <a href="${address('/notifications', { order: row.order_id })}">${words.ofThisOrder}</a>
      </dd>
      <dt>${words.to}</dt>
      <dd>${groupDigits(request.can('numbers:read') ? row.to_number : maskNumber(row.to_number))}</dd>
      <dt>${words.shownLine}</dt>
      <dd>${groupDigits(row.line)}</dd>
      ${
        row.batch !== null &&
        html`<dt>${words.batch}</dt>
          <dd>${row.batch} · <a href="${address('/notifications', { batch: row.batch })}">${words.ofThisBatch}</a></dd>`
      }
      ${fact(words.notBefore, notification.next_attempt_at && instant(notification.next_attempt_at, zone, texts.language))}
      ${notification.state !== 'done' && fact(words.expires, instant(notification.expires_at, zone, texts.language))}
      ${fact(words.pressed, notification.digit && keyOf(notification, request, texts))}
      <dt>${texts.happened}</dt>
      <dd>${instant(row.created_at, zone, texts.language)}</dd>
      <dt>${texts.id}</dt>
      <dd><code>${row.external_id}</code></dd>
    </dl>
    ${notification.state !== 'done' && request.can('calls:control') && cancelForm(row.id, texts)}
    <h2>${texts.attempts}</h2>
    ${notification.attempts.length === 0 ? html`<p class="soft">${texts.nothingYet}</p>` : attemptTable(notification, texts, zone)}`;
  return show(request, `${words.notification} · ${words.order} ${row.order_id}`, content);
}

function fact(name: string, value: HtmlPiece | null): Html | false {
  return (
    value !== null &&
    value !== '' &&
    html`<dt>${name}</dt>
      <dd>${value}</dd>`
  );
}

function keyOf(
  { digit, action }: PresentedNotification,
  request: Request,
  { ofNotifications: words }: PageTexts,
): string {
  const key = request.can('numbers:read') ? digit : maskNumber(digit ?? '');
  return [key, action && words.actions[action]].filter(Boolean).join(' · ');
}

function cancelForm(id: string, { ofNotifications: words }: PageTexts): Html {
  return html`<form method="post" action="/notifications/${encodeURIComponent(id)}/cancel" class="row">
    <button class="danger" aria-describedby="hint">${words.cancel}</button>
    <span id="hint" class="soft">${words.cancelHint}</span>
  </form>`;
}

function attemptTable({ attempts }: PresentedNotification, texts: PageTexts, zone: string): Html {
  const { outcomes } = texts.ofNotifications;
  const rows = attempts.map(({ number, started_at, outcome, call_id }) => [
    number,
    instant(started_at, zone, texts.language),
    outcome === null ? texts.running : outcomes[outcome],
    html`<a href="/calls/${encodeURIComponent(call_id)}" aria-label="${texts.timeline} ${number}"
      >${texts.timeline}</a
    >`,
  ]);
  return table([numeric(texts.attempt), texts.happened, texts.ofNotifications.result, ''], rows);
}

function stateOf({ state, result }: PresentedNotification, { ofNotifications: words }: PageTexts): Html {
  if (result === null) return html`${words.states[state]}`;
  const look = result === 'delivered' ? 'good' : result === 'superseded' || result === 'canceled' ? '' : 'bad';
  return html`<span class="${look}">${words.results[result]}</span>`;
}

function statusOf(
  { status, raw_status: raw }: StoredNotification['row'],
  { ofNotifications: { statuses } }: PageTexts,
): string {
  return status !== null && Object.hasOwn(statuses, status) ? statuses[status as keyof typeof statuses] : raw;
}
