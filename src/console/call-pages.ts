import { z } from 'zod';
import {
  presentCall,
  presentRecordings,
  presentTimeline,
  type PresentedCall,
  type PresentedRecordingOfCall,
} from '../calls/present.js';
import type { CallReader } from '../calls/reader.js';
import type { Answer } from '../http/answer.js';
import { formatCursor, parseCursor } from '../http/cursor.js';
import { html, type Html } from '../http/html.js';
import { notFound } from '../http/problem.js';
import { route, type Request, type Route } from '../http/route.js';
import { show } from './layout.js';
import type { PromptService } from '../prompts/service.js';
import { numeric, table } from './table.js';
import { textsFor, translate, type Texts } from './texts.js';
import { timelineLines } from './timeline-entry.js';
import { when } from './when.js';

const CALLS_ON_PAGE = 50;

/** `/calls` and `/calls/{id}`. Numbers and digits as the visitor's scopes allow. */
export function callPages(calls: CallReader, prompts: Pick<PromptService, 'list'>, timeZone: () => string): Route[] {
  return [
    route({
      method: 'GET',
      path: '/calls',
      scope: 'calls:read',
      kind: 'page',
      summary: 'Calls',
      query: z.object({ cursor: z.string().optional() }),
      handle: async (request) => {
        const { cursor } = request.query;
        const after = cursor === undefined ? undefined : parseCursor(cursor);
        const found = await calls.list({ limit: CALLS_ON_PAGE, after });
        const presented = found.calls.map((call) => presentCall(call, request.can('numbers:read')));
        return listPage(request, presented, found.next && formatCursor(found.next), timeZone());
      },
    }),
    route({
      method: 'GET',
      path: '/calls/:id',
      scope: 'calls:read',
      kind: 'page',
      summary: 'One call',
      params: z.object({ id: z.string().max(200) }),
      handle: async (request) => {
        const found = await calls.get(request.params.id);
        if (!found) throw notFound('there is no such call');
        const sees = request.can('numbers:read');
        const texts = textsFor(request.languages);
        const call = presentCall(found.call, sees);
        const promptNames = new Map((await prompts.list()).map(({ prompt }) => [prompt.id, prompt.name]));
        const lines = timelineLines(presentTimeline(found.call, found.timeline, sees), { texts, promptNames });
        const recordings = request.can('recordings:read') ? presentRecordings(found.recordings) : [];
        const content = html`${facts(call, texts, timeZone())} ${players(recordings, texts, timeZone())}
          <h2>${texts.timeline}</h2>
          <ol class="timeline">
            ${lines}
          </ol>`;
        return show(request, `${call.caller || texts.withheld} → ${call.line}`, content);
      },
    }),
  ];
}

function listPage(request: Request, calls: PresentedCall[], next: string | undefined, zone: string): Answer {
  const texts = textsFor(request.languages);
  const heads = [`${texts.started} (${zone})`, texts.caller, texts.line, texts.state, numeric(texts.duration)];
  const rows = calls.map((call) => [
    html`<a href="/calls/${encodeURIComponent(call.id)}">${when(call.started_at, zone)}</a>`,
    call.caller || texts.withheld,
    call.line,
    state(call, texts),
    lasted(call, texts),
  ]);
  const content = html`${table(heads, rows)} ${calls.length === 0 && html`<p class="soft">${texts.nothingYet}</p>`}
    <p>
      <a href="/calls">${texts.newest}</a>
      ${next !== undefined && html` · <a href="/calls?cursor=${next}">${texts.older}</a>`}
    </p>`;
  return show(request, texts.calls, content);
}

function facts(call: PresentedCall, texts: Texts, zone: string): Html {
  return html`<dl class="facts">
    <dt>${texts.state}</dt>
    <dd>${state(call, texts)}</dd>
    <dt>${texts.started}</dt>
    <dd>${when(call.started_at, zone)} ${zone}</dd>
    <dt>${texts.duration}</dt>
    <dd>${lasted(call, texts)}</dd>
    <dt>${texts.id}</dt>
    <dd><code>${call.id}</code></dd>
  </dl>`;
}

function players(recordings: PresentedRecordingOfCall[], texts: Texts, zone: string): Html | undefined {
  if (recordings.length === 0) return undefined;
  const items = recordings.map(
    ({ started_at, duration_ms, audio }) =>
      html`<li>
        ${when(started_at, zone)} · ${Math.round(duration_ms / 1000)} ${texts.seconds}
        <audio controls preload="none" src="${audio}"></audio>
        <a href="${audio}?download=1" download>${texts.download}</a>
      </li>`,
  );
  return html`<h2>${texts.recordings}</h2>
    <ul class="recordings">
      ${items}
    </ul>`;
}

function state(call: PresentedCall, texts: Texts): Html {
  if (call.running) {
    const at = translate(call.at.replace(/^bridge /, ''), texts);
    return html`<span class="good">${texts.running}</span> · ${at}`;
  }
  return html`${texts.endedBy}: ${translate(call.ended_by ?? '?', texts)}`;
}

function lasted(call: PresentedCall, texts: Texts): string {
  if (call.ended_at === null) return '…';
  return `${Math.round((Date.parse(call.ended_at) - Date.parse(call.started_at)) / 1000)} ${texts.seconds}`;
}
