import type { FieldSpec } from '../config/field-spec.js';

/** A line of the company's document. Its plan has pages of its own. */
export interface LineItem {
  number: string;
  name?: string;
  plan: unknown[];
}

const number: FieldSpec = { path: 'number', kind: 'text', type: 'tel', maxLength: 25 };

/** The groups of the form. */
export const lineGroups = {
  basics: [
    { path: 'name', kind: 'text', maxLength: 80 },
    { path: 'languages', kind: 'choices', of: 'language' },
    { path: 'time_zone', kind: 'choice', of: 'timeZone' },
    { path: 'reject_prompt', kind: 'choice', of: 'prompt' },
  ],
  limits: [{ path: 'max_calls', kind: 'number', min: 1, max: 10_000 }],
  outgoing: [
    { path: 'caller_id', kind: 'text', type: 'tel', maxLength: 25 },
    { path: 'trunk', kind: 'text', maxLength: 40, suggests: 'trunk' },
  ],
  dispatch: [
    { path: 'branch', kind: 'text', maxLength: 80 },
    { path: 'tariff', kind: 'text', maxLength: 80 },
    { path: 'queue', kind: 'choice', of: 'queue' },
    { path: 'call_back', kind: 'own' },
  ],
} as const satisfies Record<string, readonly FieldSpec[]>;

export type LineGroup = keyof typeof lineGroups;
export const newLineNumber = number;
export const lineFields: readonly FieldSpec[] = [number, ...Object.values(lineGroups).flat()];

/** A number without spaces and other separators, as the key of a line. */
export function withPlainNumber(line: LineItem): LineItem {
  return { ...line, number: line.number.replace(/[\s()./-]/g, '').replace(/^00/, '+') };
}
