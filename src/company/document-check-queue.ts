import { checkCompany, type CheckedCompany, type CheckOptions } from './company-check.js';
import type { Company } from './company.js';
import { readDocument } from './document/document.js';
import type { DocumentProblem } from './problem.js';

/** A document that was read and checked. */
export type CheckedDocument =
  { ok: true; company: Company; checked: CheckedCompany } | { ok: false; problems: DocumentProblem[] };

/** The problems of a document, or the results of its check. */
export type LintedDocument = { ok: true; checked: CheckedCompany } | { ok: false; problems: DocumentProblem[] };

/** How a simulated call went, or why there was none. */
export type SimulationAnswer =
  { ok: true; call: object } | { ok: false; problems: DocumentProblem[] } | { ok: false; why: string };

/**
 * Checks of a document from outside. Their cost depends on the sender, so they run outside of the event loop and with a time limit.
 *
 * @throws {Problem} of HTTP: 503 when too much waits already, 422 when it takes too long
 */
export interface DocumentChecks<Simulation> {
  read(source: string): Promise<CheckedDocument>;
  lint(source: string): Promise<LintedDocument>;
  /** `source`: left out for the company as it is. `signal`: ends the call early. */
  simulate(source: string | undefined, request: Simulation, signal?: AbortSignal): Promise<SimulationAnswer>;
}

/** Name of the document in problems. */
const FILE = 'configuration';

/** Reads and checks a document. Takes time in proportion to it. */
export function checkSource(source: string, options: CheckOptions): CheckedDocument {
  const read = readDocument(source, FILE);
  if (!read.ok) return read;
  return { ok: true, company: read.document.company, checked: checkCompany(read.document, options) };
}
