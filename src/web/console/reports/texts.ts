import type { ReportTexts } from '../../texts/en/reports.js';
import { statusTexts } from '../orders/status-texts.js';
import { loadTexts } from '../texts.js';

export const texts = await loadTexts(
  import.meta.glob<ReportTexts>('../../texts/*/reports.ts', { import: 'reportTexts' }),
);

/** The word for a status of an order. One that the gateway does not know stays as it is. */
export function statusWord(status: string): string {
  const { statuses } = statusTexts;
  return Object.hasOwn(statuses, status) ? statuses[status as keyof typeof statuses] : status;
}

/** The word for the result of a notification. */
export function resultWord(result: string): string {
  const { results } = statusTexts;
  return Object.hasOwn(results, result) ? results[result as keyof typeof results] : result;
}
