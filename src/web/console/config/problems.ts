import type { ProblemTexts } from '../../texts/en/problems.js';
import type { ApiFailure, FieldError } from '../api/client.js';
import { loadTexts } from '../texts.js';
import { fillIn } from './fill-in.js';

const texts = await loadTexts(import.meta.glob<ProblemTexts>('../../texts/*/problems.ts', { import: 'problemTexts' }));

/** A problem in the language of the page. Its English detail where the gateway is newer than the page. */
export function problemText({ code, params, detail }: Pick<ApiFailure, 'code' | 'params' | 'detail'>): string {
  return (code && fillIn(texts.problems[code], params)) ?? detail;
}

/** What is wrong with a field, in the language of the page. */
export function fieldErrorText({ code, params, detail }: Pick<FieldError, 'code' | 'params' | 'detail'>): string {
  return fillIn(texts.fields[code], params) ?? detail;
}
