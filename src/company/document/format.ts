import { stringify } from 'yaml';
import { bridgesSchema } from '../../masked-bridges/schema.js';
import { browserPhonesDocument } from '../../webphone/schema.js';
import { featureCodesSchema, keepDaysSchema, queueSchema, type Queue } from '../../directory/schema.js';
import { gootaxDocument } from '../../integrations/gootax/schema.js';
import { notificationsSchema } from '../../notifications/schema.js';
import { lookupSchema, type Lookup } from '../../webhooks/lookup-schema.js';
import type { Company } from '../company.js';
import type { OrdersSettings } from '../orders-schema.js';
import { QUEUE_OUTCOMES as OUTCOMES } from '../queue-outcomes.js';
import { actionName, type Action } from '../plan-schema.js';
import { maskedDocument } from './masked.js';

/** The company as YAML; reading it gives an equal company, unless people's numbers are to be masked. */
export function formatCompany(company: Company, seesNumbers = true): string {
  const document = toDocument(company);
  return stringify(seesNumbers ? document : maskedDocument(document), {
    lineWidth: 0,
    aliasDuplicateObjects: false,
    singleQuote: true,
  });
}

/** The company in the words and the order of the document: what the schemas read. Empty sections are left out. */
export function toDocument(company: Company): Record<string, unknown> {
  return compact({
    version: company.version,
    country: company.country,
    time_zone: company.time_zone,
    languages: company.languages,
    dial_policy: company.dial_policy,
    reject_prompt: company.reject_prompt,
    keep_days: filled(without(company.keep_days, keepDaysSchema.parse({}))),
    prompts: filled(company.prompts.map(({ id, name, sound, audio }) => compact({ id, name, sound, audio }))),
    handsets: filled(
      company.handsets.map(({ name, display_name, language, max_contacts, webrtc }) =>
        compact({
          name,
          display_name: filled(display_name),
          language,
          max_contacts: max_contacts === 1 ? undefined : max_contacts,
          webrtc: webrtc || undefined,
        }),
      ),
    ),
    queues: filled(company.queues.map(queueOf)),
    music: filled(
      company.music.map(({ name, title, sound, audio }) =>
        compact({ name, title: filled(title), sound, audio: filled(audio) }),
      ),
    ),
    priority_callers: filled(company.priority_callers.map(compact)),
    operators: filled(
      company.operators.map(({ id, login, name, role, handset, mobile }) =>
        compact({ id, login, name, role: role === 'operator' ? undefined : role, handset, mobile }),
      ),
    ),
    roles: filled(compact(company.roles)),
    pause_reasons: filled(company.pause_reasons),
    feature_codes: filled(featureCodesOf(company)),
    parts: filled(
      Object.fromEntries(Object.entries(company.parts).map(([name, actions]) => [name, actions.map(step)])),
    ),
    lines: filled(
      company.lines.map(({ number, name, plan, ...line }) =>
        compact({ number, name: filled(name), ...line, plan: plan.map(step) }),
      ),
    ),
    webhooks: filled(
      company.webhooks.map(({ profile, ...hook }) =>
        compact({ ...hook, profile: profile === 'telfa' ? undefined : profile }),
      ),
    ),
    callbacks: filled(company.callbacks.map(compact)),
    bridges: filled(bridgesOf(company)),
    lookup: company.lookup && lookupOf(company.lookup),
    gootax: company.gootax && gootaxDocument(company.gootax),
    runtel: company.runtel && compact(company.runtel),
    browser_phones: filled(browserPhonesDocument(company.browser_phones)),
    notifications: filled(notificationsOf(company)),
    status_speech: company.status_speech,
    orders: company.orders && ordersOf(company.orders),
    profiles: filled(company.profiles),
  });
}

function lookupOf({ url, method, timeout, keep, secret, basic_auth }: Lookup): Record<string, unknown> {
  const { timeout: usualMs, keep: usuallyKeptMs } = lookupSchema.parse({ url });
  return compact({
    url,
    method: method === 'POST' ? undefined : method,
    timeout: timeout === usualMs ? undefined : duration(timeout),
    keep: keep === usuallyKeptMs ? undefined : duration(keep),
    secret,
    basic_auth,
  });
}

function bridgesOf({ bridges: { prompts, ...durations } }: Company): Record<string, unknown> {
  const said = without(durations, bridgesSchema.parse({}));
  return compact({ ...mapEntries(said, (_, ms) => duration(ms as number)), prompts: filled(compact(prompts)) });
}

