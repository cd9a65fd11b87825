import type { FieldSpec } from '../config/field-spec.js';

/** The settings of a receiver of events. */
export const receiverFields = [
  { path: 'name', kind: 'text', maxLength: 40 },
  { path: 'url', kind: 'text', type: 'url' },
  { path: 'events', kind: 'own' },
] as const satisfies readonly FieldSpec[];

export const securityFields = [
  { path: 'secret', kind: 'text' },
  { path: 'basic_auth', kind: 'text' },
  { path: 'bearer', kind: 'text' },
] as const satisfies readonly FieldSpec[];

export const contractFields = [
  { path: 'profile', kind: 'choice', of: 'profile', fallback: 'telfa' },
  { path: 'routes_calls', kind: 'check' },
] as const satisfies readonly FieldSpec[];
