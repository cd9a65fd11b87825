/** The two frequencies of each prompt in tests: the table shared by tone maker and recogniser. */

/** Resolution of the recogniser (Hz). */
const STEP_HZ = 50;
/** Two tones of one prompt are at least this far apart (Hz), so that coding products fall on neither. */
const MIN_DISTANCE_HZ = 250;
const HIGHEST_PROMPT = 200;

/** Languages that have tones, in the order of the table. */
export const toneLanguages = ['cs', 'ru', 'en'] as const;

/** Ranges free of DTMF (697-941 and 1209-1633 Hz), of ringback (400-500 Hz) and inside the telephone band. */
const ranges: readonly (readonly [number, number])[] = [
  [550, 650],
  [1000, 1150],
  [1700, 3300],
];

/** Every frequency (Hz) that a prompt may contain. */
export const toneFrequencies: readonly number[] = ranges.flatMap(([from, to]) =>
  Array.from({ length: (to - from) / STEP_HZ + 1 }, (_, index) => from + index * STEP_HZ),
);

const pairs: readonly (readonly [number, number])[] = toneFrequencies.flatMap((low) =>
  toneFrequencies.filter((high) => high - low >= MIN_DISTANCE_HZ).map((high) => [low, high] as const),
);

/** Prime, so that consecutive prompts get frequencies far from each other. */
const STRIDE = 211;

export interface PromptSound {
  prompt: number;
  language: string;
}

/** The prompt's two frequencies (Hz), lower first. Throws RangeError outside prompts 1-200 and {@link toneLanguages}. */
export function toneOf(promptId: number, language: string): readonly [number, number] {
  const languageIndex = toneLanguages.findIndex((known) => known === language);
  if (languageIndex === -1) throw new RangeError(`No tones for language "${language}"`);
  if (!Number.isInteger(promptId) || promptId < 1 || promptId > HIGHEST_PROMPT)
    throw new RangeError(`No tone for prompt ${promptId}: only 1-${HIGHEST_PROMPT}`);
  const index = (promptId - 1) * toneLanguages.length + languageIndex;
  return pairs[(index * STRIDE) % pairs.length]!;
}

const soundByPair: ReadonlyMap<string, PromptSound> = new Map(
  toneLanguages.flatMap((language) =>
    Array.from(
      { length: HIGHEST_PROMPT },
      (_, index) => [toneOf(index + 1, language).join('+'), { prompt: index + 1, language }] as const,
    ),
  ),
);

/** The prompt with these two frequencies (Hz), if any. */
export function soundOf(low: number, high: number): PromptSound | undefined {
  return soundByPair.get(`${low}+${high}`);
}
