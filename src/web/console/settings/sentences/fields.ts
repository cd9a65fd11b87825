import { ANY_NAME, type FieldSpec } from '../../config/field-spec.js';

/** What a template can say of an order; other names are `vars` of the request. */
export const DETAILS = ['mark', 'model', 'colour', 'plate', 'minutes'] as const;

const simple: readonly FieldSpec[] = [
  { path: 'say', kind: 'own' },
  { path: 'before', kind: 'own' },
  { path: 'after', kind: 'own' },
  { path: 'case', kind: 'select', options: ['accusative', 'nominative'], fallback: 'accusative' },
  { path: 'text', kind: 'text', maxLength: 300 },
];

const pieces: readonly FieldSpec[] = [...simple, { path: 'choose', kind: 'own', inside: simple }];

/** The sentences by status and language: the same for both occasions, or each of them. */
export const sentenceFields: readonly FieldSpec[] = [
  {
    path: `${ANY_NAME}.${ANY_NAME}`,
    kind: 'own',
    inside: [
      ...pieces,
      { path: 'notification', kind: 'own', inside: pieces },
      { path: 'inquiry', kind: 'own', inside: pieces },
    ],
  },
];
