import { bareNumber, MAX_NUMBER } from './numbers/grammar.js';
import { countings } from './numbers/index.js';

/** Says a number in the first of the languages that has recordings for it; nothing for greater numbers. */
export function spokenNumbers(fragments: { find(language: string, name: string): number | undefined }) {
  return (number: number, languages: readonly string[]): number[] => {
    for (const language of languages) {
      const counting = countings[language];
      const prompts =
        counting === undefined || number > MAX_NUMBER
          ? []
          : bareNumber(counting, number).map((name) => fragments.find(language, name));
      if (prompts.length > 0 && prompts.every((prompt) => prompt !== undefined)) return prompts;
    }
    return [];
  };
}
