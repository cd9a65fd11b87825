import type { Company } from '../company.js';
import { lintActions } from './actions.js';
import { lintCourse } from './course.js';
import { lintDirectory } from './directory.js';
import { lintOrders } from './orders.js';
import { lintPrompts } from './prompts.js';
import { lintSpeech } from './speech.js';
import { lintRuntel } from './runtel.js';
import { lintTrunks } from './trunks.js';
import { lintWaiting } from './waiting.js';
import { lintWebhooks } from './webhooks.js';
import { Report, type LintOptions } from './report.js';
import type { DocumentProblem } from '../problem.js';

export type { KnownSounds, LintOptions } from './report.js';

/** What does not make sense in a company's document, in the order of the document. Errors keep it from being applied. */
export function lint(company: Company, options: LintOptions): DocumentProblem[] {
  return lintAll(new Report(company, options)).problems;
}

/** Applies every rule to the report. Takes time in proportion to the document. */
export function lintAll(report: Report): Report {
  for (const rules of [
    lintDirectory,
    lintPrompts,
    lintActions,
    lintCourse,
    lintSpeech,
    lintWaiting,
    lintTrunks,
    lintWebhooks,
    lintOrders,
    lintRuntel,
  ])
    report.apply(rules);
  return report;
}
