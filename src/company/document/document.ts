import { z } from 'zod';
import { compact } from '../../lib/codec.js';
import type { Company } from '../company.js';
import { companyDocument } from './codec.js';
import { schemaProblems } from './schema-problems.js';
import { Source, valueAt, type DocumentPath } from './source.js';
import { byPlace, type Position, type Problem } from '../problem.js';

export { formatCompany, planDocument, toDocument } from './format.js';
export { maskedDocument } from './masked.js';

/** A company's document that could be read, and where each part of it stands in the text. */
export interface ReadDocument {
  company: Company;
  file: string;
  position: (path: DocumentPath) => Position;
}

type ReadResult = { ok: true; document: ReadDocument } | { ok: false; problems: Problem[] };

/**
 * Reads YAML (or JSON, which is YAML). All problems are reported at once, as far as each stage allows: the text, then
 * the words and types. Whether it makes sense is the linter's business.
 *
 * @param file name to report problems under
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

type WriteResult = { ok: true; value: Record<string, unknown> } | { ok: false; problems: Problem[] };

/** Encodes a company that code has made, and reports what the schemas refuse. @param file name to report problems under */
export function writeDocument(company: Company, file: string): WriteResult {
  const encoded = z.safeEncode(companyDocument, company);
  if (encoded.success) return { ok: true, value: compact(encoded.data) as Record<string, unknown> };
  return { ok: false, problems: schemaProblems(encoded.error.issues, placesIn(company), file) };
}

/** The places in a company without a text: every position is the first one. */
function placesIn(company: Company): Pick<Source, 'at' | 'position' | 'keyPosition'> {
  const first = () => ({ line: 1, column: 1 });
  return { at: (path) => valueAt(company, path), position: first, keyPosition: first };
}
