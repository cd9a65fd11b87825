import { z } from 'zod';
import type { Answer } from '../../http/answer.js';
import { html } from '../../http/html.js';
import { route, type Request, type Route } from '../../http/route.js';
import { show } from './layout.js';
import { table } from './table.js';
import { textsFor } from '../texts/texts.js';
import { formatInstant } from './format-instant.js';

const ON_PAGE = 50;
const id = z.coerce.number().int().min(1);

/** An unknown request, without numbers; implemented by integrations/unknown-requests. */
export interface RecordedView {
  id: number;
  at: number;
  who: string;
  method: string;
  path: string;
  query: Record<string, unknown>;
  headers: Record<string, string>;
  body: unknown;
  status: number;
  why: string;
}

/** `/recorded-requests`: unknown requests of integrations. */
export function recordedPages(
  recorded: { list(limit: number, before?: number): Promise<RecordedView[]> },
  timeZone: () => string,
): Route[] {
  return [
    route({
      method: 'GET',
      path: '/recorded-requests',
      scope: 'config:read',
      kind: 'page',
      summary: 'Unknown requests of integrations',
      query: z.object({ cursor: id.optional() }),
      handle: async (request) => listPage(request, await recorded.list(ON_PAGE + 1, request.query.cursor), timeZone()),
    }),
  ];
}

function listPage(request: Request, found: RecordedView[], zone: string): Answer {
  const texts = textsFor(request.languages);
  const words = texts.ofSettings;
  const shown = found.slice(0, ON_PAGE);
  const last = found.length > ON_PAGE ? shown.at(-1) : undefined;
  const rows = shown.map(({ at, who, method, path, status, why, ...sent }) => [
    formatInstant(at, zone),
    html`<details>
      <summary><code>${method} ${path}</code></summary>
      <p class="soft" lang="en">${why}</p>
      <pre>${JSON.stringify({ query: sent.query, headers: sent.headers, body: sent.body }, null, 2)}</pre>
    </details>`,
    `HTTP ${status}`,
    html`<code>${who}</code>`,
  ]);
  const content = html`<p>${words.recordedHint}</p>
    ${table([`${texts.happened} (${zone})`, words.request, texts.answer, words.token], rows)}
    ${shown.length === 0 && html`<p class="soft">${texts.nothingYet}</p>`}
    ${last !== undefined && html`<p><a href="/recorded-requests?cursor=${last.id}">${texts.older}</a></p>`}`;
  return show(request, words.recorded, content);
}
