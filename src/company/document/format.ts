import { stringify } from 'yaml';
import { z } from 'zod';
import { compact } from '../../lib/codec.js';
import type { Company } from '../company.js';
import { planSchema, type Action } from '../plan-schema.js';
import { companyDocument } from './codec.js';
import { maskedDocument } from './masked.js';

/** The company as YAML; reading it gives an equal company, unless people's numbers are to be masked. */
export function formatCompany(company: Company, seesNumbers = true): string {
  const document = toDocument(company);
  return stringify(seesNumbers ? document : maskedDocument(document), {
    lineWidth: 0,
    aliasDuplicateObjects: false,
    singleQuote: true,
  });
}

/** The company in the words and the order of the document: what the schemas read. Empty sections are left out. */
export function toDocument(company: Company): Record<string, unknown> {
  return compact(z.encode(companyDocument, company)) as Record<string, unknown>;
}

/** A list of actions in the words of the document. */
export function planDocument(actions: Action[]): unknown[] {
  return compact(z.encode(planSchema, actions)) as unknown[];
}
