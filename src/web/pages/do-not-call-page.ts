import { z } from 'zod';
import { toE164 } from '../../directory/numbers.js';
import { seeOther, type Answer } from '../../http/answer.js';
import { html, type Html } from '../../http/html.js';
import { invalid } from '../../http/problem.js';
import { route, type Request, type Route } from '../../http/route.js';
import type { DoNotCallList, DoNotCallEntry } from '../../notifications/do-not-call.js';
import { show } from './layout.js';
import { table } from './table.js';
import { confirmedRemoval } from './two-steps.js';
import { textsFor, type PageTexts } from '../texts/texts.js';
import { instant } from './instant.js';
import { groupDigits } from '../plain-format.js';

const ON_PAGE = 100;
const ADDRESS = '/do-not-call';
const form = { kind: 'page', bodyType: 'form', method: 'POST', scope: 'calls:control' } as const;
const number = z.string().trim().min(2).max(40);

interface Typed {
  number: string;
  reason: string;
}

interface DoNotCallPageParts {
  list: Pick<DoNotCallList, 'add' | 'remove' | 'list'>;
  country: () => string;
  timeZone: () => string;
  now: () => number;
}

/** `/do-not-call`: numbers that no notification calls. Needs the scope numbers:read. */
export function doNotCallPages({ list, country, timeZone, now }: DoNotCallPageParts): Route[] {
  const e164 = (text: string): string => {
    const parsed = toE164(text, country());
    if (parsed === undefined)
      throw invalid([{ field: 'number', detail: 'not a phone number: enter it with its country code' }]);
    return parsed;
  };
  return [
    route({
      method: 'GET',
      kind: 'page',
      path: ADDRESS,
      scope: 'numbers:read',
      summary: 'Numbers that are never called',
      query: z.object({ after: z.string().max(20).default('') }),
      handle: async (request) => {
        const entries = await list.list(request.query.after, ON_PAGE + 1);
        return listPage(request, entries, { zone: timeZone() });
      },
    }),
    route({
      ...form,
      path: ADDRESS,
      summary: 'Adds a number to the list',
      body: z.object({ number, reason: z.string().trim().max(200).default('') }),
      handle: async (request) => {
        const { body, who } = request;
        const parsed = toE164(body.number, country());
        if (parsed === undefined && request.can('numbers:read'))
          return listPage(request, await list.list('', ON_PAGE + 1), { zone: timeZone(), refused: body });
        await list.add({ number: parsed ?? e164(body.number), reason: body.reason, by: who?.name ?? '', at: now() });
        return seeOther(ADDRESS);
      },
    }),
    route({
      ...form,
      path: `${ADDRESS}/remove`,
      summary: 'Removes a number from the list',
      body: z.object({ number }),
      handle: async ({ body }) => {
        await list.remove(e164(body.number), now());
        return seeOther(ADDRESS);
      },
    }),
  ];
}

/** @param refused what was typed in place of a phone number */
function listPage(
  request: Request,
  entries: DoNotCallEntry[],
  { zone, refused }: { zone: string; refused?: Typed },
): Answer {
  const texts = textsFor(request.languages);
  const { ofNotifications: words } = texts;
  const mayChange = request.can('calls:control');
  const shown = entries.slice(0, ON_PAGE);
  const last = entries.length > ON_PAGE ? shown.at(-1) : undefined;
  const heads = [words.number, words.reason, words.by, words.added, ...(mayChange ? [''] : [])];
  const rows = shown.map((entry) => [
    html`<span class="whole">${groupDigits(entry.number)}</span>`,
    entry.reason || '–',
    html`<span class="whole">${entry.by}</span>`,
    html`<span class="whole">${instant(entry.at, zone, texts.language)}</span>`,
    removalButton(entry.number, texts),
  ]);
  const content = html`<p class="soft">${words.doNotCallHint}</p>
    ${entries.length === 0 ? html`<p class="soft">${texts.nothingYet}</p>` : table(heads, rows)}
    ${last && html`<p><a href="${ADDRESS}?after=${encodeURIComponent(last.number)}">${texts.older}</a></p>`}
    ${mayChange && additionForm(texts, refused)}
    <p><a href="/notifications">${words.notifications}</a></p>`;
  return show(request, words.doNotCall, content, refused === undefined ? 200 : 422);
}

function removalButton(of: string, { ofNotifications: words }: PageTexts): Html {
  const number = html`<input type="hidden" name="number" value="${of}" />`;
  return confirmedRemoval(`${ADDRESS}/remove`, words.allowAgain, of, number);
}

function additionForm({ ofNotifications: words, ofOperator }: PageTexts, refused: Typed | undefined): Html {
  return html`${refused && html`<p role="alert" class="bad">${ofOperator.badNumber}</p>`}
    <form method="post" action="${ADDRESS}" class="row">
      <label
        >${words.number}
        <input
          type="tel"
          name="number"
          required
          maxlength="40"
          autocomplete="off"
          ${refused && html`value="${refused.number}" aria-invalid="true" autofocus`}
      /></label>
      <label
        >${words.reason}
        <input name="reason" maxlength="200" autocomplete="off" ${refused && html`value="${refused.reason}"`}
      /></label>
      <button>${words.add}</button>
    </form>`;
}
