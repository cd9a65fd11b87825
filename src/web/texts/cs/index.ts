import type { LanguageTexts } from '../en/index.js';
import { callTexts } from './calls.js';
import { consoleTexts } from './console.js';
import { nowTexts } from './now.js';
import { pageTexts } from './pages.js';
import { timelineTexts } from './timeline.js';

export const texts: LanguageTexts = {
  pages: pageTexts,
  console: consoleTexts,
  now: nowTexts,
  calls: callTexts,
  timeline: timelineTexts,
};
