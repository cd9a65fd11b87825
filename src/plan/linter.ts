import type { Company } from './company.js';
import { lintActions } from './lint/actions.js';
import { lintCourse } from './lint/course.js';
import { lintDirectory } from './lint/directory.js';
import { lintOrders } from './lint/orders.js';
import { lintPrompts } from './lint/prompts.js';
import { lintSpeech } from './lint/speech.js';
import { lintRuntel } from './lint/runtel.js';
import { lintWaiting } from './lint/waiting.js';
import { lintWebhooks } from './lint/webhooks.js';
import { Report, type LintOptions } from './lint/report.js';
import type { Problem } from './problem.js';

export type { KnownSounds, LintOptions } from './lint/report.js';

/** What does not make sense in a company's document, in the order of the document. Errors keep it from being applied. */
export function lint(company: Company, options: LintOptions): Problem[] {
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
    lintWebhooks,
    lintOrders,
    lintRuntel,
  ])
    report.apply(rules);
  return report;
}
