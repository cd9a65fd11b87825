import type { SpeechPiece, RecordedPiece, StatusSpeechSettings } from '../orders/speech-schema.js';
import type { Company } from './company.js';

export interface FixedText {
  text: string;
  language: string;
}

/** A piece of a template and its place in the document. */
interface PlacedPiece {
  pointer: string;
  language: string;
  piece: RecordedPiece;
}

/** All recorded pieces named by the company's own templates. */
export function* templatePieces(settings: StatusSpeechSettings): Generator<PlacedPiece> {
  for (const { pointer, language, piece } of allPieces(settings))
    for (const one of recordedOf(piece)) yield { pointer, language, piece: one };
}

/** The texts of the company's own templates without fields of an order: they are the same in every call. */
export function fixedTexts({ status_speech: settings }: Pick<Company, 'status_speech'>): FixedText[] {
  if (settings === undefined) return [];
  return [...allPieces(settings)].flatMap(({ language, piece }) =>
    textsOf(piece)
      .filter((text) => !/\{\w+\}/.test(text))
      .map((text) => ({ text, language })),
  );
}

function* allPieces({
  templates,
}: StatusSpeechSettings): Generator<{ pointer: string; language: string; piece: SpeechPiece }> {
  for (const [name, byLanguage] of Object.entries(templates))
    for (const [language, said] of Object.entries(byLanguage)) {
      const pointer = `status_speech/templates/${name}/${language}`;
      const lists: Record<string, SpeechPiece[] | undefined> = Array.isArray(said) ? { '': said } : said;
      for (const [occasion, list] of Object.entries(lists))
        for (const [index, piece] of (list ?? []).entries())
          yield { pointer: [pointer, ...(occasion === '' ? [] : [occasion]), index].join('/'), language, piece };
    }
}

/** The prompts played by order speech, with the places that name them in the document. */
export function speechPrompts({ status_speech: settings }: Pick<Company, 'status_speech'>): {
  pointer: string;
  prompt: number;
}[] {
  if (settings === undefined) return [];
  const fragments = Object.entries(settings.fragments).map(([name, prompt]) => ({
    pointer: `status_speech/fragments/${name}`,
    prompt,
  }));
  const templates = [...templatePieces(settings)].flatMap(({ pointer, piece }) =>
    typeof piece === 'number' ? [{ pointer, prompt: piece }] : [],
  );
  return [...fragments, ...templates];
}

function recordedOf(piece: SpeechPiece): RecordedPiece[] {
  if (typeof piece !== 'object') return [piece];
  if ('choose' in piece) return piece.choose.flat().flatMap(recordedOf);
  return 'say' in piece ? [...piece.before, ...piece.after] : [];
}

function textsOf(piece: SpeechPiece): string[] {
  if (typeof piece !== 'object') return [];
  if ('choose' in piece) return piece.choose.flat().flatMap(textsOf);
  return 'text' in piece ? [piece.text] : [];
}
