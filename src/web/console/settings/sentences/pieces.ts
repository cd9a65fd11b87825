import { supportedLanguages } from '../../../../lib/language.js';
import { orderStatuses } from '../../../../orders/status.js';
import type { Occasions, RecordedPiece } from '../../../../orders/speech-schema.js';
import { defaultTemplate } from '../../../../notifications/speech/templates.js';

/** Pieces as they are written in the document: settings that have their default are left out. */
export interface DetailPiece {
  say: string;
  before?: RecordedPiece[];
  after?: RecordedPiece[];
  case?: 'nominative' | 'accusative';
}
interface TextPiece {
  text: string;
}
export interface ChoicePiece {
  choose: SimplePiece[][];
}
export type SimplePiece = RecordedPiece | DetailPiece | TextPiece;
export type Piece = SimplePiece | ChoicePiece;
export type Occasion = keyof Occasions;
/** A sentence of one language: for both occasions, or for each. */
export type Sentence = Piece[] | Partial<Record<Occasion, Piece[]>>;
/** By the name of the template and the language. */
export type Templates = Record<string, Record<string, Sentence>>;

export const OCCASIONS: readonly Occasion[] = ['notification', 'inquiry'];

/** Names of templates that have a meaning; others are named by requests. */
export const STATUSES = [...orderStatuses, 'unknown'] as const;

export const PIECE_KINDS = ['recorded', 'prompt', 'detail', 'text', 'choose'] as const;
export type PieceKind = (typeof PIECE_KINDS)[number];

export function kindOf(piece: Piece): PieceKind {
  if (typeof piece === 'string') return 'recorded';
  if (typeof piece === 'number') return 'prompt';
  if ('choose' in piece) return 'choose';
  return 'text' in piece ? 'text' : 'detail';
}

/** A piece that is not filled in yet. */
export function newPiece(kind: PieceKind): Piece {
  switch (kind) {
    case 'recorded':
      return '';
    case 'prompt':
      return 0;
    case 'detail':
      return { say: 'minutes' };
    case 'text':
      return { text: '' };
    case 'choose':
      return { choose: [[''], ['']] };
  }
}

/** The built-in sentence of a status, to begin with; one empty text where there is none. */
export function builtInSentence(name: string, language: string, occasion: Occasion): Piece[] {
  const hasRecordings = (supportedLanguages as readonly string[]).includes(language);
  const builtIn = hasRecordings ? defaultTemplate(name, occasion) : undefined;
  return builtIn === undefined ? [{ text: '' }] : builtIn.map(asWritten);
}

/** Leaves out what is the default. */
function asWritten(piece: NonNullable<ReturnType<typeof defaultTemplate>>[number]): Piece {
  if (typeof piece !== 'object' || 'text' in piece) return piece;
  if ('choose' in piece)
    return { choose: piece.choose.map((list) => list.map((each) => asWritten(each) as SimplePiece)) };
  const { say, before, after, case: grammaticalCase } = piece;
  const written: DetailPiece = { say };
  if (before.length > 0) written.before = before;
  if (after.length > 0) written.after = after;
  if (grammaticalCase !== 'accusative') written.case = grammaticalCase;
  return written;
}

/** The templates with another sentence; undefined removes it, and what is empty then. */
export function withSentence(
  templates: Templates,
  name: string,
  language: string,
  sentence: Sentence | undefined,
): Templates | undefined {
  const languages: Record<string, Sentence> = { ...templates[name] };
  if (sentence === undefined) Reflect.deleteProperty(languages, language);
  else languages[language] = sentence;
  const all: Templates = { ...templates, [name]: languages };
  if (Object.keys(languages).length === 0) Reflect.deleteProperty(all, name);
  return Object.keys(all).length === 0 ? undefined : all;
}

/** Every `{name}` and detail of the pieces that the order itself does not have. */
export function otherNames(pieces: readonly Piece[]): string[] {
  const known = new Set<string>(['mark', 'model', 'colour', 'plate', 'minutes']);
  const names = pieces.flatMap((piece): string[] => {
    if (typeof piece !== 'object') return [];
    if ('choose' in piece) return piece.choose.flatMap(otherNames);
    return 'text' in piece ? [...piece.text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name) : [piece.say];
  });
  return [...new Set(names)].filter((name) => name !== '' && !known.has(name));
}
