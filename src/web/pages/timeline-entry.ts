import type { PresentedEntry } from '../../calls/present.js';
import { html, type Html } from '../../http/html.js';
import { whoEnded } from './call-facts.js';
import { translate, type PageTexts } from '../texts/texts.js';

type Data = PresentedEntry['data'];

/** What a timeline is told with: the reader's language, and what prompts are called. */
interface Narrator {
  texts: PageTexts;
  /** By id. */
  promptNames: ReadonlyMap<number, string>;
  direction: 'incoming' | 'outgoing';
}

/** What is said of an entry at a glance, by its kind; a kind without an entry here shows its data as it is. */
const sentences: Partial<Record<string, (data: Data, narrator: Narrator) => string>> = {
  // A handset's call: `caller` is the handset, `number` whom it calls.
  arrived: ({ caller, number, line }, { texts }) =>
    `${word(caller) || texts.withheld} → ${word(number === undefined ? line : number)}`,
  action: ({ action }, by) => told(action, by),
  prompt: ({ prompts, heard_ms, of_ms, outcome, reason }, by) => {
    const { heard, of, seconds: s } = by.texts;
    return `${promptList(prompts, by)} · ${heard} ${seconds(heard_ms)} ${of} ${seconds(of_ms)} ${s} · ${told(outcome, by)}${because(reason)}`;
  },
  prompt_again: ({ prompts, reason }, by) => `${promptList(prompts, by)}${because(reason)}`,
  input: ({ digits, ended, reason }, by) =>
    `${word(digits) || by.texts.nothingTyped} · ${told(ended, by)}${because(reason)}`,
  shop_request: ({ url }) => word(url),
  shop_answer: ({ status, latency_ms }) => `HTTP ${word(status)} · ${word(latency_ms)} ms`,
  shop_no_answer: ({ reason, latency_ms }) => `${word(reason)} · ${word(latency_ms)} ms`,
  shop_failed: ({ reason }) => word(reason),
  shop_unknown_action: ({ action }) => word(action),
  hand_over_given_up: ({ reason }) => word(reason),
  timer: ({ name }, by) => told(`timer_${word(name)}`, by),
  hours: ({ open }, by) => told(open === true ? 'open' : 'closed', by),
  requested: ({ line, number }) => `${word(line)} → ${word(number)}`,
  bridge_requested: ({ order, initiator, line }, by) => together(order, told(initiator, by), line),
  bridge_state: ({ state, leg, reason, detail, by: who }, by) =>
    together(...[state, leg, reason, detail, who].map((each) => told(each, by))),
  said: ({ what, leg, outcome, reason }, by) =>
    `${together(told(what, by), told(leg, by), told(outcome, by))}${because(reason)}`,
  dial_answered: ({ to }) => party(to),
  commanded: ({ command, prompt, to, handset }, by) =>
    [
      told(command, by),
      prompt == null ? '' : promptList([prompt], by),
      to === undefined ? '' : party(to),
      word(handset),
    ]
      .filter((said) => said !== '')
      .join(' · '),
  listening: ({ handset }) => word(handset),
  listening_over: ({ handset }) => word(handset),
  dial: ({ to }) => party(to),
  answerer: ({ is }, by) => told(is, by),
  order_found: ({ order, status }) => [word(order), word(status)].filter((said) => said !== '').join(' · '),
  no_order: ({ why }, by) => told(why, by),
  not_connected: ({ reason }) => word(reason),
  talking: ({ with: other }) => party(other),
  leg_over: ({ to, cause, reason }, by) => `${party(to)} · ${told(cause, by)}${because(reason)}`,
  unanswered: ({ result }, by) => told(result, by),
  queued: ({ queue, label }) => [word(queue), word(label)].filter((said) => said !== '').join(' · '),
  queue_joined: ({ queue, position, waiting }) => `${word(queue)} · ${word(position)} / ${word(waiting)}`,
  queue_ringing: ({ handset }) => word(handset),
  queue_answered: ({ handset }) => word(handset),
  recording_started: () => '',
  recording_finished: ({ duration_ms }, by) => `${seconds(duration_ms)} ${by.texts.seconds}`,
  recording_failed: ({ reason }) => word(reason),
  not_recorded: ({ prompts, reason }, by) => `${promptList(prompts, by)}${because(reason)}`,
  recording_stored: ({ duration_ms, talk_ms }, by) => {
    const ofTalk = Number(talk_ms ?? 0) - Number(duration_ms) > 1000 ? ` / ${seconds(talk_ms)}` : '';
    return `${seconds(duration_ms)}${ofTalk} ${by.texts.seconds}`;
  },
  recording_deleted: ({ by: who, why }, by) => `${word(who)}${because(why === undefined ? undefined : told(why, by))}`,
  erased: () => '',
  queue_left: ({ queue, result, waited_ms }, by) =>
    `${word(queue)} · ${told(result, by)} · ${seconds(waited_ms)} ${by.texts.seconds}`,
  hang_up: ({ by: who, cause }, by) => `${ended(who, by)} · ${told(cause, by)}`,
  ended: ({ by: who }, by) => ended(who, by),
  recovered: ({ after }, by) => told(after, by),
  fault: ({ message }) => word(message),
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
export function timelineLines(entries: PresentedEntry[], narrator: Narrator): Html[] {
  const groups: PresentedEntry[][] = [];
  for (const entry of entries) {
    const last = groups.at(-1);
    if (entry.kind === 'digit' && last?.[0]?.kind === 'digit') last.push(entry);
    else groups.push([entry]);
  }
  return groups.map((group) => timelineLine(group, narrator));
}

/** One line; the bodies of requests and answers are shown, everything else is in the details. */
function timelineLine(group: PresentedEntry[], narrator: Narrator): Html {
  const { texts } = narrator;
  const [{ at, offset_ms, kind, data }] = group as [PresentedEntry];
  const what = Object.hasOwn(texts.kinds, kind) ? texts.kinds[kind as keyof PageTexts['kinds']] : kind;
  const sentence =
    kind === 'digit' ? group.map((each) => word(each.data['digit'])).join(' ') : sentences[kind]?.(data, narrator);
  const raw = group.map((each) => html`<pre>${spaced(each.data)}</pre>`);
  return html`<li class="${[kind, mood(kind, data)].join(' ')}">
    <time datetime="${at}" title="${at}">${(offset_ms / 1000).toFixed(2)} ${texts.seconds}</time>
    <span class="what">${what}</span>
    <div class="said">${sentence ?? raw} ${place(data)} ${body(data)}</div>
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
function place({ action, at }: Data): Html | undefined {
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

function word(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === undefined || value === null ? '' : JSON.stringify(value);
}

function told(value: unknown, { texts }: Narrator): string {
  return translate(word(value), texts);
}

function ended(who: unknown, { texts, direction }: Narrator): string {
  return whoEnded(word(who), direction, texts);
}

function promptList(value: unknown, { promptNames }: Narrator): string {
  if (!Array.isArray(value)) return word(value);
  return value.map((id: unknown) => `#${word(id)} ${promptNames.get(Number(id)) ?? ''}`.trim()).join(', ');
}

function seconds(value: unknown): string {
  return typeof value === 'number' ? (value / 1000).toFixed(1) : '?';
}

function because(reason: unknown): string {
  return reason === undefined ? '' : `: ${word(reason)}`;
}

/** What there is of these. */
function together(...values: unknown[]): string {
  return values
    .map(word)
    .filter((said) => said !== '')
    .join(' · ');
}

/** Whom we dial: `{handset}` or `{number}`. */
function party(value: unknown): string {
  if (typeof value !== 'object' || value === null) return word(value);
  return Object.values(value).map(word).join(' ');
}
