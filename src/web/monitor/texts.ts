import { supportedLanguageOf } from '../../lib/language.js';
import type { MonitorTexts } from '../texts/en/monitor.js';

/** The catalogues of all languages by file name, collected at build time. */
const catalogues = import.meta.glob<MonitorTexts>('../texts/*/monitor.ts', { eager: true, import: 'monitorTexts' });

function textsIn(language: string): MonitorTexts {
  const found = catalogues[`../texts/${language}/monitor.ts`];
  if (found === undefined) throw new Error(`the monitor has no texts in ${language}`);
  return found;
}

export const texts = textsIn(supportedLanguageOf([document.documentElement.lang]));
