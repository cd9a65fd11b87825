import { Problem } from '../http/problem.js';
import type { DocumentProblem } from './problem.js';
import { isSettings, SECTIONS, type Section } from './store/items.js';

/** 422 with every problem of a configuration that was not applied. */
export function configurationRefused(problems: DocumentProblem[]): Problem {
  const errors = problems
    .filter(({ severity }) => severity === 'error')
    .map(({ path, line, message, remedy, code, params }) => ({
      field: path === '' ? 'body' : path,
      detail: `line ${line}: ${message}${remedy === undefined ? '' : ` (${remedy})`}`,
      code,
      params,
    }));
  const detail = `the configuration has ${errors.length} ${errors.length === 1 ? 'error' : 'errors'}; nothing was changed`;
  return new Problem(422, 'Configuration refused', detail, { errors, extra: { problems } });
}

/**
 * The problem with the fields of one item named as in a request that sends the item: `body.handsets.0` in place of `queues/2/handsets/0`.
 * Fields of other items keep their place in the document.
 * @param index of the item in its section
 */
export function namedByItem(problem: Problem, at: { section: Section; key: string }, index: number): Problem {
  const { status, title, detail, more } = problem;
  const errors = more.errors?.map((error) => ({ ...error, field: fieldInItem(error.field, at, index) }));
  return new Problem(status, title, detail, { ...more, errors });
}

function fieldInItem(field: string, { section, key }: { section: Section; key: string }, index: number): string {
  const [first = '', ...rest] = field.split('/');
  if (isSettings(section)) {
    const isOwn = field !== 'body' && !(SECTIONS as readonly string[]).includes(first);
    return isOwn ? ['body', first, ...rest].join('.') : field;
  }
  const [item = '', ...inside] = rest;
  const isOwn = first === section && (item === String(index) || item === key);
  return isOwn ? ['body', ...inside].join('.') : field;
}
