import { z } from 'zod';
import {
  presentCall,
  presentRecordings,
  presentTimeline,
  type PresentedCall,
  type PresentedRecordingOfCall,
} from '../../calls/present.js';
import type { CallReader } from '../../calls/reader.js';
import type { Answer } from '../../http/answer.js';
import { callOutcomes } from '../../telephony/call-outcome.js';
import { formatCursor, parseCursor } from '../../http/cursor.js';
import { html, type Html } from '../../http/html.js';
import { notFound } from '../../http/problem.js';
import { route, type Request, type Route } from '../../http/route.js';
import { address } from './address.js';
import { agentOf, endedByOf, partiesOf, formatSeconds, resultOf } from './call-facts.js';
import { show } from './layout.js';
import type { PromptService } from '../../prompts/service.js';
import { numeric, table } from './table.js';
import { textsFor, type PageTexts } from '../texts/texts.js';
import { timelineLines } from './timeline-entry.js';
import { formatInstant } from './format-instant.js';

const CALLS_ON_PAGE = 50;

/** Forms send unselected options as empty strings. */
const chosen = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());

const filterFields = z.object({
  direction: chosen(z.enum(['incoming', 'outgoing'])),
  outcome: chosen(z.enum(callOutcomes)),
  queue: chosen(z.coerce.number().int().min(1)),
});
type Filters = z.output<typeof filterFields>;

export interface QueueName {
  id: number;
  name: string;
}

interface ListParts {
  calls: PresentedCall[];
  next: string | undefined;
  filters: Filters;
  queues: QueueName[];
  zone: string;
}

type FactParts = Pick<ListParts, 'queues' | 'zone'> & { texts: PageTexts };

interface CallPagesParts {
  calls: CallReader;
  prompts: Pick<PromptService, 'list'>;
  queues: () => QueueName[];
  timeZone: () => string;
}

/** `/calls` and `/calls/{id}`. Numbers and digits are masked without numbers:read. */
export function callPages({ calls, prompts, queues, timeZone }: CallPagesParts): Route[] {
  return [
    route({
      method: 'GET',
      path: '/calls',
      scope: 'calls:read',
      kind: 'page',
      summary: 'Calls',
      query: filterFields.extend({ cursor: z.string().optional() }),
      handle: async (request) => {
        const { cursor, ...filters } = request.query;
        const after = cursor === undefined ? undefined : parseCursor(cursor);
        const found = await calls.list({ ...filters, limit: CALLS_ON_PAGE, after });
        return listPage(request, {
          calls: found.calls.map((call) => presentCall(call, request.can('numbers:read'))),
          next: found.next && formatCursor(found.next),
          filters,
          queues: queues(),
          zone: timeZone(),
        });
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
        const lines = timelineLines(presentTimeline(found.call, found.timeline, sees), {
          texts,
          promptNames,
          direction: call.direction,
        });
        const recordings = request.can('recordings:read') ? presentRecordings(found.recordings) : [];
        const content = html`${facts(call, { texts, queues: queues(), zone: timeZone() })}
          ${players(recordings, texts, timeZone())}
          <h2>${texts.timeline}</h2>
          <ol class="timeline">
            ${lines}
          </ol>`;
        const { from, to } = partiesOf(call, texts);
        return show(request, `${from} → ${to}`, content);
      },
    }),
  ];
}

function listPage(request: Request, { calls, next, filters, queues, zone }: ListParts): Answer {
  const texts = textsFor(request.languages);
  const { ofCalls: words } = texts;
  const heads = [
    ...[`${texts.started} (${zone})`, words.from, words.to, words.result, words.agent],
    ...[numeric(words.waited), numeric(words.talk)],
  ];
  const rows = calls.map((call) => {
    const { from, to } = partiesOf(call, texts);
    return [
      html`<a href="/calls/${encodeURIComponent(call.id)}">${formatInstant(call.started_at, zone)}</a>`,
      ...[from, to, resultOf(call, texts), agentOf(call, texts)],
      ...[formatSeconds(call.waited_ms, texts), formatSeconds(call.talk_ms, texts)],
    ];
  });
  const older = next === undefined ? undefined : address('/calls', { ...filters, cursor: next });
  const content = html`${filterForm(filters, queues, texts)} ${table(heads, rows)}
    ${calls.length === 0 && html`<p class="soft">${texts.nothingYet}</p>`}
    <p>
      <a href="${address('/calls', { ...filters })}">${texts.newest}</a>
      ${older !== undefined && html` · <a href="${older}">${texts.older}</a>`}
    </p>`;
  return show(request, texts.calls, content);
}

function filterForm(chosen: Filters, queues: QueueName[], texts: PageTexts): Html {
  const { ofCalls: words } = texts;
  const choice = (name: keyof Filters, label: string, options: [string, string][]) =>
    html`<label
      >${label}
      <select name="${name}">
        <option value="">${texts.all}</option>
        ${options.map(
          ([value, text]) =>
            html`<option value="${value}" ${String(chosen[name] ?? '') === value && html`selected`}>${text}</option>`,
        )}
      </select></label
    >`;
  return html`<form class="row filters" method="get" action="/calls">
    ${choice('direction', words.direction, Object.entries(words.directions))}
    ${choice('outcome', words.result, Object.entries(words.outcomes))}
    ${
      queues.length > 0 &&
      choice(
        'queue',
        words.queue,
        queues.map(({ id, name }) => [String(id), name]),
      )
    }
    <button>${words.show}</button>
  </form>`;
}

function facts(call: PresentedCall, { texts, queues, zone }: FactParts): Html {
  const { ofCalls: words } = texts;
  const whole = call.ended_at === null ? null : Date.parse(call.ended_at) - Date.parse(call.started_at);
  const queue = queues.find(({ id }) => id === call.queue)?.name ?? call.queue;
  const fact = (name: string, value: Html | string) =>
    html`<dt>${name}</dt>
      <dd>${value}</dd>`;
  return html`<dl class="facts">
    ${fact(words.direction, words.directions[call.direction])} ${fact(words.result, resultOf(call, texts))}
    ${!call.running && fact(words.endedBy, endedByOf(call, texts))}
    ${call.agent !== null && fact(words.agent, agentOf(call, texts))}
    ${queue !== null && fact(words.queue, String(queue))}
    ${call.waited_ms !== null && fact(words.waited, formatSeconds(call.waited_ms, texts))}
    ${call.talk_ms !== null && fact(words.talk, formatSeconds(call.talk_ms, texts))}
    ${fact(texts.started, `${formatInstant(call.started_at, zone)} ${zone}`)}
    ${fact(texts.duration, whole === null ? '…' : formatSeconds(whole, texts))}
    ${fact(texts.id, html`<code>${call.id}</code>`)}
  </dl>`;
}

function players(recordings: PresentedRecordingOfCall[], texts: PageTexts, zone: string): Html | undefined {
  if (recordings.length === 0) return undefined;
  const items = recordings.map(
    ({ started_at, duration_ms, audio }) =>
      html`<li>
        ${formatInstant(started_at, zone)} · ${Math.round(duration_ms / 1000)} ${texts.seconds}
        <audio controls preload="none" src="${audio}"></audio>
        <a href="${audio}?download=1" download>${texts.download}</a>
      </li>`,
  );
  return html`<h2>${texts.recordings}</h2>
    <ul class="recordings">
      ${items}
    </ul>`;
}
