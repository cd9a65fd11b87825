import { stringify } from 'yaml';
import { z } from 'zod';
import { compactDeep } from '../../lib/codec.js';
import type { Company } from '../company.js';
import { planSchema, type Action } from '../plan-schema.js';
import { companyDocument } from './codec.js';
import { maskedDocument } from './masked.js';

/** The company as YAML. Reading it gives an equal company, unless numbers are masked. */
export function formatCompany(company: Company, seesNumbers = true): string {
  const document = toDocument(company);
  return stringify(seesNumbers ? document : maskedDocument(document), {
    lineWidth: 0,
    aliasDuplicateObjects: false,
    singleQuote: true,
  });
}

/** The company in document form, as the schemas read it. Empty sections are omitted. */
export function toDocument(company: Company): Record<string, unknown> {
  return compactDeep(z.encode(companyDocument, company)) as Record<string, unknown>;
}

/** A list of actions in document form. */
export function planDocument(actions: Action[]): unknown[] {
  return compactDeep(z.encode(planSchema, actions)) as unknown[];
}
