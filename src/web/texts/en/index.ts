import { callTexts, type CallTexts } from './calls.js';
import { consoleTexts, type ConsoleTexts } from './console.js';
import { configTexts, type ConfigTexts } from './config.js';
import { nowTexts, type NowTexts } from './now.js';
import { pageTexts, type PageTexts } from './pages.js';
import { planTexts, type PlanTexts } from './plans.js';
import { problemTexts, type ProblemTexts } from './problems.js';
import { timelineTexts, type TimelineTexts } from './timeline.js';

/** Every catalogue that a language has to have. */
export interface LanguageTexts {
  pages: PageTexts;
  console: ConsoleTexts;
  config: ConfigTexts;
  problems: ProblemTexts;
  now: NowTexts;
  calls: CallTexts;
  plans: PlanTexts;
  timeline: TimelineTexts;
}

export const texts: LanguageTexts = {
  pages: pageTexts,
  console: consoleTexts,
  config: configTexts,
  problems: problemTexts,
  now: nowTexts,
  calls: callTexts,
  plans: planTexts,
  timeline: timelineTexts,
};
