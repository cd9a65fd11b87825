import type { PresentedEntry } from '../../calls/present.js';
import { html, type Html } from '../../http/html.js';
import { endedByText } from './call-facts.js';
import { translate, type PageTexts } from '../texts/texts.js';

type Data = PresentedEntry['data'];

/** The data for presenting a timeline: the reader's language, and the names of prompts. */
interface TimelineContext {
  texts: PageTexts;
  /** By id. */
  promptNames: ReadonlyMap<number, string>;
  direction: 'incoming' | 'outgoing';
}

/** Short summaries of entries by kind. An entry of another kind shows its raw data. */
const summaries: Partial<Record<string, (data: Data, context: TimelineContext) => string>> = {
  // In a handset's call `caller` is the handset and `number` the called number.
  arrived: ({ caller, number, line }, { texts }) =>
    `${plain(caller) || texts.withheld} → ${plain(number === undefined ? line : number)}`,
  action: ({ action }, context) => translated(action, context),
  prompt: ({ prompts, heard_ms, of_ms, outcome, reason }, context) => {
    const { heard, of, seconds: s } = context.texts;
    return `${promptList(prompts, context)} · ${heard} ${seconds(heard_ms)} ${of} ${seconds(of_ms)} ${s} · ${translated(outcome, context)}${reasonSuffix(reason)}`;
  },
  prompt_again: ({ prompts, reason }, context) => `${promptList(prompts, context)}${reasonSuffix(reason)}`,
  input: ({ digits, ended, reason }, context) =>
    `${plain(digits) || context.texts.nothingTyped} · ${translated(ended, context)}${reasonSuffix(reason)}`,
  shop_request: ({ url }) => plain(url),
  shop_answer: ({ status, latency_ms }) => `HTTP ${plain(status)} · ${plain(latency_ms)} ms`,
  shop_no_answer: ({ reason, latency_ms }) => `${plain(reason)} · ${plain(latency_ms)} ms`,
  shop_failed: ({ reason }) => plain(reason),
  shop_unknown_action: ({ action }) => plain(action),
  hand_over_given_up: ({ reason }) => plain(reason),
  timer: ({ name }, context) => translated(`timer_${plain(name)}`, context),
  hours: ({ open }, context) => translated(open === true ? 'open' : 'closed', context),
  requested: ({ line, number }) => `${plain(line)} → ${plain(number)}`,
  bridge_requested: ({ order, initiator, line }, context) => joined(order, translated(initiator, context), line),
  bridge_state: ({ state, leg, reason, detail, by: author }, context) =>
    joined(...[state, leg, reason, detail, author].map((each) => translated(each, context))),
  said: ({ what, leg, outcome, reason }, context) =>
    `${joined(translated(what, context), translated(leg, context), translated(outcome, context))}${reasonSuffix(reason)}`,
  dial_answered: ({ to }) => party(to),
  commanded: ({ command, prompt, to, handset }, context) =>
    [
      translated(command, context),
      prompt == null ? '' : promptList([prompt], context),
      to === undefined ? '' : party(to),
      plain(handset),
    ]
      .filter((part) => part !== '')
      .join(' · '),
  listening: ({ handset }) => plain(handset),
  listening_over: ({ handset }) => plain(handset),
  dial: ({ to }) => party(to),
  answerer: ({ is }, context) => translated(is, context),
  order_found: ({ order, status }) => [plain(order), plain(status)].filter((part) => part !== '').join(' · '),
  no_order: ({ why }, context) => translated(why, context),
  not_connected: ({ reason }) => plain(reason),
  talking: ({ with: other }) => party(other),
  leg_over: ({ to, cause, reason }, context) => `${party(to)} · ${translated(cause, context)}${reasonSuffix(reason)}`,
  unanswered: ({ result }, context) => translated(result, context),
  queued: ({ queue, label }) => [plain(queue), plain(label)].filter((part) => part !== '').join(' · '),
  queue_joined: ({ queue, position, waiting }) => `${plain(queue)} · ${plain(position)} / ${plain(waiting)}`,
  queue_ringing: ({ handset }) => plain(handset),
  queue_answered: ({ handset }) => plain(handset),
  recording_started: () => '',
  recording_finished: ({ duration_ms }, context) => `${seconds(duration_ms)} ${context.texts.seconds}`,
  recording_failed: ({ reason }) => plain(reason),
  not_recorded: ({ prompts, reason }, context) => `${promptList(prompts, context)}${reasonSuffix(reason)}`,
  recording_stored: ({ duration_ms, talk_ms }, context) => {
    const ofTalk = Number(talk_ms ?? 0) - Number(duration_ms) > 1000 ? ` / ${seconds(talk_ms)}` : '';
    return `${seconds(duration_ms)}${ofTalk} ${context.texts.seconds}`;
  },
  recording_deleted: ({ by: author, why }, context) =>
    `${plain(author)}${reasonSuffix(why === undefined ? undefined : translated(why, context))}`,
  erased: () => '',
  queue_left: ({ queue, result, waited_ms }, context) =>
    `${plain(queue)} · ${translated(result, context)} · ${seconds(waited_ms)} ${context.texts.seconds}`,
  hang_up: ({ by: author, cause }, context) => `${endedBy(author, context)} · ${translated(cause, context)}`,
  ended: ({ by: author }, context) => endedBy(author, context),
  recovered: ({ after }, context) => translated(after, context),
  fault: ({ message }) => plain(message),
  not_durable: () => '',
};

