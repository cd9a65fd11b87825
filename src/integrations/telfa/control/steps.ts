import { invalid } from '../../../http/problem.js';
import { parseUntrustedOrThrow } from '../../../lib/untrusted-json.js';
import { maskedDocument, planDocument } from '../../../company/document/document.js';
import type { Company } from '../../../company/company.js';
import { planSchema, type Action } from '../../../company/plan-schema.js';
import type { Recipe } from './ids.js';
import type { Fields } from '../../shared/input.js';

/** A step in a request: an action and its settings, in the words of the company's document. */
interface WrittenStep {
  action: string;
  settings?: unknown;
}

export function actionsOf({ lines, parts }: Company, recipe: Recipe): Action[] {
  if ('part' in recipe) return parts[recipe.part] ?? [];
  return lines.find(({ number }) => number === recipe.line)?.plan ?? [];
}

export function withActions(company: Company, recipe: Recipe, actions: Action[]): Company {
  if ('part' in recipe) return { ...company, parts: { ...company.parts, [recipe.part]: actions } };
  const lines = company.lines.map((line) => (line.number === recipe.line ? { ...line, plan: actions } : line));
  return { ...company, lines };
}

/** The steps of a recipe. A step is identified by its position, from 1. */
export function stepFields(company: Company, recipe: Recipe, seesNumbers: boolean): Fields[] {
  const written = planDocument(actionsOf(company, recipe));
  const shown = seesNumbers ? written : maskedDocument(written);
  return shown.map((step, index) => ({ id: index + 1, position: index + 1, ...fieldsOf(step) }));
}

function fieldsOf(step: unknown): Fields {
  if (typeof step === 'string') return { action: step, settings: {} };
  const [[action, settings] = ['', null]] = Object.entries(step as object) as [string, unknown][];
  return { action, settings: action === 'play' ? { prompt: settings } : settings };
}

/** @param field the steps' place in the request @throws {Problem} 422 */
export function readSteps(steps: readonly WrittenStep[], field: string): Action[] {
  const parsed = planSchema.safeParse(steps.map(({ action, settings }) => ({ [action]: readSettings(settings) })));
  if (parsed.success) return parsed.data;
  throw invalid(
    parsed.error.issues
      .slice(0, 20)
      .map(({ path, message }) => ({ field: [field, ...path.map(String)].join('.'), detail: message })),
  );
}

/** Settings as JSON or JSON text; other text is a string, such as the name of a part. Empty means no settings. */
function readSettings(settings: unknown): unknown {
  if (settings === undefined || settings === null || settings === '') return null;
  if (typeof settings !== 'string') return isEmptyTable(settings) ? null : settings;
  try {
    const value = parseUntrustedOrThrow(settings);
    return isEmptyTable(value) ? null : value;
  } catch {
    return settings;
  }
}

function isEmptyTable(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