/** Durations of a day and more are written in seconds. */
function notificationsOf({ notifications }: Company): Record<string, unknown> {
  const usual = new Map<string, unknown>(Object.entries(notificationsSchema.parse({})));
  const said = Object.entries(notifications).filter(
    ([word, value]) => JSON.stringify(value) !== JSON.stringify(usual.get(word)),
  );
  return compact(mapEntries(Object.fromEntries(said), inSeconds));
}

function inSeconds(word: string, value: unknown): unknown {
  if (NOTIFICATION_DURATIONS.has(word)) return (value as number) / 1000;
  return word === 'retry' || word === 'input' ? mapEntries(value as Record<string, unknown>, inSeconds) : value;
}

const NOTIFICATION_DURATIONS = new Set(['interval', 'expires_after', 'ring_timeout', 'timeout']);

function ordersOf({ lookup, choose_prompts, menus }: OrdersSettings): Record<string, unknown> {
  return compact({
    lookup: lookup && compact({ ...lookup, timeout: duration(lookup.timeout), headers: filled(lookup.headers) }),
    choose_prompts,
    menus: filled(
      mapEntries(menus, (_, { prompt, timeout, retries, keys }) =>
        compact({
          prompt,
          timeout: duration(timeout),
          retries,
          keys: filled(mapEntries(keys, (_key, actions) => actions.map(step))),
        }),
      ),
    ),
  });
}

function featureCodesOf({ feature_codes: codes }: Company): Record<string, string> {
  const defaults = featureCodesSchema.parse({});
  const words = Object.keys(defaults) as (keyof typeof defaults)[];
  return Object.fromEntries(words.filter((word) => codes[word] !== defaults[word]).map((word) => [word, codes[word]]));
}

/** What is as the schema's default is not written down. */
function queueOf(queue: Queue): Record<string, unknown> {
  const { id, name } = queue;
  const defaults: Record<string, unknown> = queueSchema.parse({ id, name });
  const settings = Object.entries(queue).filter(([word, value]) => value !== defaults[word]);
  const said = settings.map(([word, value]) => [word, queueSetting(word, value)]);
  const { handsets, ...rest } = Object.fromEntries(said) as Record<string, unknown>;
  return compact({ id, name, handsets: filled((handsets ?? []) as string[]), ...rest });
}

function queueSetting(word: string, value: unknown): unknown {
  if (QUEUE_DURATIONS.has(word) && typeof value === 'number') return duration(value);
  return QUEUE_GROUPS.has(word) ? compact(mapEntries(value as Record<string, unknown>, queueSetting)) : value;
}

const QUEUE_DURATIONS = new Set(['ring_timeout', 'retry', 'wrap_up', 'max_wait', 'every', 'first_after']);
/** Settings that hold settings. */
const QUEUE_GROUPS = new Set(['periodic', 'announce']);

/** Settings that are milliseconds in the company and durations such as `5s` in the document. */
const DURATIONS = new Set(['timeout', 'filler_after', 'max_duration']);
/** Settings that hold lists of actions. */
const LISTS = new Set([
  'no_input',
  'wrong_key',
  'on_failure',
  'open',
  'closed',
  'unanswered',
  'none',
  'found',
  ...OUTCOMES,
]);

function step(action: Action): unknown {
  if ('answer' in action) return 'answer';
  if ('play' in action) return { play: action.play.prompt };
  if ('go_to_part' in action) return action;
  if ('hang_up' in action) return action.hang_up.cause === 'normal' ? 'hang_up' : action;
  const [settings] = Object.values(action) as Record<string, unknown>[];
  return { [actionName(action)]: compact(mapEntries(settings ?? {}, setting)) };
}

function setting(name: string, value: unknown): unknown {
  if (value === undefined) return undefined;
  if (DURATIONS.has(name)) return duration(value as number);
  if (LISTS.has(name)) return (value as Action[]).map(step);
  if (name === 'keys') return mapEntries(value as Record<string, Action[]>, (_, actions) => actions.map(step));
  if (name === 'holidays' || name === 'exceptions') return filled(value as unknown[]);
  return value;
}

/** The settings that are not as they are by default. */
function without(settings: object, defaults: object): Record<string, unknown> {
  const usual = new Map<string, unknown>(Object.entries(defaults));
  return Object.fromEntries(Object.entries(settings).filter(([word, value]) => value !== usual.get(word)));
}

function duration(ms: number): string {
  return ms % 1000 === 0 ? `${ms / 1000}s` : `${ms}ms`;
}

/** `undefined` for what is empty, so that {@link compact} drops it: only where the schema's default is empty too. */
function filled<T extends object | string>(value: T): T | undefined {
  return (typeof value === 'string' ? value : Object.keys(value)).length === 0 ? undefined : value;
}

function compact(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
}

function mapEntries<T>(
  record: Record<string, T>,
  change: (name: string, value: T) => unknown,
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(name, value)]));
}
