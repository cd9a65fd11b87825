import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { StatusComposer, type ComposerOptions } from '../../src/notifications/speech/composer.js';
import { statusSpeechSchema } from '../../src/orders/speech-schema.js';
import { fragmentId } from '../../src/prompts/fragments.js';

const sounds = join(import.meta.dirname, '../../sounds/texts.yaml');
const texts = z
  .record(z.string(), z.record(z.string(), z.string()))
  .parse(parse(readFileSync(sounds, 'utf8').replaceAll('+', '')));

/** The text of fragments. */
export function wordsOf(fragments: readonly string[], language: string): string {
  return fragments.map((name) => texts[name]?.[language] ?? `?${name}?`).join(' ');
}

export const allFragments = Object.entries(texts).flatMap(([name, byLanguage]) =>
  /^(status|digits)\//.test(name) ? Object.keys(byLanguage).map((language) => ({ language, name })) : [],
);

const ids = new Map(allFragments.map(({ language, name }) => [fragmentId(language, name), { language, name }]));

/** First prompt id of free text; ids are given in the order of speaking. */
export const FIRST_FREE = 1_000_000_001;

export interface SpeechHarness {
  composer: StatusComposer;
  /** Free texts that were spoken, with their language: `cs Octavia`. */
  spoken: string[];
  left: string[];
}

/** A composer with all recordings of the product. */
export function createSpeechHarness(
  options: {
    settings?: z.input<typeof statusSpeechSchema>;
    speak?: ComposerOptions['speak'];
    speakWithinMs?: number;
  } = {},
): SpeechHarness {
  const [spoken, left]: [string[], string[]] = [[], []];
  const composer = new StatusComposer({
    recordings: {
      find: (language, name) => (texts[name]?.[language] === undefined ? undefined : fragmentId(language, name)),
      textOf: (language, name) => texts[name]?.[language],
    },
    settings: () => statusSpeechSchema.parse(options.settings ?? {}),
    speak: options.speak ?? ((text, language) => Promise.resolve(FIRST_FREE - 1 + spoken.push(`${language} ${text}`))),
    speakWithinMs: options.speakWithinMs ?? 5_000,
    onLeftOut: (why) => left.push(why),
  });
  return { composer, spoken, left };
}

/** Prompt ids as names of fragments; other ids stay as they are. */
export function names(prompts: readonly number[]): (string | number)[] {
  return prompts.map((id) => ids.get(id)?.name.replace('status/', '') ?? id);
}
