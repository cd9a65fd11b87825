import { z } from 'zod';
import { maskNumber } from '../../lib/mask.js';
import type { BridgeStatus, Bridges } from '../../masked-bridges/port.js';
import type { BridgePeople, BridgeReader } from '../../masked-bridges/reader.js';
import type { Cursor } from '../../storage/newest-first.js';
import { seeOther, type Answer } from '../../http/answer.js';
import { formatCursor, parseCursor } from '../../http/cursor.js';
import { html, type Html } from '../../http/html.js';
import { notFound } from '../../http/problem.js';
import { route, type Request, type Route } from '../../http/route.js';
import { address } from './address.js';
import { show } from './layout.js';
import { olderLinks, stateLinks } from './state-links.js';
import { numeric, table } from './table.js';
import { textsFor, type PageTexts } from '../texts/texts.js';
import { instant } from './instant.js';
import { formatDuration, groupDigits } from '../plain-format.js';

const ON_PAGE = 50;
const filters = z.object({
  running: z.literal('true').optional(),
  order: z.string().max(200).optional(),
  cursor: z.string().max(300).optional(),
});
type Filters = z.output<typeof filters>;

interface BridgePageParts {
  bridges: Pick<Bridges, 'cancel'>;
  reader: Pick<BridgeReader, 'list' | 'people'>;
  timeZone: () => string;
}

/** `/bridges`: masked bridges. Numbers are masked without numbers:read. */
export function bridgePages({ bridges, reader, timeZone }: BridgePageParts): Route[] {
  return [
    route({
      method: 'GET',
      kind: 'page',
      path: '/bridges',
      scope: 'calls:read',
      summary: 'Masked bridges',
      query: filters,
      handle: async (request) => {
        const { running, order, cursor } = request.query;
        const after = cursor === undefined ? undefined : parseCursor(cursor);
        const listed = await reader.list({
          orderId: order,
          after,
          limit: ON_PAGE,
          running: running === undefined ? undefined : true,
        });
        const people = await reader.people(listed.bridges.map(({ id }) => id));
        return listPage(request, { ...listed, people }, timeZone());
      },
    }),
    route({
      method: 'POST',
      kind: 'page',
      bodyType: 'form',
      path: '/bridges/:id/cancel',
      scope: 'calls:control',
      summary: 'Hangs up both parties',
      params: z.object({ id: z.string().max(200) }),
      handle: async ({ params: { id } }) => {
        if (!(await bridges.cancel(id))) throw notFound('there is no such bridge');
        return seeOther('/bridges');
      },
    }),
  ];
}

interface Listed {
  bridges: BridgeStatus[];
  people: Map<string, BridgePeople>;
  next: Cursor | undefined;
}

function listPage(request: Request<unknown, Filters>, { bridges, people, next }: Listed, zone: string): Answer {
  const texts = textsFor(request.languages);
  const { ofNotifications: words } = texts;
  const { running, order } = request.query;
  const choices = [
    { name: words.all, href: address('/bridges', { order }), chosen: running === undefined },
    { name: words.running, href: address('/bridges', { order, running: 'true' }), chosen: running !== undefined },
  ];
  const heads = [
    texts.happened,
    words.order,
    texts.state,
    words.legs.a,
    words.legs.b,
    words.shownLine,
    numeric(words.talked),
    '',
  ];
  const number = (phone: string) => groupDigits(request.can('numbers:read') ? phone : maskNumber(phone));
  const person = (bridge: BridgeStatus, leg: 'a' | 'b') => {
    const who = people.get(bridge.id)?.[leg];
    return who === undefined ? '–' : html`${words.roles[who.role]} <span class="whole">${number(who.phone)}</span>`;
  };
  const rows = bridges.map((bridge) => [
    html`<a href="/calls/${encodeURIComponent(bridge.id)}">${instant(bridge.createdAt, zone, texts.language)}</a>`,
    html`<a href="${address('/bridges', { order: bridge.orderId })}">${bridge.orderId}</a>`,
    stateOf(bridge, texts),
    person(bridge, 'a'),
    person(bridge, 'b'),
    html`<span class="whole">${groupDigits(bridge.line)}</span>`,
    talked(bridge),
    bridge.endedAt === null && request.can('calls:control') && cancelForm(bridge, texts),
  ]);
  const content = html`${stateLinks(texts.state, choices)}
  ${order !== undefined && html`<p>${words.order} ${order} · <a href="/bridges">${words.all}</a></p>`}
  ${bridges.length === 0 ? html`<p class="soft">${texts.nothingYet}</p>` : table(heads, rows)}
  ${olderLinks(texts, {
    newest: request.query.cursor === undefined ? undefined : address('/bridges', { order, running }),
    older: next && address('/bridges', { order, running, cursor: formatCursor(next) }),
  })}`;
  return show(request, words.bridges, content);
}

function stateOf({ state, failed }: BridgeStatus, { ofNotifications: words }: PageTexts): Html {
  if (failed !== null) return html`<span class="bad">${words.legs[failed.leg]}: ${words.reasons[failed.reason]}</span>`;
  return html`<span class="${state === 'bridged' ? 'good' : ''}">${words.bridgeStates[state]}</span>`;
}

function talked({ bridgedAt, endedAt }: BridgeStatus): string {
  if (bridgedAt === null) return '–';
  return endedAt === null ? '…' : formatDuration(endedAt - bridgedAt);
}

function cancelForm({ id, orderId }: BridgeStatus, { ofNotifications: words }: PageTexts): Html {
  return html`<form method="post" action="/bridges/${encodeURIComponent(id)}/cancel">
    <button class="danger" title="${words.hangUpHint}" aria-label="${words.cancel}: ${words.order} ${orderId}">
      ${words.cancel}
    </button>
  </form>`;
}
