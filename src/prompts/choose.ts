import type { AudioStore } from './audio-store.js';
import { AUDIO_REFERENCE, type Prompt } from './schema.js';

export interface AudioChoice {
  language: string;
  sha256: string;
  /** `own`: the company's recording; `shipped`: part of the product. */
  source: 'own' | 'shipped';
}

/** The audio of a prompt in every language that has some, sorted by language. The company's own recording wins. */
export function choicesOf(prompt: Prompt, audio: Pick<AudioStore, 'findShipped'>): AudioChoice[] {
  const choices = new Map<string, AudioChoice>();
  if (prompt.sound !== undefined) {
    for (const [language, sha256] of audio.findShipped(prompt.sound))
      choices.set(language, { language, sha256, source: 'shipped' });
  }
  for (const [language, reference] of Object.entries(prompt.audio ?? {})) {
    const sha256 = AUDIO_REFERENCE.exec(reference)?.[1];
    if (sha256 !== undefined) choices.set(language, { language, sha256, source: 'own' });
  }
  return [...choices.values()].sort((a, b) => (a.language < b.language ? -1 : 1));
}

/** Sorts choices by preference: the requested languages in their order, then any. */
export function sortByLanguage(choices: AudioChoice[], languages: string[]): AudioChoice[] {
  const rank = ({ language }: AudioChoice) => {
    const place = languages.indexOf(language);
    return place === -1 ? languages.length : place;
  };
  return [...choices].sort((a, b) => rank(a) - rank(b));
}