const GOOD = new Set(['arrived', 'talking', 'queue_answered', 'recovered']);
const BAD = new Set([
  'shop_failed',
  'shop_no_answer',
  'shop_unknown_action',
  'hand_over_given_up',
  'fault',
  'not_durable',
  'unanswered',
  'recording_failed',
  'not_recorded',
  'not_connected',
]);

/** The lines of a timeline. Consecutive key presses share one line. */
export function timelineLines(entries: PresentedEntry[], context: TimelineContext): Html[] {
  const groups: PresentedEntry[][] = [];
  for (const entry of entries) {
    const last = groups.at(-1);
    if (entry.kind === 'digit' && last?.[0]?.kind === 'digit') last.push(entry);
    else groups.push([entry]);
  }
  return groups.map((group) => timelineLine(group, context));
}

/** One line with the summary and the bodies of requests and responses; all other data is in the details. */
function timelineLine(group: PresentedEntry[], context: TimelineContext): Html {
  const { texts } = context;
  const [{ at, offset_ms, kind, data }] = group as [PresentedEntry];
  const what = Object.hasOwn(texts.kinds, kind) ? texts.kinds[kind as keyof PageTexts['kinds']] : kind;
  const sentence =
    kind === 'digit' ? group.map((each) => plain(each.data['digit'])).join(' ') : summaries[kind]?.(data, context);
  const raw = group.map((each) => html`<pre>${spaced(each.data)}</pre>`);
  return html`<li class="${[kind, mood(kind, data)].join(' ')}">
    <time datetime="${at}" title="${at}">${(offset_ms / 1000).toFixed(2)} ${texts.seconds}</time>
    <span class="what">${what}</span>
    <div class="said">${sentence ?? raw} ${configPath(data)} ${body(data)}</div>
    ${
      sentence !== undefined &&
      html`<details>
        <summary aria-label="${texts.details}: ${what}" title="${texts.details}">…</summary>
        ${raw}
      </details>`
    }
  </li>`;
}

function mood(kind: string, { outcome, state }: Data): string {
  if (BAD.has(kind) || state === 'failed' || outcome === 'failed' || outcome === 'refused') return 'bad';
  return GOOD.has(kind) ? 'good' : '';
}

/** The path of an action in the configuration. */
function configPath({ action, at }: Data): Html | undefined {
  return action !== undefined && typeof at === 'string' ? html`<code class="soft">${at}</code>` : undefined;
}

function body({ body: text }: Data): Html | undefined {
  if (typeof text !== 'string' || text === '') return undefined;
  try {
    return html`<pre>${spaced(JSON.parse(text))}</pre>`;
  } catch {
    return html`<pre>${text}</pre>`;
  }
}

/** JSON on one line that can wrap between its fields. */
function spaced(value: unknown): string {
  return JSON.stringify(value, null, 1).replaceAll(/\n\s*/g, ' ');
}

function plain(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === undefined || value === null ? '' : JSON.stringify(value);
}

function translated(value: unknown, { texts }: TimelineContext): string {
  return translate(plain(value), texts);
}

function endedBy(value: unknown, { texts, direction }: TimelineContext): string {
  return endedByText(plain(value), direction, texts);
}

function promptList(value: unknown, { promptNames }: TimelineContext): string {
  if (!Array.isArray(value)) return plain(value);
  return value.map((id: unknown) => `#${plain(id)} ${promptNames.get(Number(id)) ?? ''}`.trim()).join(', ');
}

function seconds(value: unknown): string {
  return typeof value === 'number' ? (value / 1000).toFixed(1) : '?';
}

function reasonSuffix(reason: unknown): string {
  return reason === undefined ? '' : `: ${plain(reason)}`;
}

/** Joins the values that are not empty. */
function joined(...values: unknown[]): string {
  return values
    .map(plain)
    .filter((part) => part !== '')
    .join(' · ');
}

/** A dialled party: `{handset}` or `{number}`. */
function party(value: unknown): string {
  if (typeof value !== 'object' || value === null) return plain(value);
  return Object.values(value).map(plain).join(' ');
}
