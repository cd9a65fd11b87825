import { z } from 'zod';
import { languageCode } from '../lib/language-code.js';
import { orderStatuses } from './status.js';

/** What the company changes of how the status of an order is spoken: see docs/status-speech.md. */

const promptId = z.number().int().positive();
/** `new` is the recording `status/new`; `digits/5` is one of those that queues count with. */
const fragmentName = z
  .string()
  .max(64)
  .regex(/^[\p{Ll}\p{N}]+([-/][\p{Ll}\p{N}]+)*$/u, 'the name of a fragment, such as closing or mark-skoda');

/** A recorded piece: a fragment by its name, or a prompt by its id. */
const recordedPiece = z.union([fragmentName, promptId]);

/** Words that an order has: said if they are known, together with what stands around them. */
const spokenDetail = z.strictObject({
  /** `mark`, `model`, `colour`, `plate`, `minutes`, or a name of `vars`. */
  say: z
    .string()
    .max(64)
    .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'mark, model, colour, plate, minutes, or a name in vars'),
  before: z.array(recordedPiece).max(5).default([]),
  after: z.array(recordedPiece).max(5).default([]),
  /** Of counted minutes: "is one minute", or "in one minute". */
  case: z.enum(['nominative', 'accusative']).default('accusative'),
});

/** Goes to text to speech. `{name}` stands for words as in `say`; when one of them is unknown, the text is not said. */
const spokenText = z.strictObject({ text: z.string().min(1).max(300) });

const simplePiece = z.union([recordedPiece, spokenDetail, spokenText]);

/** The first of these lists in which all is known. */
const choice = z.strictObject({ choose: z.array(z.array(simplePiece).max(20)).min(1).max(10) });

const piece = z.union([simplePiece, choice]);
const template = z.array(piece).min(1).max(50);
const occasions = z.strictObject({ notification: template.optional(), inquiry: template.optional() });

/** A name of the company's own, a status, or `unknown` for all statuses that we do not know. */
const templateName = z.string().regex(/^[a-z][a-z0-9_]{0,63}$/, 'lower-case letters, digits and underscores');

export const statusSpeechSchema = z.strictObject({
  /** Statuses that nobody is told. */
  silent: z.array(z.enum(orderStatuses)).default([]),
  /** A status that we do not know: says that there is news, or nothing. */
  unknown: z.enum(['generic', 'silent']).default('generic'),
  /** Template -> language -> what is said: on both occasions, or for each. */
  templates: z.record(templateName, z.record(languageCode, z.union([template, occasions]))).default({}),
  /** Prompts of the company in place of fragments, or for those that there are none of: `mark-zaz: 40`. */
  fragments: z.record(fragmentName, promptId).default({}),
});

export type StatusSpeechSettings = z.output<typeof statusSpeechSchema>;
export type RecordedPiece = z.output<typeof recordedPiece>;
export type SimplePiece = z.output<typeof simplePiece>;
export type Piece = z.output<typeof piece>;
export type Template = z.output<typeof template>;
export type Occasions = z.output<typeof occasions>;
