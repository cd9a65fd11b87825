import { supportedLanguageOf, type Language } from '../../lib/language.js';
import type { ConsoleTexts } from './en/console.js';
import type { LanguageTexts } from './en/index.js';
import type { PageTexts } from './en/pages.js';
import type { PhoneTexts } from './en/phone.js';
import type { ProblemTexts } from './en/problems.js';
import type { TimelineTexts } from './en/timeline.js';
import * as languages from './languages.js';

export type { PageTexts };

const textsOf: Readonly<Record<Language, LanguageTexts>> = languages;

/** The texts of the pages in the first preferred language that is supported; English otherwise. */
export function textsFor(preferred: readonly string[]): PageTexts {
  return textsOf[supportedLanguageOf(preferred)].pages;
}

/** The texts of the console that the server needs. */
export function textsOfConsole(preferred: readonly string[]): ConsoleTexts {
  return textsOf[supportedLanguageOf(preferred)].console;
}

/** The words of the phone in the console. */
export function textsOfPhone(preferred: readonly string[]): PhoneTexts {
  return textsOf[supportedLanguageOf(preferred)].phone;
}

/** The words of the timeline of calls. */
export function textsOfTimeline(preferred: readonly string[]): TimelineTexts {
  return textsOf[supportedLanguageOf(preferred)].timeline;
}

/** The problems that the API reports. */
export function textsOfProblems(preferred: readonly string[]): ProblemTexts {
  return textsOf[supportedLanguageOf(preferred)].problems;
}
