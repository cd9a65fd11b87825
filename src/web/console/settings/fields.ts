import { orderStatuses } from '../../../orders/status.js';
import { ANY_NAME, specsAt, type FieldSpec } from '../config/field-spec.js';
import { sentenceFields } from './sentences/fields.js';

const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0', '*', '#'] as const;
const times = ['s', 'm', 'h', 'd'] as const;
const prompt = (path: string): FieldSpec => ({ path, kind: 'choice', of: 'prompt' });
const days = (path: string, fallback: number): FieldSpec => ({
  path,
  kind: 'number',
  min: 1,
  max: 36_500,
  unit: 'days',
  fallback,
});

/** A group of callers who are served before others. */
export const priorityFields: readonly FieldSpec[] = [
  { path: 'name', kind: 'text' },
  { path: 'priority', kind: 'number', min: 1, max: 100 },
  { path: 'numbers', kind: 'lines' },
];

/** Somebody whom operators call. */
export const contactFields: readonly FieldSpec[] = [
  { path: 'name', kind: 'text' },
  { path: 'number', kind: 'text', type: 'tel' },
  { path: 'note', kind: 'text' },
];

/** The menu for orders of one status. */
export const menuFields: readonly FieldSpec[] = [
  { path: 'prompt', kind: 'choices', of: 'prompt', isNumber: true },
  { path: 'timeout', kind: 'duration', fallback: '5s' },
  { path: 'retries', kind: 'number', min: 0, max: 10, fallback: 1 },
  // The steps of a call plan for each key.
  { path: `keys.${ANY_NAME}`, kind: 'own' },
];

