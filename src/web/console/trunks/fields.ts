import type { FieldSpec } from '../config/field-spec.js';

/** A trunk of the company's document. */
export interface TrunkItem {
  name: string;
  title?: string;
  way: 'registration' | 'address';
  server?: string;
}

const title: FieldSpec = { path: 'title', kind: 'text', maxLength: 80 };
const name: FieldSpec = { path: 'name', kind: 'text', maxLength: 40 };
/** Both ways need a choice; none is usual. */
const way: FieldSpec = { path: 'way', kind: 'radio', options: ['registration', 'address'], fallback: '' };
const server: FieldSpec = { path: 'server', kind: 'text', maxLength: 260 };
const user: FieldSpec = { path: 'user', kind: 'text', maxLength: 64 };
const addresses: FieldSpec = { path: 'addresses', kind: 'lines' };
const prefix = { kind: 'text', type: 'tel', maxLength: 16 } as const;

/** The groups of the form. */
export const trunkGroups = {
  connection: [title, { path: 'enabled', kind: 'check', fallback: true }, way, server, user, addresses],
  outgoing: [
    { path: 'order', kind: 'number', min: 1, max: 1000, fallback: 1 },
    { path: 'lines', kind: 'choices', of: 'line' },
    { path: 'prefixes', kind: 'lines' },
    { path: 'caller_id.shows', kind: 'select', options: ['line', 'fixed', 'allowed'], fallback: 'line' },
    { path: 'caller_id.number', kind: 'text', type: 'tel', maxLength: 25 },
    { path: 'caller_id.allowed', kind: 'lines' },
  ],
  numbers: [
    { path: 'country', kind: 'choice', of: 'country' },
    { path: 'numbers_out.format', kind: 'select', options: ['digits', 'plus', '00', 'national'], fallback: 'digits' },
    { path: 'numbers_out.strip', ...prefix },
    { path: 'numbers_out.add', ...prefix },
    { path: 'numbers_in.format', kind: 'select', options: ['any', 'digits', '00', 'national'], fallback: 'any' },
    { path: 'numbers_in.strip', ...prefix },
    { path: 'numbers_in.add', ...prefix },
  ],
  details: [
    { path: 'max_channels', kind: 'number', min: 1, max: 10_000 },
    { path: 'transport', kind: 'select', options: ['udp', 'tcp', 'tls'], fallback: 'udp' },
    { path: 'encryption', kind: 'select', options: ['none', 'sdes'], fallback: 'none' },
    { path: 'codecs', kind: 'choices', of: ['alaw', 'ulaw', 'g722', 'opus'] },
    { path: 'domain', kind: 'text', maxLength: 255 },
    { path: 'account_number', kind: 'text', type: 'tel', maxLength: 25 },
    { path: 'checks', kind: 'check', fallback: true },
  ],
} as const satisfies Record<string, readonly FieldSpec[]>;

export type TrunkGroup = keyof typeof trunkGroups;
export const trunkFields: readonly FieldSpec[] = [name, ...Object.values(trunkGroups).flat()];

/** What a new trunk needs. Its name is its key, which stays. */
export function newTrunkFields(chosen: TrunkItem['way']): readonly FieldSpec[] {
  return [title, name, way, server, chosen === 'registration' ? user : addresses];
}
