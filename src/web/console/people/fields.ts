import type { FieldSpec } from '../config/field-spec.js';

/** A person of the company's document. */
export interface PersonItem {
  id: number;
  name: string;
  login: string;
  role?: string;
  handset?: string;
  mobile?: string;
}

/** The fields of a person. The page chooses the id of a new one. */
export const personFields: readonly FieldSpec[] = [
  { path: 'id', kind: 'own' },
  { path: 'name', kind: 'text', maxLength: 80 },
  { path: 'login', kind: 'text', maxLength: 80 },
  { path: 'role', kind: 'radio', options: ['operator', 'supervisor', 'admin'], fallback: 'operator' },
  { path: 'handset', kind: 'choice', of: 'handset' },
  { path: 'mobile', kind: 'text', type: 'tel' },
  { path: 'dial_limits.max_per_day', kind: 'number', min: 0, max: 100_000 },
  { path: 'dial_limits.max_concurrent', kind: 'number', min: 0, max: 1000 },
  { path: 'dial_limits.countries', kind: 'choices', of: 'country' },
  { path: 'dial_limits.premium_rate', kind: 'check', fallback: true },
];

/** The rights of operators and supervisors that a company can change, with what the roles may do without a change. */
export const RIGHTS = {
  numbers: { operator: true, supervisor: true },
  reject: { operator: true, supervisor: true },
  control: { operator: false, supervisor: true },
  listen: { operator: false, supervisor: true },
  recordings: { operator: false, supervisor: true },
  delete_recordings: { operator: false, supervisor: false },
  operators: { operator: false, supervisor: true },
} as const;

export type Right = keyof typeof RIGHTS;
export const changeableRoles = ['operator', 'supervisor'] as const;
