import { z } from 'zod';
import { compactDeep } from '../../lib/codec.js';
import type { Company } from '../company.js';
import { companyDocument } from './codec.js';
import { schemaProblems } from './schema-problems.js';
import { Source, valueAt, type DocumentPath } from './source.js';
import { byPlace, type Position, type DocumentProblem } from '../problem.js';

export { formatCompany, planDocument, toDocument } from './format.js';
export { maskedDocument } from './masked.js';

/** A company's document that was read without errors, with the position of each part in the text. */
export interface ReadDocument {
  company: Company;
  file: string;
  position: (path: DocumentPath) => Position;
}

type ReadResult = { ok: true; document: ReadDocument } | { ok: false; problems: DocumentProblem[] };

/**
 * Reads YAML (or JSON, a subset of it). All problems of a stage are reported at once: first the text, then
 * the keys and types. The linter checks the meaning.
 *
 * @param file file name in reported problems
 */
export function readDocument(text: string, file: string): ReadResult {
  const source = new Source(text, file);
  if (source.problems.length > 0) return { ok: false, problems: source.problems.sort(byPlace) };
  const parsed = companyDocument.safeParse(source.value);
  if (!parsed.success) {
    return { ok: false, problems: schemaProblems(parsed.error.issues, source, file) };
  }
  return {
    ok: true,
    document: { company: parsed.data, file, position: (path) => source.position(path) },
  };
}

type WriteResult = { ok: true; value: Record<string, unknown> } | { ok: false; problems: DocumentProblem[] };

/** Encodes a company built by code and reports the values rejected by the schemas. @param file file name in reported problems */
export function writeDocument(company: Company, file: string): WriteResult {
  const encoded = z.safeEncode(companyDocument, company);
  if (encoded.success) return { ok: true, value: compactDeep(encoded.data) as Record<string, unknown> };
  return { ok: false, problems: schemaProblems(encoded.error.issues, placesIn(company), file) };
}

/** Positions in a company without a text: always the first one. */
function placesIn(company: Company): Pick<Source, 'at' | 'position' | 'keyPosition'> {
  const first = () => ({ line: 1, column: 1 });
  return { at: (path) => valueAt(company, path), position: first, keyPosition: first };
}
