import { z } from 'zod';
import { languageCode } from '../lib/language-code.js';
import { orderStatuses } from './status.js';

/** The company's changes to spoken statuses: see docs/status-speech.md. */

const promptId = z.number().int().positive();
/** `new` is the recording `status/new`; `digits/5` is one of the recordings that queues count with. */
const fragmentName = z
  .string()
  .max(64)
  .regex(/^[\p{Ll}\p{N}]+([-/][\p{Ll}\p{N}]+)*$/u, 'the name of a fragment, such as closing or mark-skoda');

/** A recording: a fragment by name, or a prompt by id. */
const recordedPiece = z.union([fragmentName, promptId]);

/** Words of an order, spoken with their surroundings only when all of them are known. */
const spokenDetail = z.strictObject({
  /** `mark`, `model`, `colour`, `plate`, `minutes`, or a name of `vars`. */
  say: z
    .string()
    .max(64)
    .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'mark, model, colour, plate, minutes, or a name in vars'),
  before: z.array(recordedPiece).max(5).default([]),
  after: z.array(recordedPiece).max(5).default([]),
  /** Grammatical case of counted minutes: "is one minute", or "in one minute". */
  case: z.enum(['nominative', 'accusative']).default('accusative'),
});

/** Spoken by text to speech. `{name}` is replaced as in `say`; a text with an unknown name is skipped. */
const spokenText = z.strictObject({ text: z.string().min(1).max(300) });

const simplePiece = z.union([recordedPiece, spokenDetail, spokenText]);

/** The first list in which every word is known. */
const choice = z.strictObject({ choose: z.array(z.array(simplePiece).max(20)).min(1).max(10) });

const piece = z.union([simplePiece, choice]);
/** The pieces of an announcement in their order. */
export const speechTemplate = z.array(piece).min(1).max(50);
const occasions = z.strictObject({ notification: speechTemplate.optional(), inquiry: speechTemplate.optional() });

/** A template name of the company, a status, or `unknown` for all unknown statuses. */
const templateName = z.string().regex(/^[a-z][a-z0-9_]{0,63}$/, 'lower-case letters, digits and underscores');

export const statusSpeechSchema = z.strictObject({
  /** Statuses that are not announced. */
  silent: z.array(z.enum(orderStatuses)).default([]),
  /** Unknown statuses: a generic announcement, or none. */
  unknown: z.enum(['generic', 'silent']).default('generic'),
  /** Template to language to pieces, either for both occasions or for each. */
  templates: z.record(templateName, z.record(languageCode, z.union([speechTemplate, occasions]))).default({}),
  /** Prompts of the company that replace or add fragments: `mark-zaz: 40`. */
  fragments: z.record(fragmentName, promptId).default({}),
});

export type StatusSpeechSettings = z.output<typeof statusSpeechSchema>;
export type RecordedPiece = z.output<typeof recordedPiece>;
export type SimplePiece = z.output<typeof simplePiece>;
export type SpeechPiece = z.output<typeof piece>;
export type Template = z.output<typeof speechTemplate>;
export type Occasions = z.output<typeof occasions>;
