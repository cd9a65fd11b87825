import type { Company } from './company.js';

/** Audio of the company's own, as the document names it. */
export interface AudioPlace {
  /** `prompts/50/audio/cs`, `music/calm/audio/0` */
  pointer: string;
  reference: string;
  /** Writes another reference there. */
  replace(reference: string): void;
}

export function audioPlaces({ prompts, music }: Pick<Company, 'prompts' | 'music'>): AudioPlace[] {
  const ofPrompts = prompts.flatMap(({ id, audio = {} }) =>
    Object.entries(audio).map(([language, reference]) => ({
      pointer: `prompts/${id}/audio/${language}`,
      reference,
      replace: (other: string) => void (audio[language] = other),
    })),
  );
  const ofMusic = music.flatMap(({ name, audio }) =>
    audio.map((reference, index) => ({
      pointer: `music/${name}/audio/${index}`,
      reference,
      replace: (other: string) => void (audio[index] = other),
    })),
  );
  return [...ofPrompts, ...ofMusic];
}
