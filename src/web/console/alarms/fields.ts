import { supportedLanguages } from '../../../lib/language.js';
import type { FieldSpec } from '../config/field-spec.js';

/** Somebody who receives alarms: by mail, or by an HTTP request. */
export const alarmReceiverFields: readonly FieldSpec[] = [
  { path: 'name', kind: 'text', maxLength: 40 },
  { path: 'mail', kind: 'lines' },
  { path: 'language', kind: 'choice', of: supportedLanguages },
  { path: 'http', kind: 'switch', initial: { url: '' } },
  { path: 'http.url', kind: 'text', maxLength: 2000 },
  { path: 'http.method', kind: 'select', options: ['POST', 'GET'], fallback: 'POST' },
  { path: 'http.body', kind: 'text', maxLength: 10_000 },
  {
    path: 'http.content_type',
    kind: 'select',
    options: ['application/json', 'application/x-www-form-urlencoded', 'text/plain'],
    fallback: 'application/json',
  },
  { path: 'http.secret', kind: 'text' },
  { path: 'http.bearer', kind: 'text' },
];

const span = (path: string, fallback: string): FieldSpec => ({ path, kind: 'duration', fallback });
const count = (path: string, fallback: number, max = 100_000): FieldSpec => ({
  path,
  kind: 'number',
  min: 1,
  max,
  fallback,
});

/** The settings of one rule: whether it is on, how long its condition lasts, and its thresholds. */
const rule = (name: string, after: string, ...thresholds: FieldSpec[]): FieldSpec[] =>
  [{ path: 'on', kind: 'check', fallback: true } as const, span('after', after), ...thresholds].map((field) => ({
    ...field,
    path: `alarms.${name}.${field.path}`,
  }));

/** The settings of alarms. */
export const alarmFields: readonly FieldSpec[] = [
  { path: 'alarms.receivers', kind: 'own', inside: alarmReceiverFields },
  span('alarms.resolve_after', '2m'),
  ...rule('trunk_down', '1m'),
  ...rule('queue_unstaffed', '30s'),
  ...rule('queue_waiting', '0s', span('longer_than', '5m')),
  ...rule('shop_failing', '1m'),
  ...rule('deliveries_late', '0s', span('longer_than', '15m')),
  ...rule('disk_low', '1m', count('below_percent', 10, 99)),
  ...rule('backup_old', '0s', count('older_than_hours', 36)),
  ...rule('dial_limit', '0s', count('at_percent', 80, 100)),
  ...rule('password_guessing', '0s', count('attempts', 20), span('within', '10m')),
  ...rule('address_banned', '0s', count('addresses', 1), span('within', '1h')),
  ...rule('certificate', '2m', count('expires_within_days', 14, 365)),
  ...rule('gateway_degraded', '2m'),
  ...rule('calls_refused', '0s', count('calls', 5), span('within', '15m')),
];
