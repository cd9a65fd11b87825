import type { FormState } from './item-editor.js';
import { valueAt } from './values.js';

/** What is filled in while the visitor types something else. */
interface Suggestion {
  /** The property that is typed. */
  from: string;
  /** The property that is filled in. */
  to: string;
  suggest: (typed: string) => string;
}

/** The form with a property that follows another one, until the visitor changes it. */
export function suggesting(form: FormState, { from, to, suggest }: Suggestion): FormState {
  const textAt = (name: string) => {
    const value = valueAt(form.body.value, [name]);
    return typeof value === 'string' ? value : '';
  };
  return {
    body: form.body,
    errors: form.errors,
    set(path, value) {
      const follows = ['', suggest(textAt(from))].includes(textAt(to));
      form.set(path, value);
      if (follows && path.join('.') === from) form.set([to], suggest(textAt(from)));
    },
  };
}

const LETTERS: Readonly<Record<string, string>> = {
  а: 'a', б: 'b', в: 'v', г: 'g', д: 'd', е: 'e', ж: 'zh', з: 'z', и: 'i', к: 'k', л: 'l', м: 'm', н: 'n', о: 'o', п: 'p', р: 'r',
  с: 's', т: 't', у: 'u', ф: 'f', х: 'kh', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'shch', ъ: '', ы: 'y', ь: '', э: 'e', ю: 'yu', я: 'ya',
}; // prettier-ignore

/** A name in small Latin letters, digits and the separator: `Sklad Říčany` becomes `sklad-ricany`. */
export function plainName(name: string, separator = '-'): string {
  const latin = Array.from(name.toLowerCase().normalize('NFD'), (letter) => LETTERS[letter] ?? letter).join('');
  const words = latin.replaceAll(/\p{M}/gu, '').match(/[a-z0-9]+/g) ?? [];
  return words.join(separator).slice(0, 40);
}
