import { session } from '../session.js';
import { formatDuration, formatSeconds, groupDigits } from '../format.js';
import { queueName, titleOfHandset } from '../names.js';
import { endedByText } from './outcome.js';
import { texts } from './texts.js';
import { translate } from './timeline-texts.js';
import type { Call, Entry } from './types.js';

type Data = Entry['data'];

/** What the summaries need beside an entry. */
export interface StoryContext {
  /** Names of prompts by id. */
  promptNames: ReadonlyMap<number, string>;
  direction: Call['direction'];
}

/** Short summaries of entries by kind. An entry of another kind shows its raw data. */
const summaries: Partial<Record<string, (data: Data, context: StoryContext) => string>> = {
  // In a handset's call `caller` is the handset and `number` the called number.
  arrived: ({ caller, number, line }) =>
    `${callerOf(plain(caller))} → ${groupDigits(plain(number === undefined ? line : number))}`,
  action: ({ action }) => translated(action),
  prompt: ({ prompts, heard_ms, of_ms, outcome, reason }, context) => {
    const { heard, of, seconds: s } = texts;
    return `${promptList(prompts, context)} · ${heard} ${seconds(heard_ms)} ${of} ${seconds(of_ms)} ${s} · ${translated(outcome)}${reasonSuffix(reason)}`;
  },
  prompt_again: ({ prompts, reason }, context) => `${promptList(prompts, context)}${reasonSuffix(reason)}`,
  input: ({ digits, ended, reason }) =>
    `${plain(digits) || texts.nothingTyped} · ${translated(ended)}${reasonSuffix(reason)}`,
  shop_request: ({ url }) => plain(url),
  shop_answer: ({ status, latency_ms }) => `HTTP ${plain(status)} · ${plain(latency_ms)} ms`,
  shop_no_answer: ({ reason, latency_ms }) => `${shopReason(reason)} · ${plain(latency_ms)} ms`,
  shop_failed: ({ reason }) => shopReason(reason),
  shop_unknown_action: ({ action }) => plain(action),
  hand_over_given_up: ({ reason }) => plain(reason),
  timer: ({ name }) => translated(`timer_${plain(name)}`),
  hours: ({ open }) => translated(open === true ? 'open' : 'closed'),
  requested: ({ line, number }) => `${groupDigits(plain(line))} → ${groupDigits(plain(number))}`,
  bridge_requested: ({ order, initiator, line }) => joined(order, translated(initiator), groupDigits(plain(line))),
  bridge_state: ({ state, leg, reason, detail, by: author }) =>
    joined(...[state, leg, reason, detail, author].map((each) => translated(each))),
  said: ({ what, leg, outcome, reason }) =>
    `${joined(translated(what), translated(leg), translated(outcome))}${reasonSuffix(reason)}`,
  dial_answered: ({ to }) => party(to),
  commanded: ({ command, prompt, to, handset, position, by }, context) =>
    [
      translated(command),
      prompt == null ? '' : promptList([prompt], context),
      to === undefined ? '' : party(to),
      plain(handset),
      plain(position),
      authorOf(by),
    ]
      .filter((part) => part !== '')
      .join(' · '),
  listening: ({ handset }) => titleOfHandset(plain(handset)),
  whispering: ({ handset }) => titleOfHandset(plain(handset)),
  barging: ({ handset }) => titleOfHandset(plain(handset)),
  listening_over: ({ handset }) => titleOfHandset(plain(handset)),
  transfer_code: ({ kind, handset }) => joined(titleOfHandset(plain(handset)), translated(`${plain(kind)}_transfer`)),
  transfer_key: ({ handset }) => titleOfHandset(plain(handset)),
  transfer_refused: ({ reason }) => translated(reason),
  transfer_over: ({ why }) => translated(`transfer_over_${plain(why)}`),
  consulting: ({ with: other }) => party(other),
  conference: ({ with: other }) => party(other),
  party_left: ({ talking }) => (Array.isArray(talking) ? joined(...talking.map(party)) : ''),
  parked: ({ place, by: author }) => joined(plain(place), titleOfHandset(plain(author))),
  not_parked: ({ by: author }) => titleOfHandset(plain(author)),
  picked_up: ({ handset }) => titleOfHandset(plain(handset)),
  operator_returned: ({ handset }) => titleOfHandset(plain(handset)),
  transferred: ({ to, by: author }) => joined(target(to), titleOfHandset(plain(author))),
  dial: ({ to }) => party(to),
  answerer: ({ is }) => translated(is),
  order_found: ({ order, status }) => [plain(order), plain(status)].filter((part) => part !== '').join(' · '),
  no_order: ({ why }) => translated(why),
  not_connected: ({ reason }) => plain(reason),
  talking: ({ with: other }) => party(other),
  leg_over: ({ to, cause, reason }) => `${party(to)} · ${translated(cause)}${reasonSuffix(reason)}`,
  unanswered: ({ result }) => translated(result),
  queued: ({ queue, label }) => joined(queueOf(queue), label),
  queue_joined: ({ queue, position, waiting }) =>
    joined(queueOf(queue), texts.position(plain(position), plain(waiting))),
  queue_ringing: ({ handset }) => titleOfHandset(plain(handset)),
  queue_answered: ({ handset }) => titleOfHandset(plain(handset)),
  recording_started: () => '',
  recording_finished: ({ duration_ms }) => `${seconds(duration_ms)} ${texts.seconds}`,
  recording_failed: ({ reason }) => plain(reason),
  not_recorded: ({ prompts, reason }, context) => `${promptList(prompts, context)}${reasonSuffix(reason)}`,
  recording_stored: ({ duration_ms, talk_ms }) => {
    const ofTalk = Number(talk_ms ?? 0) - Number(duration_ms) > 1000 ? ` / ${seconds(talk_ms)}` : '';
    return `${seconds(duration_ms)}${ofTalk} ${texts.seconds}`;
  },
  recording_deleted: ({ by: author, why }) =>
    `${plain(author)}${reasonSuffix(why === undefined ? undefined : translated(why))}`,
  erased: () => '',
  queue_left: ({ queue, result, waited_ms }) =>
    joined(queueOf(queue), translated(result), formatDuration(Number(waited_ms ?? 0))),
  hang_up: ({ by: author, cause }, context) => `${endedBy(author, context)} · ${translated(cause)}`,
  ended: ({ by: author }, context) => endedBy(author, context),
  recovered: ({ after }) => translated(after),
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

/** The summary of an entry; its data where there is none. */
export function summaryOf(kind: string, data: Data, context: StoryContext): string {
  return summaries[kind]?.(data, context) ?? plain(data);
}

export function moodOf(kind: string, { outcome, state }: Data): string {
  if (BAD.has(kind) || state === 'failed' || outcome === 'failed' || outcome === 'refused') return 'bad';
  return GOOD.has(kind) ? 'good' : '';
}

function plain(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === undefined || value === null ? '' : JSON.stringify(value);
}

function translated(value: unknown): string {
  return translate(plain(value));
}

function endedBy(value: unknown, { direction }: StoryContext): string {
  return endedByText(plain(value), direction);
}

/** A number, or the handset of a call that the company makes. */
function callerOf(caller: string): string {
  if (caller === '') return texts.withheld;
  return session.handsets.some(({ name }) => name === caller) ? titleOfHandset(caller) : groupDigits(caller);
}

function queueOf(id: unknown): string {
  return texts.queueOf(queueName(Number(id)));
}

function promptList(value: unknown, { promptNames }: StoryContext): string {
  if (!Array.isArray(value)) return plain(value);
  return value.map((id: unknown) => `#${plain(id)} ${promptNames.get(Number(id)) ?? ''}`.trim()).join(', ');
}

function seconds(value: unknown): string {
  return typeof value === 'number' ? formatSeconds(value) : '?';
}

/** Why a request to the shop failed: the gateway writes a code before the details. */
export function shopReason(reason: unknown): string {
  const text = plain(reason);
  const word = `shop_${text.split(':')[0] ?? ''}`;
  const said = translate(word);
  return said === word ? text : said;
}

/** The login of a person, or the name of a token. */
export function authorOf(name: unknown): string {
  return plain(name).replace(/^@/, '');
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

/** Where a call is transferred: a party, a queue or a line. */
function target(value: unknown): string {
  if (typeof value !== 'object' || value === null) return party(value);
  if ('line' in value) return groupDigits(plain(value.line));
  return 'queue' in value ? queueOf(value.queue) : party(value);
}

/** A dialled party: `{handset}` or `{number}`. */
function party(value: unknown): string {
  if (typeof value !== 'object' || value === null) return plain(value);
  const { handset, number, ...others } = value as { handset?: unknown; number?: unknown };
  if (typeof handset === 'string') return titleOfHandset(handset);
  return typeof number === 'string' ? groupDigits(number) : Object.values(others).map(translated).join(' ');
}
