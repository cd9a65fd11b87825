import type { PresentedEntry } from '../calls/present.js';
import { html, type Html } from '../http/html.js';
import type { Texts } from './texts.js';

type Data = PresentedEntry['data'];

/** What is said of an entry at a glance, by its kind; a kind without an entry here shows its data as it is. */
const sentences: Partial<Record<string, (data: Data, texts: Texts) => string>> = {
  arrived: ({ caller, line }, texts) => `${word(caller) || texts.withheld} → ${word(line)}`,
  action: ({ action, at }) => `${word(action)}  (${word(at)})`,
  prompt: ({ prompts, heard_ms, of_ms, outcome, reason }, texts) =>
    `${list(prompts)} · ${texts.heard} ${seconds(heard_ms)} ${texts.of} ${seconds(of_ms)} ${texts.seconds} · ${word(outcome)}${because(reason)}`,
  digit: ({ digit }) => word(digit),
  input: ({ digits, ended }, texts) => `${word(digits) || texts.nothingTyped} · ${word(ended)}`,
  shop_request: ({ url }) => word(url),
  shop_answer: ({ status, latency_ms }) => `HTTP ${word(status)} · ${word(latency_ms)} ms`,
  shop_no_answer: ({ reason, latency_ms }) => `${word(reason)} · ${word(latency_ms)} ms`,
  shop_failed: ({ reason }) => word(reason),
  dial: ({ to }) => party(to),
  talking: ({ with: other }) => party(other),
  leg_over: ({ to, cause, reason }) => `${party(to)} · ${word(cause)}${because(reason)}`,
  hang_up: ({ by, cause }) => `${word(by)} · ${word(cause)}`,
  ended: ({ by }) => word(by),
  recovered: ({ after }) => word(after),
};

const GOOD = new Set(['arrived', 'talking', 'recovered']);
const BAD = new Set(['shop_failed', 'shop_no_answer', 'shop_unknown_action', 'fault', 'not_durable', 'unanswered']);

/** One line of the timeline; the bodies of requests and answers are shown, everything else is in the details. */
export function timelineEntry({ at, offset_ms, kind, data }: PresentedEntry, texts: Texts): Html {
  const mood =
    BAD.has(kind) || data['outcome'] === 'failed' || data['outcome'] === 'refused'
      ? 'bad'
      : GOOD.has(kind)
        ? 'good'
        : '';
  const sentence = sentences[kind]?.(data, texts);
  const { body } = data;
  return html`<li class="${[kind, mood].join(' ')}">
    <time datetime="${at}" title="${at}">${(offset_ms / 1000).toFixed(2)}</time>
    <span class="what">${kind in texts ? texts[kind as keyof Texts] : kind}</span>
    <span class="said">
      ${sentence ?? html`<code>${JSON.stringify(data)}</code>`}
      ${typeof body === 'string' && body !== '' && html`<pre>${body}</pre>`}
    </span>
    ${
      sentence !== undefined &&
      html`<details>
        <summary aria-label="${texts.details}" title="${texts.details}">…</summary>
        <code>${JSON.stringify(data)}</code>
      </details>`
    }
  </li>`;
}

function word(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === undefined || value === null ? '' : JSON.stringify(value);
}

function list(value: unknown): string {
  return Array.isArray(value) ? value.map((each) => `#${word(each)}`).join(' ') : word(value);
}

function seconds(value: unknown): string {
  return typeof value === 'number' ? (value / 1000).toFixed(1) : '?';
}

function because(reason: unknown): string {
  return reason === undefined ? '' : `: ${word(reason)}`;
}

/** Whom we dial: `{handset}` or `{number}`. */
function party(value: unknown): string {
  if (typeof value !== 'object' || value === null) return word(value);
  return Object.values(value).map(word).join(' ');
}
