import type { PresentedEntry } from '../../calls/present.js';
import { html, type Html } from '../../http/html.js';
import { endedByText } from './call-facts.js';
import { translate, type PageTexts } from '../texts/texts.js';

type Data = PresentedEntry['data'];

/** What a timeline is told with: the reader's language, and what prompts are called. */
interface TimelineContext {
  texts: PageTexts;
  /** By id. */
  promptNames: ReadonlyMap<number, string>;
  direction: 'incoming' | 'outgoing';
}

/** What is said of an entry at a glance, by its kind; a kind without an entry here shows its data as it is. */
const summaries: Partial<Record<string, (data: Data, context: TimelineContext) => string>> = {
  // A handset's call: `caller` is the handset, `number` whom it calls.
  arrived: ({ caller, number, line }, { texts }) =>
    `${plain(caller) || texts.withheld} → ${plain(number === undefined ? line : number)}`,
  action: ({ action }, by) => translated(action, by),
  prompt: ({ prompts, heard_ms, of_ms, outcome, reason }, by) => {
    const { heard, of, seconds: s } = by.texts;
    return `${promptList(prompts, by)} · ${heard} ${seconds(heard_ms)} ${of} ${seconds(of_ms)} ${s} · ${translated(outcome, by)}${reasonSuffix(reason)}`;
  },
  prompt_again: ({ prompts, reason }, by) => `${promptList(prompts, by)}${reasonSuffix(reason)}`,
  input: ({ digits, ended, reason }, by) =>
    `${plain(digits) || by.texts.nothingTyped} · ${translated(ended, by)}${reasonSuffix(reason)}`,
  shop_request: ({ url }) => plain(url),
  shop_answer: ({ status, latency_ms }) => `HTTP ${plain(status)} · ${plain(latency_ms)} ms`,
  shop_no_answer: ({ reason, latency_ms }) => `${plain(reason)} · ${plain(latency_ms)} ms`,
  shop_failed: ({ reason }) => plain(reason),
  shop_unknown_action: ({ action }) => plain(action),
  hand_over_given_up: ({ reason }) => plain(reason),
  timer: ({ name }, by) => translated(`timer_${plain(name)}`, by),
  hours: ({ open }, by) => translated(open === true ? 'open' : 'closed', by),
  requested: ({ line, number }) => `${plain(line)} → ${plain(number)}`,
  bridge_requested: ({ order, initiator, line }, by) => joined(order, translated(initiator, by), line),
  bridge_state: ({ state, leg, reason, detail, by: who }, by) =>
    joined(...[state, leg, reason, detail, who].map((each) => translated(each, by))),
  said: ({ what, leg, outcome, reason }, by) =>
    `${joined(translated(what, by), translated(leg, by), translated(outcome, by))}${reasonSuffix(reason)}`,
  dial_answered: ({ to }) => party(to),
  commanded: ({ command, prompt, to, handset }, by) =>
    [
      translated(command, by),
      prompt == null ? '' : promptList([prompt], by),
      to === undefined ? '' : party(to),
      plain(handset),
    ]
      .filter((part) => part !== '')
      .join(' · '),
  listening: ({ handset }) => plain(handset),
  listening_over: ({ handset }) => plain(handset),
  dial: ({ to }) => party(to),
  answerer: ({ is }, by) => translated(is, by),
  order_found: ({ order, status }) => [plain(order), plain(status)].filter((part) => part !== '').join(' · '),
  no_order: ({ why }, by) => translated(why, by),
  not_connected: ({ reason }) => plain(reason),
  talking: ({ with: other }) => party(other),
  leg_over: ({ to, cause, reason }, by) => `${party(to)} · ${translated(cause, by)}${reasonSuffix(reason)}`,
  unanswered: ({ result }, by) => translated(result, by),
  queued: ({ queue, label }) => [plain(queue), plain(label)].filter((part) => part !== '').join(' · '),
  queue_joined: ({ queue, position, waiting }) => `${plain(queue)} · ${plain(position)} / ${plain(waiting)}`,
  queue_ringing: ({ handset }) => plain(handset),
  queue_answered: ({ handset }) => plain(handset),
  recording_started: () => '',
  recording_finished: ({ duration_ms }, by) => `${seconds(duration_ms)} ${by.texts.seconds}`,
  recording_failed: ({ reason }) => plain(reason),
  not_recorded: ({ prompts, reason }, by) => `${promptList(prompts, by)}${reasonSuffix(reason)}`,
  recording_stored: ({ duration_ms, talk_ms }, by) => {
    const ofTalk = Number(talk_ms ?? 0) - Number(duration_ms) > 1000 ? ` / ${seconds(talk_ms)}` : '';
    return `${seconds(duration_ms)}${ofTalk} ${by.texts.seconds}`;
  },
  recording_deleted: ({ by: who, why }, by) =>
    `${plain(who)}${reasonSuffix(why === undefined ? undefined : translated(why, by))}`,
  erased: () => '',
  queue_left: ({ queue, result, waited_ms }, by) =>
    `${plain(queue)} · ${translated(result, by)} · ${seconds(waited_ms)} ${by.texts.seconds}`,
  hang_up: ({ by: who, cause }, by) => `${endedBy(who, by)} · ${translated(cause, by)}`,
  ended: ({ by: who }, by) => endedBy(who, by),
  recovered: ({ after }, by) => translated(after, by),
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

/** The lines of a timeline. Keys that were pressed one after another are one line. */
export function timelineLines(entries: PresentedEntry[], context: TimelineContext): Html[] {
  const groups: PresentedEntry[][] = [];
  for (const entry of entries) {
    const last = groups.at(-1);
    if (entry.kind === 'digit' && last?.[0]?.kind === 'digit') last.push(entry);
    else groups.push([entry]);
  }
  return groups.map((group) => timelineLine(group, context));
}

/** One line; the bodies of requests and answers are shown, everything else is in the details. */
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

/** Where in the configuration an action stands. */
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

/** JSON on one line that can be broken between its fields. */
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

function endedBy(who: unknown, { texts, direction }: TimelineContext): string {
  return endedByText(plain(who), direction, texts);
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

/** What there is of these. */
function joined(...values: unknown[]): string {
  return values
    .map(plain)
    .filter((part) => part !== '')
    .join(' · ');
}

/** Whom we dial: `{handset}` or `{number}`. */
function party(value: unknown): string {
  if (typeof value !== 'object' || value === null) return plain(value);
  return Object.values(value).map(plain).join(' ');
}
