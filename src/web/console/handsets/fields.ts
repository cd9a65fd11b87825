import type { FieldSpec } from '../config/field-spec.js';

/** A handset of the company's document. */
export interface HandsetItem {
  name: string;
  display_name?: string;
  language?: string;
  max_contacts?: number;
  webrtc?: boolean;
  encryption?: string;
  digest?: string;
  /** A telephone of the company's own Asterisk. */
  endpoint?: string;
}

const name: FieldSpec = { path: 'name', kind: 'text', maxLength: 40 };

const settings: readonly [FieldSpec, ...FieldSpec[]] = [
  { path: 'display_name', kind: 'text', maxLength: 80 },
  { path: 'extension', kind: 'text', maxLength: 6 },
  { path: 'webrtc', kind: 'check' },
  { path: 'encryption', kind: 'select', options: ['off', 'wanted', 'required'], fallback: 'off' },
  { path: 'digest', kind: 'select', options: ['md5', 'both', 'sha-256'], fallback: 'md5' },
  { path: 'max_contacts', kind: 'number', min: 1, max: 10, fallback: 1 },
  { path: 'dial_limits.max_per_day', kind: 'number', min: 0, max: 100_000 },
  { path: 'dial_limits.max_concurrent', kind: 'number', min: 0, max: 1000 },
  { path: 'dial_limits.countries', kind: 'choices', of: 'country' },
  { path: 'dial_limits.premium_rate', kind: 'check', fallback: true },
  { path: 'language', kind: 'choice', of: 'language' },
  { path: 'endpoint', kind: 'text', maxLength: 40 },
];

/** The fields of a handset. Its name is its key: only a new one has a choice. */
export function handsetFields(isNew: boolean): readonly FieldSpec[] {
  const [title, ...others] = settings;
  return isNew ? [title, name, ...others] : settings;
}
