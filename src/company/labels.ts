import { labelsIn } from './action-facts.js';
import type { Company } from './company.js';
import { walk } from './walk.js';

/** All handset labels in the company's plans, in document order. */
export function labelsOf({ lines, parts }: Pick<Company, 'lines' | 'parts'>): string[] {
  const labels = [...walk({ lines, parts })].flatMap(({ action }) => labelsIn(action).map(({ label }) => label));
  return [...new Set(labels)];
}
