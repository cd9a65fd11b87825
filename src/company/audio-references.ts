import type { Company } from './company.js';

/** The company's own audio as named by the document. */
export interface AudioPlace {
  /** `prompts/50/audio/cs`, `music/calm/audio/0` */
  pointer: string;
  reference: string;
  /** Replaces the reference. */
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
