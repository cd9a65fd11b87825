import { signal } from '@preact/signals';
import type { ProblemTexts } from '../../texts/en/problems.js';
import { beforeFailures, type ApiFailure, type FieldError } from '../api/client.js';
import { fillIn } from './fill-in.js';

/** Undefined until the first problem. Null: they could not be loaded. */
const texts = signal<ProblemTexts | null | undefined>(undefined);
let loading: Promise<void> | undefined;

/** Resolves when the texts are there, or cannot be loaded now. */
function loadProblemTexts(): Promise<void> {
  loading ??= import('./problem-words.js')
    .then(({ words }) => void (texts.value = words))
    .catch(() => {
      texts.value = null;
      loading = undefined;
    });
  return loading;
}
// With a refusal the API client waits for its words, so that a page can show them at once.
beforeFailures(loadProblemTexts);

/** A problem in the language of the page. Its English detail where the gateway is newer than the page. */
export function problemText({ code, params, detail }: Pick<ApiFailure, 'code' | 'params' | 'detail'>): string {
  return code === undefined ? detail : wordsOf((loaded) => fillIn(loaded.problems[code], params), detail);
}

/** What is wrong with a field, in the language of the page. */
export function fieldErrorText({ code, params, detail }: Pick<FieldError, 'code' | 'params' | 'detail'>): string {
  return wordsOf((loaded) => fillIn(loaded.fields[code], params), detail);
}

/** @returns `…` while the texts are loaded */
function wordsOf(find: (loaded: ProblemTexts) => string | undefined, detail: string): string {
  const { value: loaded } = texts;
  if (loaded === undefined) {
    void loadProblemTexts();
    return '…';
  }
  return (loaded === null ? undefined : find(loaded)) ?? detail;
}