/** The settings outside of the other sections, in the groups of the page. */
export const settingGroups = {
  company: [
    { path: 'country', kind: 'choice', of: 'country' },
    { path: 'time_zone', kind: 'choice', of: 'timeZone' },
    { path: 'languages', kind: 'choices', of: 'language' },
    prompt('reject_prompt'),
    { path: 'priority_callers', kind: 'own', inside: priorityFields },
  ],
  outgoing: [
    { path: 'dial_policy.countries', kind: 'choices', of: 'country' },
    { path: 'dial_policy.allow', kind: 'lines' },
    { path: 'dial_policy.deny', kind: 'lines' },
    { path: 'dial_policy.max_concurrent', kind: 'number', min: 0 },
    { path: 'dial_policy.max_per_day', kind: 'number', min: 0 },
  ],
  work: [
    { path: 'pause_reasons', kind: 'lines' },
    { path: 'feature_codes.log_in', kind: 'text', fallback: '*45' },
    { path: 'feature_codes.pause', kind: 'text', fallback: '*46' },
    { path: 'feature_codes.blind_transfer', kind: 'text', fallback: '*1' },
    { path: 'feature_codes.attended_transfer', kind: 'text', fallback: '*2' },
    { path: 'feature_codes.park', kind: 'text', fallback: '*3' },
    { path: 'feature_codes.pick_up', kind: 'text', fallback: '*7' },
    { path: 'feature_codes.messages', kind: 'text', fallback: '*97' },
    { path: 'parking.places', kind: 'number', min: 1, max: 99, fallback: 9 },
    { path: 'parking.ring_back', kind: 'duration', fallback: '90s' },
    { path: 'parking.queue', kind: 'choice', of: 'queue' },
    { path: 'contacts', kind: 'own', inside: contactFields },
  ],
  privacy: [
    days('keep_days.recordings', 30),
    days('keep_days.calls', 365),
    days('keep_days.webhooks', 30),
    days('keep_days.dead_webhooks', 90),
    days('keep_days.orders', 30),
    days('keep_days.recorded_requests', 30),
    days('keep_days.audit', 365),
    days('keep_days.unused_audio', 7),
  ],
  browser: [
    { path: 'browser_phones.origins', kind: 'lines' },
    { path: 'browser_phones.max_connections', kind: 'number', min: 0, max: 10_000, fallback: 200 },
    { path: 'browser_phones.max_connections_per_address', kind: 'number', min: 1, max: 10_000, fallback: 100 },
  ],
  bans: [
    { path: 'bans.automatic', kind: 'check', fallback: true },
    { path: 'bans.failures', kind: 'number', min: 5, max: 1000, fallback: 30 },
    { path: 'bans.within', kind: 'duration', fallback: '10m' },
    { path: 'bans.first_minutes', kind: 'number', min: 1, max: 1440, fallback: 10 },
    { path: 'bans.longest_hours', kind: 'number', min: 1, max: 8760, fallback: 168 },
    { path: 'bans.allow', kind: 'lines' },
  ],
  notifications: [
    { path: 'notifications.max_concurrent', kind: 'number', min: 1, max: 1000, fallback: 5 },
    { path: 'notifications.per_minute', kind: 'number', min: 1, max: 6000, fallback: 30 },
    { path: 'notifications.ring_timeout', kind: 'duration', fallback: '30s' },
    { path: 'notifications.expires_after', kind: 'duration', units: times, fallback: '1h' },
    { path: 'notifications.window', kind: 'switch', initial: { from: '08:00', to: '20:00' } },
    { path: 'notifications.window.from', kind: 'text', type: 'time' },
    { path: 'notifications.window.to', kind: 'text', type: 'time' },
    { path: 'notifications.window.time_zone', kind: 'choice', of: 'timeZone' },
    { path: 'notifications.window.policy', kind: 'select', options: ['defer', 'drop'], fallback: 'defer' },
    { path: 'notifications.retry.max_attempts', kind: 'number', min: 1, max: 20, fallback: 3 },
    { path: 'notifications.retry.interval', kind: 'duration', units: times, fallback: '60s' },
    { path: 'notifications.retry.backoff', kind: 'number', min: 1, max: 10, step: 'any', fallback: 2 },
    {
      path: 'notifications.retry.on',
      kind: 'choices',
      of: [],
      options: ['busy', 'no_answer', 'failed', 'unknown'],
    },
    { path: 'notifications.answering_machine', kind: 'radio', options: ['off', 'hang_up', 'speak'], fallback: 'off' },
    {
      path: 'notifications.options',
      kind: 'own',
      inside: [
        { path: 'digit', kind: 'own' },
        { path: 'action', kind: 'own' },
      ],
    },
    { path: 'notifications.input.timeout', kind: 'duration', fallback: '5s' },
    { path: 'notifications.input.tries', kind: 'number', min: 1, max: 10, fallback: 3 },
    { path: 'notifications.operator_queue', kind: 'choice', of: 'queue' },
    prompt('notifications.offers.connect_driver'),
    prompt('notifications.offers.connect_operator'),
    prompt('notifications.offers.cancel_order'),
    prompt('notifications.offers.repeat'),
    prompt('notifications.offers.webhook'),
    prompt('notifications.confirmations.cancel_order'),
    prompt('notifications.confirmations.webhook'),
    { path: 'notifications.do_not_call', kind: 'lines' },
    {
      path: 'notifications.trunks',
      kind: 'rows',
      suggests: 'trunk',
      fields: [
        { path: 'max_concurrent', kind: 'number', min: 1, max: 1000 },
        { path: 'per_minute', kind: 'number', min: 1, max: 6000 },
      ],
    },
  ],
  bridges: [
    { path: 'bridges.ring_timeout', kind: 'duration', fallback: '30s' },
    { path: 'bridges.max_duration', kind: 'duration', fallback: '30m' },
    { path: 'bridges.warning', kind: 'duration', fallback: '30s' },
    prompt('bridges.prompts.busy'),
    prompt('bridges.prompts.no_answer'),
    prompt('bridges.prompts.rejected'),
    prompt('bridges.prompts.unreachable'),
    prompt('bridges.prompts.confirm'),
    prompt('bridges.prompts.ending'),
    prompt('bridges.prompts.announce'),
  ],
  speech: [
    { path: 'status_speech', kind: 'switch', initial: {} },
    { path: 'status_speech.silent', kind: 'choices', of: [], options: orderStatuses },
    { path: 'status_speech.unknown', kind: 'select', options: ['generic', 'silent'], fallback: 'generic' },
    { path: 'status_speech.fragments', kind: 'table', of: 'prompt' },
    { path: 'status_speech.templates', kind: 'own', inside: sentenceFields },
  ],
  orders: [
    { path: 'orders', kind: 'switch', initial: {} },
    { path: 'orders.lookup', kind: 'switch', initial: { url: '' } },
    { path: 'orders.lookup.url', kind: 'text', type: 'url' },
    { path: 'orders.lookup.method', kind: 'select', options: ['GET', 'POST'], fallback: 'GET' },
    { path: 'orders.lookup.timeout', kind: 'duration', units: ['ms', 's'], fallback: '1500ms' },
    { path: 'orders.lookup.list', kind: 'text', maxLength: 100 },
    { path: 'orders.lookup.headers', kind: 'table', of: 'text' },
    { path: 'orders.lookup.secret', kind: 'text' },
    { path: 'orders.lookup.basic_auth', kind: 'text' },
    { path: 'orders.lookup.bearer', kind: 'text' },
    { path: 'orders.choose_prompts', kind: 'choices', of: 'prompt', isNumber: true },
    { path: 'orders.menus', kind: 'own', inside: specsAt(menuFields, ANY_NAME) },
  ],
  lookup: [
    { path: 'lookup', kind: 'switch', initial: { url: '' } },
    { path: 'lookup.url', kind: 'text', type: 'url' },
    { path: 'lookup.method', kind: 'select', options: ['GET', 'POST'], fallback: 'POST' },
    { path: 'lookup.timeout', kind: 'duration', units: ['ms', 's'], fallback: '1500ms' },
    { path: 'lookup.keep', kind: 'duration', fallback: '5m' },
    { path: 'lookup.secret', kind: 'text' },
    { path: 'lookup.basic_auth', kind: 'text' },
    { path: 'order_page', kind: 'text', maxLength: 500 },
  ],
  gootax: [
    { path: 'gootax', kind: 'switch', initial: { domain: '' } },
    { path: 'gootax.domain', kind: 'text' },
    { path: 'gootax.pop.on', kind: 'select', options: ['ring', 'answer', 'off'], fallback: 'ring' },
    { path: 'gootax.pop.url', kind: 'text', type: 'url', maxLength: 500 },
    {
      path: 'gootax.pop.numbers',
      kind: 'select',
      options: ['digits', 'e164', '00', 'national'],
      fallback: 'digits',
    },
  ],
  runtel: [
    { path: 'runtel', kind: 'switch', initial: {} },
    { path: 'runtel.numbers', kind: 'select', options: ['national', '00', 'e164'], fallback: 'e164' },
    {
      path: 'runtel.paths',
      kind: 'table',
      of: ['call_log', 'one_call', 'call', 'recording', 'user_states'],
    },
    { path: 'runtel.rename', kind: 'table', of: 'text' },
    { path: 'runtel.extensions', kind: 'table', of: 'handset' },
    { path: 'runtel.page_size', kind: 'number', min: 1, max: 200, fallback: 50 },
  ],
} as const satisfies Record<string, readonly FieldSpec[]>;

export type SettingGroup = keyof typeof settingGroups;

/** Keys that a notification can offer, and what they do. */
export const NOTIFICATION_KEYS = keys;
export const DIGIT_ACTIONS = ['connect_driver', 'connect_operator', 'cancel_order', 'repeat', 'webhook'] as const;

/** A host that results may be sent to. */
export const callbackFields: readonly FieldSpec[] = [
  { path: 'name', kind: 'text', maxLength: 40 },
  { path: 'url', kind: 'text', type: 'url' },
  { path: 'secret', kind: 'text' },
  { path: 'basic_auth', kind: 'text' },
];
