import type { Company } from './company.js';

/** All handset labels that the company's plans give, in the order of the document. */
export function labelsOf({ lines, parts }: Pick<Company, 'lines' | 'parts'>): string[] {
  const labels = new Set<string>();
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    if (typeof value !== 'object' || value === null) return;
    const { enqueue } = value as { enqueue?: { label?: unknown } };
    if (typeof enqueue?.label === 'string') labels.add(enqueue.label);
    Object.values(value).forEach(visit);
  };
  visit(lines);
  visit(parts);
  return [...labels];
}
